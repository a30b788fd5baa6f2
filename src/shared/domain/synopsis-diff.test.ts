import { expect, test } from 'vitest';
import { noteId, sha256Hex } from './ids.ts';
import { section as sectionSchema, type Section, type SectionKind } from './synopsis.ts';
import { synopsisDiff, type DiffSide } from './synopsis-diff.ts';

const citing = (quote: string) => ({
  source: { kind: 'chat' as const },
  snapshotHash: sha256Hex.parse('a'.repeat(64)),
  quote,
  prefix: '',
  suffix: '',
  start: 0,
  end: quote.length,
  page: null,
  messageId: null,
  support: 'verified' as const,
});

function sectionOf(kind: Extract<SectionKind, 'summary' | 'theses' | 'decisions'>, texts: readonly (string | [string, string])[]): Section {
  return sectionSchema.parse({
    kind,
    items: texts.map((each, at) => {
      const [text, quote] = typeof each === 'string' ? [each, each] : each;
      return { id: `${kind}-${at + 1}`, text, citations: [citing(quote)] };
    }),
    emptyReason: texts.length === 0 ? 'nothing_found' : null,
    provenance: { kind: 'extractive', version: '6' },
  });
}
const side = (...sections: Section[]): DiffSide => ({ title: 'Насос', sections, notes: [] });

test('items are added, removed, changed and moved, and each stands where it is read', () => {
  const before = side(
    sectionOf('theses', ['Глеб снял фильтр с насоса.', 'Трубы лежат на складе.', 'Насос шумит по вечерам.', 'Соседи жалуются на шум.']),
  );
  const after = side(
    sectionOf('theses', ['Соседи жалуются на шум.', 'Глеб снял фильтр с насоса.', 'Насос шумит по утрам.', 'Новый насос купят весной.']),
  );
  const diff = synopsisDiff(before, after);
  expect(diff.sections).toHaveLength(1);
  expect(diff.sections[0]?.items.map(item => [item.change, item.change === 'changed' ? item.after.text : item.item.text])).toEqual([
    // Moved, and no more than that.
    ['removed', 'Трубы лежат на складе.'],
    ['same', 'Соседи жалуются на шум.'],
    ['same', 'Глеб снял фильтр с насоса.'],
    ['changed', 'Насос шумит по утрам.'],
    ['added', 'Новый насос купят весной.'],
  ]);
  expect(diff.counts).toEqual({ added: 1, removed: 1, changed: 1 });
  const changed = diff.sections[0]?.items.find(item => item.change === 'changed');
  expect(changed?.change === 'changed' ? changed.fields : null).toEqual([
    {
      field: 'text',
      runs: [
        { kind: 'same', text: 'Насос шумит по ' },
        { kind: 'removed', text: 'вечерам' },
        { kind: 'added', text: 'утрам' },
        { kind: 'same', text: '.' },
      ],
    },
  ]);
});

test('another quote under the same words is a change; nothing else is', () => {
  const before = side(sectionOf('theses', [['Насос шумит.', 'он шумит']]));
  expect(synopsisDiff(before, side(sectionOf('theses', [['Насос шумит.', 'насос гудит']]))).counts).toEqual({
    added: 0,
    removed: 0,
    changed: 1,
  });
  const again = synopsisDiff(before, side(sectionOf('theses', [['Насос шумит.', 'он шумит']])));
  expect(again).toMatchObject({ title: null, sections: [{ change: 'same' }], counts: { added: 0, removed: 0, changed: 0 } });
});

test('sections come and go in reading order', () => {
  const diff = synopsisDiff(
    side(sectionOf('summary', ['А']), sectionOf('theses', ['Б'])),
    side(sectionOf('summary', ['А']), sectionOf('decisions', ['В'])),
  );
  expect(diff.sections.map(({ kind, change }) => [kind, change])).toEqual([
    ['summary', 'same'],
    ['theses', 'removed'],
    ['decisions', 'added'],
  ]);
});

test('notes and the title are compared too', () => {
  const note = (n: number, text: string) => ({
    id: noteId.parse(`01890000-0000-7000-8000-00000000000${n}`),
    after: 'summary' as const,
    text,
    createdAtMs: 1,
    updatedAtMs: 1,
  });
  const diff = synopsisDiff(
    { title: 'Насос', sections: [], notes: [note(1, 'Спросить Глеба'), note(2, 'Пока так')] },
    { title: 'Новый насос', sections: [], notes: [note(1, 'Спросить Анну'), note(3, 'Готово')] },
  );
  expect(diff.title?.some(({ kind }) => kind === 'added')).toBe(true);
  expect(diff.notes.map(({ change }) => change)).toEqual(['changed', 'added', 'removed']);
});
