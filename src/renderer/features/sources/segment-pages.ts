import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { Sha256 } from '../../../shared/domain/ids.ts';
import type { Client } from '../../../shared/contract/client.ts';

export type SourceSegment = CallOutput<'sources.read'>['segments'][number];

/** Segments asked for at once: about three screens of paragraphs. */
export const segmentsPerRead = 100;

export interface SegmentReader {
  /** The segment when it is here; asking for one that is not fetches its page and calls `onArrival` when it came. */
  at(index: number): SourceSegment | null;
  /** Number of segments; null until the first page is here. */
  total(): number | null;
  /** The index of the segment that holds a character offset; null when the source is not stored. */
  locate(offset: number): Promise<number | null>;
  begin(): Promise<boolean>;
}

/** Reads one stored source page by page and keeps what it has read. */
export function createSegmentReader(client: Client, snapshotHash: Sha256, onArrival: () => void): SegmentReader {
  const segments = new Map<number, SourceSegment>();
  const asked = new Set<number>();
  let total: number | null = null;

  async function read(page: number): Promise<boolean> {
    if (asked.has(page)) return true;
    asked.add(page);
    const result = await client.call('sources.read', { snapshotHash, from: page * segmentsPerRead, limit: segmentsPerRead });
    if (!result.ok) {
      // Asked again when it is next looked at.
      asked.delete(page);
      return false;
    }
    total = result.value.total;
    for (const segment of result.value.segments) segments.set(segment.index, segment);
    onArrival();
    return true;
  }

  return {
    at(index) {
      const segment = segments.get(index);
      if (segment) return segment;
      void read(Math.floor(index / segmentsPerRead));
      return null;
    },
    total: () => total,
    async locate(offset) {
      const result = await client.call('sources.locate', { snapshotHash, offset });
      if (!result.ok) return null;
      await read(Math.floor(result.value.index / segmentsPerRead));
      return result.value.index;
    },
    begin: () => read(0),
  };
}

export interface TextPart {
  readonly text: string;
  readonly marked: boolean;
}

/** Cuts a segment at the cited range, both in UTF-16 offsets of the whole source, `end` exclusive. */
export function markRange(
  segment: Pick<SourceSegment, 'start' | 'text'>,
  range: { readonly start: number; readonly end: number } | null,
): readonly TextPart[] {
  const { start, text } = segment;
  const from = range ? Math.max(0, range.start - start) : 0;
  const to = range ? Math.min(text.length, range.end - start) : 0;
  if (to <= from || from >= text.length) return [{ text, marked: false }];
  return [
    { text: text.slice(0, from), marked: false },
    { text: text.slice(from, to), marked: true },
    { text: text.slice(to), marked: false },
  ].filter(part => part.text !== '');
}
