import { missingCitations, type Section, type SynopsisIssue, type SynopsisIssueCode } from './synopsis.ts';

/** Issues that lie in a section: they come and go with it, whichever version it is in. */
const countIn: Readonly<Partial<Record<SynopsisIssueCode, (section: Section) => number>>> = {
  citation_missing: missingCitations,
  items_left_out: ({ leftOut = 0 }) => leftOut,
  section_without_model: ({ isStandIn = false }) => (isStandIn ? 1 : 0),
};

/** What is amiss with a version: `issues` of its sources, and what is counted in the sections that it has. */
export function issuesWithSections(issues: readonly SynopsisIssue[], sections: readonly Section[]): SynopsisIssue[] {
  const ofSections = Object.entries(countIn).map(([code, count]) => ({
    code: code as SynopsisIssueCode,
    count: sections.reduce((sum, section) => sum + count(section), 0),
  }));
  return [...issues.filter(({ code }) => countIn[code] === undefined), ...ofSections.filter(({ count }) => count > 0)];
}
