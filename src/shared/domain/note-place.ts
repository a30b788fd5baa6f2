import { sectionKinds, type SectionKind, type SynopsisNote } from './synopsis.ts';

/**
 * The section of a version below which a note is read: its own, or, where the version does not have that, the nearest before it
 * in reading order. Null is above the first.
 */
export function placeOfNote({ after }: Pick<SynopsisNote, 'after'>, planned: readonly SectionKind[]): SectionKind | null {
  if (after === null || planned.includes(after)) return after;
  const before = sectionKinds.slice(0, sectionKinds.indexOf(after));
  return planned.findLast(kind => before.includes(kind)) ?? null;
}
