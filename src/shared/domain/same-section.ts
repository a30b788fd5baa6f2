import type { Section } from './synopsis.ts';

type Item = Section['items'][number];

/** What a reader sees of an item: its words and the quotes it stands on. Where a quote lies may have moved. */
function seen(item: Item): string {
  const { id: _id, citations, ...fields } = item;
  return JSON.stringify([Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)), citations.map(({ quote }) => quote)]);
}

/** Whether a reader would find two makings of a section to be the same. */
export function isSameSection(before: Section | null, after: Section): boolean {
  if (before === null) return false;
  if (before.items.length !== after.items.length || before.emptyReason !== after.emptyReason) return false;
  return before.items.every((item, at) => {
    const other = after.items[at];
    return other !== undefined && seen(item) === seen(other);
  });
}
