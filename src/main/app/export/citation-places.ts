import type { Sha256 } from '../../../shared/domain/ids.ts';
import type { SynopsisVersion } from '../../../shared/domain/synopsis.ts';
import type { CitationPlace, PlaceOf } from '../../../shared/export/citation-place.ts';
import type { Reader } from '../../store/reader.ts';

/** Segments asked for at once: a chapter or two, so that a book is not copied between threads in one piece. */
const SLICE = 400;
/** Longer beginnings are cut at a word: a footnote is one line. */
const MAX_PLACE = 60;

/** Reads the places of all quotes that have neither page nor time. A text that can no longer be read leaves its quotes without a place. */
export async function readCitationPlaces(version: SynopsisVersion, reader: Pick<Reader, 'readSegments'>): Promise<PlaceOf> {
  const starts = new Map<Sha256, Set<number>>();
  for (const { items } of version.sections) {
    for (const { source, snapshotHash, page, timeMs, start } of items.flatMap(({ citations }) => citations)) {
      if (source.kind === 'chat' || page !== null || timeMs !== undefined || start === null) continue;
      starts.set(snapshotHash, (starts.get(snapshotHash) ?? new Set()).add(start));
    }
  }
  const places = new Map<string, CitationPlace>();
  for (const [hash, wanted] of starts) {
    const read = await placesIn(hash, [...wanted], reader).catch(() => new Map<number, CitationPlace>());
    for (const [start, place] of read) places.set(`${hash} ${start}`, place);
  }
  return ({ snapshotHash, page, start }) => (page === null ? (places.get(`${snapshotHash} ${start}`) ?? null) : null);
}

async function placesIn(
  snapshotHash: Sha256,
  wanted: readonly number[],
  reader: Pick<Reader, 'readSegments'>,
): Promise<ReadonlyMap<number, CitationPlace>> {
  const open = [...wanted].sort((a, b) => a - b);
  const places = new Map<number, CitationPlace>();
  let heading: string | null = null;
  for (let from = 0; open.length > 0; from += SLICE) {
    const slice = await reader.readSegments({ snapshotHash, from, limit: SLICE });
    if (slice === null || slice.segments.length === 0) break;
    for (const { kind, start, end, text } of slice.segments) {
      if (kind === 'heading' && start > 0) heading = text;
      while (open[0] !== undefined && open[0] < end) {
        const at = open.shift() ?? start;
        const place = placeAt(heading, text, at - start);
        if (place !== null) places.set(at, place);
      }
    }
  }
  return places;
}

/** The heading above; without one the beginning of the paragraph, unless the quote itself begins it. */
function placeAt(heading: string | null, paragraph: string, offset: number): CitationPlace | null {
  if (heading !== null) return { kind: 'heading', text: beginning(heading) };
  return offset <= 0 ? null : { kind: 'paragraph', text: beginning(paragraph) };
}

function beginning(text: string): string {
  const line = text
    .replace(/^#+\s+/u, '')
    .replace(/\s+/gu, ' ')
    .trim();
  if (line.length <= MAX_PLACE) return line;
  const cut = line.lastIndexOf(' ', MAX_PLACE);
  return `${line.slice(0, cut > 0 ? cut : MAX_PLACE).replace(/[\s,;:.—–-]+$/u, '')}…`;
}
