import { type DetailLevel, sectionKinds, type SectionKind, type Template } from '../../shared/domain/synopsis.ts';

/** Sections a template never goes without, and those a standard or a full synopsis adds. */
const plans: Readonly<Record<Template, Readonly<Record<DetailLevel, readonly SectionKind[]>>>> = {
  lecture: {
    short: ['summary', 'theses', 'terms'],
    standard: ['summary', 'theses', 'terms', 'timeline', 'figures', 'questions', 'selfCheck'],
    full: ['summary', 'theses', 'terms', 'timeline', 'figures', 'contradictions', 'questions', 'selfCheck'],
  },
  meeting: {
    short: ['summary', 'decisions', 'tasks'],
    standard: ['summary', 'theses', 'decisions', 'tasks', 'questions'],
    full: ['summary', 'theses', 'timeline', 'decisions', 'tasks', 'figures', 'contradictions', 'questions'],
  },
  article: {
    short: ['summary', 'theses'],
    standard: ['summary', 'theses', 'terms', 'timeline', 'figures'],
    full: ['summary', 'theses', 'terms', 'timeline', 'figures', 'contradictions', 'questions', 'selfCheck'],
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

/** The sections of a synopsis, in reading order. */
export function sectionsFor(template: Template, detail: DetailLevel): SectionKind[] {
  const planned = new Set(plans[template][detail]);
  return sectionKinds.filter((kind) => planned.has(kind));
}
