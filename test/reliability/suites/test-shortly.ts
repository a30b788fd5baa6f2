import { expect, test } from 'vitest';
import type { Suite } from './suite.ts';
import { seededRandom } from '../../support/seeded-random.ts';

/** Another seed tries other points; a failure names the points, so the seed is only needed to see the same run again. */
const seed = Number(process.env['CHAOS_SEED'] ?? 1);

/** Some ten seconds on a machine of its own. A busy one only takes longer, and what hangs inside is ended by patience of its own. */
const ceilingMs = 300_000;

/** One test for the short version of each suite. */
export function testShortly(suites: readonly Suite[]): void {
  test.each(suites.map(suite => [`${suite.number}. ${suite.name}`, suite] as const))('%s', { timeout: ceilingMs }, async (_name, suite) => {
    const result = await suite.run({ random: seededRandom(seed), goesOn: () => true, effort: 'short' });
    expect(result.failures, `seed ${seed}`).toEqual([]);
    expect(result.runs).toBeGreaterThan(0);
  });
}
