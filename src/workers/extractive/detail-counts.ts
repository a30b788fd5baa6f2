import type { DetailLevel, SectionKind } from '../../shared/domain/synopsis.ts';

/**
 * How many items a section holds at each level of detail. A summary of three to five sentences is read in half a minute; a short
 * list fits a screen, a standard one two, a full one is for study. Lists of outcomes (decisions, tasks, questions) are never cut
 * short for brevity's sake at the standard level: leaving out a task is worse than a long list.
 */
export const detailCounts: Readonly<Record<SectionKind, Readonly<Record<DetailLevel, number>>>> = {
  summary: { short: 3, standard: 4, full: 5 },
  theses: { short: 4, standard: 8, full: 16 },
  terms: { short: 5, standard: 10, full: 24 },
  timeline: { short: 6, standard: 24, full: 60 },
  decisions: { short: 8, standard: 20, full: 60 },
  tasks: { short: 10, standard: 30, full: 80 },
  figures: { short: 5, standard: 16, full: 36 },
  contradictions: { short: 0, standard: 0, full: 0 },
  questions: { short: 5, standard: 12, full: 30 },
  selfCheck: { short: 4, standard: 8, full: 16 },
};

/** One date more for so many sentences: a chronicle of a book is longer than that of an article, whose every dated event has its place. */
const SENTENCES_PER_DATE: Readonly<Record<DetailLevel, number>> = { short: 60, standard: 10, full: 4 };
/** Beyond so many nobody reads a list of dates. */
const MAX_DATES: Readonly<Record<DetailLevel, number>> = { short: 12, standard: 100, full: 300 };

/** How many dates the timeline of a material of so many sentences holds; never fewer than those of a short one. */
export function timelineLength(sentences: number, detail: DetailLevel): number {
  return Math.min(MAX_DATES[detail], Math.max(detailCounts.timeline[detail], Math.ceil(sentences / SENTENCES_PER_DATE[detail])));
}
