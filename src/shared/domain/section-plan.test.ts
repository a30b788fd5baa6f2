import { expect, test } from 'vitest';
import { plannedSections } from './section-plan.ts';
import { detailLevels, sectionKinds, templates } from './synopsis.ts';

test.each(templates)('a %s has a summary first, in the order of sections, and more of it at more detail', template => {
  const plans = detailLevels.map(detail => plannedSections(template, detail));
  for (const plan of plans) {
    expect(plan[0]).toBe('summary');
    expect(plan).toEqual(sectionKinds.filter(kind => plan.includes(kind)));
  }
  expect(plans.map(plan => plan.length)).toEqual(plans.map(plan => plan.length).toSorted((a, b) => a - b));
});

test('a meeting has its dates and its figures', () => {
  expect(plannedSections('meeting', 'standard')).toEqual(expect.arrayContaining(['timeline', 'figures', 'decisions', 'tasks']));
});
