import { sectionKinds, type DetailLevel, type SectionKind, type Template } from './synopsis.ts';

/** What a template leaves out: a meeting has no glossary, an article hands out no tasks. */
const left: Readonly<Record<Template, readonly SectionKind[]>> = {
  lecture: ['decisions', 'tasks'],
  meeting: ['terms', 'selfCheck'],
  article: [],
  research: ['tasks', 'decisions'],
  brief: ['terms', 'timeline', 'contradictions', 'selfCheck'],
};

/** What the shortest level leaves out: it is read in a minute. */
const leftWhenShort: readonly SectionKind[] = ['timeline', 'contradictions', 'selfCheck'];

/** The sections a version will have, in reading order; fixed when it is asked for, so progress can be counted. */
export function plannedSections(template: Template, detail: DetailLevel): SectionKind[] {
  return sectionKinds.filter(kind => !left[template].includes(kind) && !(detail === 'short' && leftWhenShort.includes(kind)));
}
