import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stepNameLimit } from '../../domain/job-step.ts';
import { frameValueLimit, fromWorker, toWorker } from './frames.ts';
import { isHotFromWorker, isHotToWorker } from './hot-frames.ts';

const task = { v: 1, generation: 1, leaseToken: 'l' };
const done = { ...task, type: 'done', output: '{}', issues: [] };
const timed = { ...done, tookMs: 0.5 };
const step = { ...task, type: 'step', seq: 1, name: 'section:a', startedAtMs: 0, output: '{}' };
const recorded = { ...task, type: 'step-recorded', seq: 1 };
const start = { ...task, type: 'start', kind: 'chat.answer', jobId: 'j', traceId: 't', attempt: 1, input: '{}', recorded: [] };
const placed = { ...start, place: 'p' };

/** What may stand in any field: what is right in one of them, what is nearly right, and anything. */
const value = fc.oneof(
  fc.constantFrom<unknown>('', 'l', 'x'.repeat(64), 'x'.repeat(65), 'x'.repeat(stepNameLimit + 1), 'chat.answer', 'toString'),
  fc.constantFrom<unknown>(0, 1, 2, -1, 1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, -0, null, undefined, true),
  fc.constantFrom<unknown>([], ['x'], [1], [{ name: 'a', output: '1' }], { length: 0 }, { tokens: 1, moneyMinor: 0 }),
  fc.constantFrom<unknown>('x'.repeat(frameValueLimit), 'x'.repeat(frameValueLimit + 1)),
  fc.jsonValue({ maxDepth: 1 }),
);
const field = fc.constantFrom(
  ...new Set([...Object.keys(timed), ...Object.keys(step), ...Object.keys(placed)]),
  'usage',
  'compensation',
  'inFlight',
  'run',
  'undo',
  'extra',
  '__proto__',
);
/** A good frame with some fields set to something else, and some taken away. */
const frame = fc
  .tuple(
    fc.constantFrom<object>(done, timed, step, recorded, start, placed),
    fc.array(fc.tuple(field, value), { maxLength: 2 }),
    fc.array(field, { maxLength: 1 }),
  )
  .map(([good, changed, gone]) => {
    const fields = new Map<string, unknown>([...Object.entries(good), ...changed]);
    for (const name of gone) fields.delete(name);
    // As `JSON.parse` makes them: every name is a field of its own.
    const made = {};
    for (const [name, each] of fields)
      Object.defineProperty(made, name, { value: each, enumerable: true, writable: true, configurable: true });
    return made;
  });

describe('what a guard accepts', () => {
  test.each([
    ['from a worker', isHotFromWorker, fromWorker],
    ['to a worker', isHotToWorker, toWorker],
  ] as const)('the schema accepts and leaves as it is: %s', (_, accepts, schema) => {
    fc.assert(
      fc.property(fc.oneof({ arbitrary: frame, weight: 9 }, { arbitrary: fc.anything(), weight: 1 }), raw => {
        if (!accepts(raw)) return;
        expect(schema.safeParse(raw)).toEqual({ success: true, data: raw });
      }),
      { numRuns: 2_000 },
    );
  });

  test('is the plain form of each', () => {
    expect([done, timed, step].map(isHotFromWorker)).toEqual([true, true, true]);
    expect([start, placed, recorded].map(isHotToWorker)).toEqual([true, true, true]);
  });

  test('is nothing with one field too many, which the schema would refuse', () => {
    for (const each of [done, timed, step]) expect(isHotFromWorker({ ...each, extra: 1 })).toBe(false);
    for (const each of [start, placed, recorded]) expect(isHotToWorker({ ...each, extra: 1 })).toBe(false);
  });
});
