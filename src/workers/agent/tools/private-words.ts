import type { ToolStep } from '../../../shared/domain/agent.ts';
import { wordsOf } from '../../../shared/domain/words.ts';
import { ownWords } from './own-words.ts';

/** Tools whose results anybody may read; what every other tool shows is the person's own. */
const openToAll: ReadonlySet<string> = new Set(['fetch_page', 'search_web']);
/** Letters of a word that says something: «и», "of" and "для" stand in every text. */
const tellingLength = 4;

/**
 * Words of a text that stand in the person's documents, files and servers as far as this task has read them, and that neither
 * the person has written here nor a page or a search has shown.
 * SECURITY: what a model sends out may have been dictated by a text it has read. Words alone are compared: a model that spells
 * a secret differently is not caught, which is why a long query is asked about in any case.
 */
export function privateWordsIn(
  text: string,
  input: Parameters<typeof ownWords>[0],
  results: ReadonlyMap<string, ToolStep>,
): readonly string[] {
  const sent = new Set(wordsOf(text).filter(word => word.length >= tellingLength));
  const shown = [...results.values()].filter(({ isError }) => !isError);
  const ofPrivate = shown.filter(({ tool }) => !openToAll.has(tool));
  if (sent.size === 0 || ofPrivate.length === 0) return [];
  const known = new Set(
    [...ownWords(input), ...shown.filter(({ tool }) => openToAll.has(tool)).map(result => result.text)].flatMap(wordsOf),
  );
  const held = new Set(ofPrivate.flatMap(result => wordsOf(result.text)));
  return [...sent].filter(word => held.has(word) && !known.has(word));
}
