import { expect, test } from 'vitest';
import { sectionOf } from '../../../test/integration/store/store-fixture.ts';
import type { Section } from './synopsis.ts';
import { itemKey, readAudit, type AuditedItem } from './synopsis-audit.ts';

const item = (id: string, over: Partial<AuditedItem> = {}): AuditedItem => ({
  section: 'theses',
  item: id,
  verdict: 'supported',
  foreignFigures: [],
  ...over,
});

test('labels: the verdict, one lower with foreign numbers, and never better than the quotes', () => {
  const section = sectionOf('theses', 'Тезис.');
  const [first] = section.items;
  if (first === undefined) throw new Error('A section without items.');
  const unfound = first.citations.map(citation => ({ ...citation, support: 'missing' as const, start: null, end: null }));
  const theses = {
    ...section,
    items: ['a', 'b', 'c', 'd', 'e'].map(id => ({ ...first, id, citations: id === 'c' ? unfound : first.citations })),
  } as Section;
  const { labels, summary } = readAudit(
    {
      items: [
        item('a'),
        item('b', { foreignFigures: ['15'] }),
        item('c'),
        item('d', { verdict: null }),
        item('e', { verdict: null, foreignFigures: ['7'] }),
      ],
    },
    [theses],
  );
  expect([...labels]).toEqual([
    [itemKey('theses', 'a'), 'supported'],
    [itemKey('theses', 'b'), 'partly'],
    [itemKey('theses', 'c'), 'not'],
    [itemKey('theses', 'e'), 'partly'],
  ]);
  expect(summary).toEqual({ supported: 1, partly: 2, not: 1, health: 0.5 });
  // A judge who has said nothing has found nothing wrong either.
  const unsaid = readAudit({ items: [item('a', { verdict: null }), item('c', { verdict: null })] }, [theses]);
  expect([...unsaid.labels]).toEqual([[itemKey('theses', 'c'), 'not']]);
  expect(unsaid.summary.health).toBeNull();
  expect(readAudit({ items: [] }, []).summary.health).toBeNull();
});
