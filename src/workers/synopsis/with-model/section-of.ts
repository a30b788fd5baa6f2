import { section as sectionSchema, type Section, type SectionKind } from '../../../shared/domain/synopsis.ts';
import type { Sha256 } from '../../../shared/domain/ids.ts';
import type { WrittenItem, WrittenSection } from './write-section.ts';

/**
 * What becomes of an item of which no quote was found, on the second try either. A statement is shown with its quote marked as
 * missing, so that the reader sees what could not be proven. A fact that somebody acts on (a decision, a task, a number, a
 * date, a definition) is left out and counted: an invented one does more harm than one that is not there.
 */
const unproven: Readonly<Record<SectionKind, 'marked' | 'leftOut'>> = {
  summary: 'marked',
  theses: 'marked',
  terms: 'leftOut',
  timeline: 'leftOut',
  decisions: 'leftOut',
  tasks: 'leftOut',
  figures: 'leftOut',
  contradictions: 'leftOut',
  questions: 'marked',
  selfCheck: 'leftOut',
};

/** The section as it is stored. An item that names no proof at all, not even an invented one, is left out. */
export function sectionOf(
  kind: SectionKind,
  { items, by }: Extract<WrittenSection, { outcome: 'answered' }>,
  material: readonly Sha256[],
): Section {
  const kept = items.flatMap(item => {
    const citations = item.citations.length > 0 ? item.citations : unproven[kind] === 'marked' ? item.claimed : [];
    return citations.length === 0 ? [] : [{ ...item, citations }];
  });
  const shown = kind === 'timeline' ? inTime(kept) : kept;
  const leftOut = items.length - kept.length;
  return sectionSchema.parse({
    kind,
    items: shown.map(({ answer, citations }, index) => {
      const { quotes: _quotes, notes: _notes, ...fields } = answer;
      return { ...fields, id: `${kind}-${index + 1}`, citations };
    }),
    emptyReason: shown.length === 0 ? 'nothing_found' : null,
    provenance: { kind: 'model', provider: by.provider, model: by.model },
    material,
    ...(leftOut > 0 && { leftOut }),
  });
}

/** In order of time where every event has a date; else as the model has ordered them. */
function inTime<T extends Pick<WrittenItem, 'answer'>>(items: readonly T[]): readonly T[] {
  const dated = items.map(item => ({ item, date: 'date' in item.answer ? item.answer.date : null }));
  return dated.every(({ date }) => date !== null)
    ? dated.toSorted((a, b) => (a.date ?? '').localeCompare(b.date ?? '')).map(({ item }) => item)
    : items;
}
