import { snippetChars, type Snippet } from '../../shared/domain/snippet.ts';
import { wordSpansOf } from '../../shared/domain/words.ts';
import { wordMatcher } from './search-words.ts';

/** Characters shown before the first match: enough to see what it is about, few enough that it is in sight in a narrow list. */
const leadChars = 40;

/** Marks of Markdown that would only be noise in one line. */
const noise = /[*#`>|]+/gu;

/**
 * The piece of a text around the first word that `matchQuery(typed)` finds it by, with all such words in it marked;
 * the beginning, unmarked, when there is none. Cut at words, with an ellipsis where it is cut. `isMatch` is given where many texts
 * are looked through for the same words.
 */
export function matchSnippet(text: string, typed: string, isMatch = wordMatcher(typed)): Snippet {
  const line = text.normalize('NFC').replaceAll(noise, ' ').replaceAll(/\s+/gu, ' ').trim();
  const found = wordSpansOf(line).filter(span => isMatch(span.text));
  const lead = Math.max(0, (found[0]?.start ?? 0) - leadChars);
  const start = lead === 0 ? 0 : line.indexOf(' ', lead) + 1;
  const end = cutAtWord(line, start + snippetChars, found[0]?.end ?? start);
  const before = start > 0 ? '…' : '';
  return {
    text: `${before}${line.slice(start, end)}${end < line.length ? '…' : ''}`,
    marks: found
      .filter(span => span.end <= end)
      .map(span => ({ start: span.start - start + before.length, end: span.end - start + before.length })),
  };
}

/** The end of the last whole word before `at`, but not before `least`; `at` within a word that has no end there. */
function cutAtWord(line: string, at: number, least: number): number {
  if (line.length <= at) return line.length;
  const space = line.lastIndexOf(' ', at);
  return space > least ? space : at;
}
