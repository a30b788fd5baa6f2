import { expect, test } from 'vitest';
import { failOnLeaks } from '../support/leaks.ts';
import { suites } from './suites/all.ts';
import { seededRandom } from './suites/suite.ts';

failOnLeaks();

/** Another seed tries other points; a failure names the points, so the seed is only needed to see the same run again. */
const seed = Number(process.env['CHAOS_SEED'] ?? 1);

test.each(suites.map(suite => [`${suite.number}. ${suite.name}`, suite] as const))('%s (short)', async (_name, suite) => {
  const result = await suite.run({ random: seededRandom(seed), goesOn: () => true, effort: 'short' });
  expect(result.failures, `seed ${seed}`).toEqual([]);
  expect(result.runs).toBeGreaterThan(0);
});
