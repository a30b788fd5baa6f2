import { describe, expect, test } from 'vitest';
import { chat, lecture, make, meeting, source } from '../../../test/support/workers/section-material.ts';
import { detailLevels, section as sectionSchema, sectionKinds, type SectionKind } from '../../shared/domain/synopsis.ts';
import { makeSection } from './make-section.ts';
import { type Prepared, prepareSources } from './prepare-sources.ts';

describe('every section of every source', () => {
  const prepared: Prepared = prepareSources(
    [source(lecture), source(meeting), chat([{ speaker: 'Ира', text: 'Я куплю билеты в музей к пятнице.' }])],
    'ru',
  );

  test.each(sectionKinds.flatMap(kind => detailLevels.map(detail => [kind, detail] as const)))(
    '%s at %s fits the schema and quotes verbatim',
    (kind, detail) => {
      const made = makeSection(kind, prepared, { detail });
      expect(sectionSchema.parse(made)).toEqual(made);
      expect(made.emptyReason === null).toBe(made.items.length > 0);
      expect(new Set(made.items.map(({ id }) => id)).size).toBe(made.items.length);
      for (const { citations } of made.items) {
        for (const { snapshotHash, quote, prefix, suffix, start, end } of citations) {
          const text = prepared.sources.find(({ input }) => input.snapshotHash === snapshotHash)?.snapshot.text ?? '';
          expect(text.slice(start ?? 0, end ?? 0)).toBe(quote);
          expect(text.slice(0, start ?? 0).endsWith(prefix)).toBe(true);
          expect(text.slice(end ?? 0).startsWith(suffix)).toBe(true);
        }
      }
    },
  );

  test('the same sources give the same section', () => {
    expect(makeSection('theses', prepared, { detail: 'full' })).toEqual(
      makeSection(
        'theses',
        prepareSources([source(lecture), source(meeting), chat([{ speaker: 'Ира', text: 'Я куплю билеты в музей к пятнице.' }])], 'ru'),
        { detail: 'full' },
      ),
    );
  });

  test('no sources and an empty one give empty sections', () => {
    for (const kind of sectionKinds) {
      expect(make(kind, []).items).toEqual([]);
      expect(make(kind, [source('')]).items).toEqual([]);
    }
  });

  test('contradictions need a model', () => {
    expect(make('contradictions', [source(lecture)])).toMatchObject({ items: [], emptyReason: 'needs_model' });
  });
});

describe('a sentence in several sections', () => {
  const text = [
    'В 1714 году британский парламент принял Акт о долготе, который обещал премию в 20 000 фунтов тому, кто определит долготу в море.',
    'За 81 день плавания часы отстали на 5,1 секунды. Четвёртая модель была похожа на карманные часы диаметром 13 сантиметров. Копия часов обошлась в 450 фунтов 12 лет спустя.',
  ].join('\n\n');
  const prepared = prepareSources([source(text)], 'ru');
  const texts = (kind: SectionKind, planned: readonly SectionKind[]) =>
    makeSection(kind, prepared, { detail: 'full', planned }).items.map(item => item.text);

  test('stands whole in the first and in short in the next', () => {
    expect([...texts('summary', []), ...texts('theses', [])]).toContain(text.split('\n\n')[0]);
    expect(texts('timeline', ['summary', 'theses', 'timeline'])).toEqual(['В 1714 году британский парламент принял Акт о долготе…']);
    expect(texts('timeline', ['timeline', 'summary', 'theses'])).toEqual([text.split('\n\n')[0]]);
  });

  test('figures stay where leaving them out would empty the section', () => {
    expect(texts('figures', ['summary', 'theses', 'timeline', 'figures'])).toEqual(texts('figures', []));
  });
});
