import { sectionKinds, type DetailLevel, type SectionKind, type Template } from './synopsis.ts';

/**
 * Sections of each template and level. An article is what a person asks for who said nothing: it takes everything that
 * may be in the material, and a section that finds nothing is one quiet line.
 */
const plans: Readonly<Record<Template, Readonly<Record<DetailLevel, readonly SectionKind[]>>>> = {
  lecture: {
    short: ['summary', 'theses', 'terms'],
    standard: ['summary', 'theses', 'terms', 'timeline', 'figures', 'questions', 'selfCheck'],
    full: ['summary', 'theses', 'terms', 'timeline', 'figures', 'contradictions', 'questions', 'selfCheck'],
  },
  meeting: {
    short: ['summary', 'decisions', 'tasks'],
    standard: ['summary', 'theses', 'timeline', 'decisions', 'tasks', 'figures', 'questions'],
    full: ['summary', 'theses', 'timeline', 'decisions', 'tasks', 'figures', 'contradictions', 'questions'],
  },
  article: {
    short: ['summary', 'theses'],
    standard: ['summary', 'theses', 'terms', 'timeline', 'decisions', 'tasks', 'figures', 'questions', 'selfCheck'],
    full: sectionKinds,
  },
  research: {
    short: ['summary', 'theses', 'figures'],
    standard: ['summary', 'theses', 'terms', 'timeline', 'figures', 'contradictions', 'questions'],
    full: ['summary', 'theses', 'terms', 'timeline', 'figures', 'contradictions', 'questions', 'selfCheck'],
  },
  brief: {
    short: ['summary', 'tasks'],
    standard: ['summary', 'theses', 'decisions', 'tasks', 'figures'],
    full: ['summary', 'theses', 'timeline', 'decisions', 'tasks', 'figures', 'contradictions', 'questions'],
  },
};

/** The sections a version will have, in reading order; fixed when it is asked for, so that progress can be counted. */
export function plannedSections(template: Template, detail: DetailLevel): SectionKind[] {
  const planned = new Set(plans[template][detail]);
  return sectionKinds.filter(kind => planned.has(kind));
}
