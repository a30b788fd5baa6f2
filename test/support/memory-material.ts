import { createHash } from './sha256-stand-in.ts';
import type { Segment } from '../../src/shared/domain/snapshot.ts';
import type { Citation, SourceRef, Support } from '../../src/shared/domain/synopsis.ts';
import { sha256Hex, type Sha256 } from '../../src/shared/domain/ids.ts';

/** A source as the memory backend keeps it: canonical text and its segments. */
export interface StoredSource {
  readonly hash: Sha256;
  readonly text: string;
  readonly segments: readonly Segment[];
  readonly pageCount: number;
}

export interface MaterialBlock {
  readonly kind: Segment['kind'];
  readonly level?: number;
  readonly page?: number;
  readonly speaker?: string;
  readonly text: string;
}

/** Joins blocks into one canonical text with offsets, as the importer does. */
export function storeSource(blocks: readonly MaterialBlock[]): StoredSource {
  let text = '';
  const segments: Segment[] = [];
  for (const block of blocks) {
    if (text !== '') text += '\n\n';
    const start = text.length;
    text += block.text;
    segments.push({
      kind: block.kind,
      start,
      end: text.length,
      level: block.level ?? null,
      page: block.page ?? null,
      messageId: null,
      speaker: block.speaker ?? null,
    });
  }
  const pageCount = Math.max(0, ...blocks.map(block => block.page ?? 0));
  return { hash: sha256Hex.parse(createHash(text)), text, segments, pageCount };
}

/** Cites a passage by its words; `missing` cites words that are not there. */
export function cite(stored: StoredSource, source: SourceRef, quote: string, support: Support = 'verified'): Citation {
  const start = stored.text.indexOf(quote);
  if (start < 0 && support !== 'missing') throw new Error(`The material has no passage "${quote}"; cite words that are in it.`);
  const found = start >= 0 && support !== 'missing';
  const end = start + quote.length;
  const segment = stored.segments.find(candidate => found && candidate.start <= start && start < candidate.end);
  return {
    source,
    snapshotHash: stored.hash,
    quote,
    prefix: found ? stored.text.slice(Math.max(0, start - 48), start).replace(/\s+/gu, ' ') : '',
    suffix: found ? stored.text.slice(end, end + 48).replace(/\s+/gu, ' ') : '',
    start: found ? start : null,
    end: found ? end : null,
    page: segment?.page ?? null,
    messageId: null,
    support,
  };
}
