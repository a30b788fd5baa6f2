import type { Citation, SourceRef } from '../../../shared/domain/synopsis.ts';
import type { Sha256 } from '../../../shared/domain/ids.ts';

/** Characters of a quote and of the words around it, as a citation's schema bounds them. */
const quoteLimit = 4_000;
const contextLength = 64;

export interface FoundText {
  readonly source: SourceRef;
  readonly snapshotHash: Sha256;
  /** Where `text` begins in the snapshot. */
  readonly start: number;
  readonly text: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly page: number | null;
}

/** A citation of a text that main has read from the snapshot: its own words at its own place. Null for nothing but space. */
export function passageCitation({ source, snapshotHash, start, text, prefix, suffix, page }: FoundText): Citation | null {
  const quote = text.trim().slice(0, quoteLimit);
  if (quote === '') return null;
  const from = text.indexOf(quote);
  const to = from + quote.length;
  return {
    source,
    snapshotHash,
    quote,
    prefix: (prefix + text.slice(0, from)).slice(-contextLength),
    suffix: (text.slice(to) + suffix).slice(0, contextLength),
    start: start + from,
    end: start + to,
    page,
    messageId: null,
    support: 'verified',
  };
}
