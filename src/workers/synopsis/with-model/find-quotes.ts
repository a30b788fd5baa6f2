import { createQuoteFinder, type QuoteFinder, type QuoteMatch } from '../../../shared/domain/quote-match.ts';
import type { Citation } from '../../../shared/domain/synopsis.ts';
import { wordsOf } from '../../../shared/domain/words.ts';
import { citationAt } from '../../extractive/cite.ts';
import type { ReadSource } from '../coverage.ts';
import type { ClaimedQuote } from './answer-shapes.ts';
import type { Chunk } from './material.ts';

/** As the stored citation bounds its quote. */
const quoteLimit = 4_000;
/** Characters of the sources that are searched with replaced words; a quote of a longer material has to be exact, or near the part it came from. */
const fuzzyLimit = 4_000_000;

export interface QuoteSearch {
  /**
   * The place of a quote that a model claims, in the source's own words; null when it stands nowhere. With a chunk it is looked
   * for there first: the same words may stand in several places, and a model quotes what it was shown.
   */
  find(claimed: ClaimedQuote, chunk?: Chunk): Citation | null;
  /** What is kept of a claimed quote that stands nowhere. */
  missing(claimed: ClaimedQuote): Citation | null;
}

export function createQuoteSearch(sources: readonly ReadSource[]): QuoteSearch {
  const finders = new Map<number, QuoteFinder>();
  const wholeLength = sources.reduce((sum, { snapshot }) => sum + snapshot.text.length, 0);
  const chunkFinders = new WeakMap<Chunk, readonly { source: number; start: number; finder: QuoteFinder }[]>();

  function inChunk(chunk: Chunk, quote: string): { source: number; match: QuoteMatch; start: number } | null {
    let known = chunkFinders.get(chunk);
    if (known === undefined) {
      known = chunk.map(({ source, start, end }) => ({
        source,
        start,
        finder: createQuoteFinder(sources[source]?.snapshot.text.slice(start, end) ?? ''),
      }));
      chunkFinders.set(chunk, known);
    }
    let best: { source: number; match: QuoteMatch; start: number } | null = null;
    for (const { source, start, finder } of known) {
      const match = finder.locate(quote);
      if (match.support === 'verified') return { source, match, start };
      if (match.support === 'approximate') best ??= { source, match, start };
    }
    return best;
  }

  function inSources(wanted: number | null, quote: string): { source: number; match: QuoteMatch; start: number } | null {
    const numbers = sources.map((_, index) => index);
    const order = wanted === null ? numbers : numbers.toSorted((a, b) => Number(b === wanted) - Number(a === wanted));
    let best: { source: number; match: QuoteMatch; start: number } | null = null;
    for (const source of order) {
      const finder = finders.get(source) ?? createQuoteFinder(sources[source]?.snapshot.text ?? '');
      finders.set(source, finder);
      const match = finder.locate(quote);
      if (match.support === 'verified') return { source, match, start: 0 };
      if (match.support === 'approximate') best ??= { source, match, start: 0 };
    }
    return best;
  }

  return {
    find({ source: said, quote }, chunk) {
      const cleaned = unquoted(quote);
      if (!isTelling(cleaned)) return null;
      const number = said === null || said < 1 || said > sources.length ? null : said - 1;
      const found =
        (chunk === undefined ? null : inChunk(chunk, cleaned)) ??
        (chunk !== undefined && wholeLength > fuzzyLimit ? null : inSources(number, cleaned));
      if (found === null || found.match.support === 'missing') return null;
      const source = sources[found.source];
      const start = found.start + found.match.start;
      const end = found.start + found.match.end;
      if (source === undefined || end - start > quoteLimit || end <= start) return null;
      return { ...citationAt(source, start, end), support: found.match.support };
    },
    missing({ source: said, quote }) {
      const source = sources[(said ?? 1) - 1] ?? sources[0];
      const words = unquoted(quote).slice(0, quoteLimit).toWellFormed();
      if (source === undefined || words === '') return null;
      return {
        source: source.input.source,
        snapshotHash: source.input.snapshotHash,
        quote: words,
        prefix: '',
        suffix: '',
        start: null,
        end: null,
        page: null,
        messageId: null,
        support: 'missing',
      };
    },
  };
}

/** Characters, and words, below which a quote stands in every text and proves nothing. */
const leastChars = 8;
const leastWords = 2;

function isTelling(quote: string): boolean {
  return quote.length >= leastChars && wordsOf(quote).length >= leastWords;
}

/** Without the marks that models put around a quote, and without what stands for words they left out at either end. */
function unquoted(quote: string): string {
  const bare = quote
    .trim()
    .replace(/^(?:\.{3}|…)\s*/u, '')
    .replace(/\s*(?:\.{3}|…)$/u, '')
    .trim();
  const marked = /^["«“„‘'](?<inner>[^"«»“”„]*)["»”’']$/u.exec(bare)?.groups?.['inner'];
  return (marked ?? bare).trim();
}
