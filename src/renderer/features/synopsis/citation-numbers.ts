import type { Citation, Section } from '../../../shared/domain/synopsis.ts';

function placeOf(citation: Citation): string {
  return `${citation.snapshotHash}:${citation.start ?? ''}:${citation.end ?? ''}:${citation.start === null ? citation.quote : ''}`;
}

/** Numbers the passages of a version in reading order, from 1; the same passage keeps its number wherever it is cited. */
export function citationNumbers(sections: readonly Section[]): (citation: Citation) => number {
  const numbers = new Map<string, number>();
  for (const section of sections) {
    for (const item of section.items) {
      for (const citation of item.citations) {
        const place = placeOf(citation);
        if (!numbers.has(place)) numbers.set(place, numbers.size + 1);
      }
    }
  }
  return citation => numbers.get(placeOf(citation)) ?? 0;
}
