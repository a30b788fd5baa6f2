import { lettersOf, type Letters } from './letters.ts';

/** What a citation covers of one page, in the stored text, with what stands around it there. */
export interface PagePassage {
  /** 1-based. */
  readonly page: number;
  readonly text: string;
  /** The stored text of the same page right before and after it; tells apart what the page says several times. */
  readonly before: string;
  readonly after: string;
}

/** A part of one run of the page's text, in UTF-16 offsets of the run. */
export interface RunSpan {
  readonly run: number;
  readonly from: number;
  readonly to: number;
}

/** Letters of a part below which it is found by chance; two words. */
const minPartLetters = 12;
/** Share of the passage's letters that must be found for the place to be its place. */
const minFound = 0.8;

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds a passage of the stored text among the runs of text that pdf.js gives for the page: as a whole, or in parts where the page has
 * its text in another order or something stands between. Null when most of it is not there: then there is no place to show.
 */
export function locatePassage(runs: readonly string[], passage: PagePassage): readonly RunSpan[] | null {
  const joined = runs.join('');
  const page = lettersOf(joined);
  const wanted = lettersOf(passage.text).text;
  if (wanted === '') return null;
  const whole = bestPlace(page.text, wanted, lettersOf(passage.before).text, lettersOf(passage.after).text);
  const found = whole === null ? inParts(page.text, passage.text, wanted.length) : [{ start: whole, end: whole + wanted.length }];
  if (found === null) return null;
  return runSpans(
    runs,
    found.map((range, at) => widened(joined, page, range, passage.text, at === 0, at === found.length - 1)),
  );
}

/** The occurrence whose surroundings agree longest with those in the stored text. */
function bestPlace(page: string, wanted: string, before: string, after: string): number | null {
  let best: { at: number; agreement: number } | null = null;
  for (let at = page.indexOf(wanted); at >= 0; at = page.indexOf(wanted, at + 1)) {
    const agreement = sameBefore(page, at, before) + sameAfter(page, at + wanted.length, after);
    if (best === null || agreement > best.agreement) best = { at, agreement };
  }
  return best?.at ?? null;
}

function sameBefore(page: string, at: number, before: string): number {
  let same = 0;
  while (same < before.length && same < at && page[at - 1 - same] === before[before.length - 1 - same]) same += 1;
  return same;
}

function sameAfter(page: string, at: number, after: string): number {
  let same = 0;
  while (same < after.length && at + same < page.length && page[at + same] === after[same]) same += 1;
  return same;
}

/** Cuts the passage between words into the longest parts that are found; each at the place nearest to the end of the one before. */
function inParts(page: string, text: string, letters: number): readonly Range[] | null {
  const words = text.split(/\s+/u).map(word => lettersOf(word).text);
  const ranges: Range[] = [];
  let found = 0;
  for (let first = 0; first < words.length;) {
    let part = '';
    let next = first;
    for (; next < words.length; next += 1) {
      const longer = part + (words[next] ?? '');
      if (!page.includes(longer)) break;
      part = longer;
    }
    const at = part.length < minPartLetters ? null : nearest(page, part, ranges.at(-1)?.end ?? 0);
    if (at === null) {
      first += 1;
      continue;
    }
    ranges.push({ start: at, end: at + part.length });
    found += part.length;
    first = next;
  }
  return found >= letters * minFound ? ranges : null;
}

function nearest(page: string, part: string, to: number): number | null {
  const behind = page.indexOf(part, to);
  const ahead = page.lastIndexOf(part, to);
  if (behind < 0) return ahead < 0 ? null : ahead;
  return ahead >= 0 && to - ahead < behind - to ? ahead : behind;
}

/** The range of letters as a range of the page's text, with the quotation mark before it and the full stop after it. */
function widened(joined: string, page: Letters, range: Range, text: string, isFirst: boolean, isLast: boolean): Range {
  let { start, end } = page.spanOf(range.start, range.end);
  const lead = isFirst ? (/^[^\p{L}\p{N}]*/u.exec(text.trimStart())?.[0].replaceAll(/\s/gu, '').length ?? 0) : 0;
  const trail = isLast ? (/[^\p{L}\p{N}]*$/u.exec(text.trimEnd())?.[0].replaceAll(/\s/gu, '').length ?? 0) : 0;
  for (let left = lead; left > 0 && isSign(joined[start - 1]); left -= 1) start -= 1;
  for (let left = trail; left > 0 && isSign(joined[end]); left -= 1) end += 1;
  return { start, end };
}

const isSign = (character: string | undefined): boolean => character !== undefined && /[^\p{L}\p{N}\s]/u.test(character);

/** Ranges of all runs' text joined, cut at the borders of runs; runs of nothing but space are left out. */
function runSpans(runs: readonly string[], ranges: readonly Range[]): readonly RunSpan[] {
  const spans: RunSpan[] = [];
  let offset = 0;
  for (const [run, text] of runs.entries()) {
    for (const { start, end } of ranges) {
      const from = Math.max(0, start - offset);
      const to = Math.min(text.length, end - offset);
      if (from < to && text.slice(from, to).trim() !== '') spans.push({ run, from, to });
    }
    offset += text.length;
  }
  return spans;
}
