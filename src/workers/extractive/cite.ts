import type { Citation } from '../../shared/domain/synopsis.ts';
import type { Prepared, PreparedSource, Sentence } from './prepare-sources.ts';

/** Longest context kept on each side of a quote, as the citation schema allows. */
const CONTEXT_LENGTH = 64;

/** A stretch of a source's text: UTF-16 offsets. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Cites a whole sentence. */
export function citeSentence(prepared: Prepared, sentence: Sentence): Citation {
  const source = prepared.sources[sentence.source];
  if (source === undefined)
    throw new Error(
      `Sentence ${sentence.index} names source ${sentence.source} of ${prepared.sources.length}; pass sentences of the same preparation.`,
    );
  return cite(source, sentence, source.blocks[sentence.block]?.segment ?? -1);
}

/** Cites any stretch of a source's text; the caller says how well the words that led to it agree. */
export function citationAt(source: Pick<PreparedSource, 'input' | 'snapshot'>, start: number, end: number): Citation {
  return cite(source, { start, end }, segmentAt(source.snapshot.segments, start));
}

/** Index of the segment at an offset, or of the last one before it; they are in order. */
function segmentAt(segments: PreparedSource['snapshot']['segments'], offset: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((segments[middle]?.start ?? Number.MAX_SAFE_INTEGER) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Cites a stretch verbatim: verified by construction, because the quote is cut from the snapshot itself. */
function cite({ input, snapshot }: Pick<PreparedSource, 'input' | 'snapshot'>, { start, end }: Stretch, segmentIndex: number): Citation {
  const segment = snapshot.segments[segmentIndex];
  return {
    source: input.source,
    snapshotHash: input.snapshotHash,
    quote: snapshot.text.slice(start, end),
    prefix: contextBefore(snapshot.text, start),
    suffix: contextAfter(snapshot.text, end),
    start,
    end,
    page: snapshot.pages.find(page => page.start <= start && start < page.end)?.number ?? segment?.page ?? null,
    messageId: segment?.messageId ?? null,
    ...(segment?.timeMs === undefined ? {} : { timeMs: segment.timeMs }),
    support: 'verified',
  };
}

/** A pair of surrogates is never parted: half a character is no text. */
function contextBefore(text: string, start: number): string {
  const from = Math.max(0, start - CONTEXT_LENGTH);
  return text.slice(isLowSurrogate(text, from) ? from + 1 : from, start);
}

function contextAfter(text: string, end: number): string {
  const to = Math.min(text.length, end + CONTEXT_LENGTH);
  return text.slice(end, isLowSurrogate(text, to) ? to - 1 : to);
}

function isLowSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}
