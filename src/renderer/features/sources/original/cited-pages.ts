import type { Client } from '../../../../shared/contract/client.ts';
import type { Sha256 } from '../../../../shared/domain/ids.ts';
import type { SourceSegment } from '../segment-pages.ts';
import type { PagePassage } from './locate-passage.ts';

/** Segments read around a citation: a page of verse has a hundred lines. */
const segmentsAround = 200;
/** Of them, those before its beginning. */
const segmentsBefore = 30;
/** Characters of the page's text kept before and after the passage. */
const contextChars = 300;

/** What a citation covers, page by page. Null when the stored text is not there or the range is in no page of it. */
export async function citedPages(
  client: Client,
  snapshotHash: Sha256,
  range: { readonly start: number; readonly end: number },
): Promise<readonly PagePassage[] | null> {
  const located = await client.call('sources.locate', { snapshotHash, offset: range.start });
  if (!located.ok) return null;
  const from = Math.max(0, located.value.index - segmentsBefore);
  const read = await client.call('sources.read', { snapshotHash, from, limit: segmentsAround });
  if (!read.ok) return null;
  const pages = pagesOf(read.value.segments, range);
  return pages.length === 0 ? null : pages;
}

/** Cuts the range out of the segments it runs through, page by page. */
export function pagesOf(
  segments: readonly Pick<SourceSegment, 'start' | 'end' | 'page' | 'text'>[],
  range: { readonly start: number; readonly end: number },
): readonly PagePassage[] {
  const numbers = new Set(
    segments.flatMap(({ page, start, end }) => (page !== null && start < range.end && end > range.start ? [page] : [])),
  );
  return [...numbers].flatMap(number => {
    const own = segments.filter(({ page }) => page === number);
    const cut = (from: number, to: number): string =>
      own
        .map(({ start, text }) => text.slice(Math.max(0, from - start), Math.max(0, to - start)))
        .filter(text => text !== '')
        .join('\n');
    const text = cut(range.start, range.end);
    if (text.trim() === '') return [];
    return [
      { page: number, text, before: cut(0, range.start).slice(-contextChars), after: cut(range.end, Infinity).slice(0, contextChars) },
    ];
  });
}
