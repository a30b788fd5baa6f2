import { afterEach, expect, test } from 'vitest';
import type { JobKindName } from '../../../src/shared/domain/job.ts';
import type { EnqueueRequest } from '../../../src/main/engine/engine-api.ts';
import { EngineError } from '../../../src/main/engine/engine-api.ts';
import type { Harness } from '../../support/engine-harness.ts';
import { createHarness } from '../../support/engine-harness.ts';

let harness: Harness | null = null;
afterEach(() => {
  harness?.check();
  harness?.close();
  harness = null;
});
const nowMs = 1_800_000_000_000;
const centuryMs = 100 * 365 * 24 * 60 * 60 * 1000;

/** What is asked, the declared code, and the sentence with the value and the cure. */
const bad: readonly (readonly [string, Partial<EnqueueRequest>, EngineError['code'], RegExp])[] = [
  ['an unknown kind', { kind: 'mail.send' as JobKindName }, 'unknown_kind', /"mail\.send".*Declare it/u],
  ['a kind of 10 kB', { kind: 'x'.repeat(10_000) as JobKindName }, 'unknown_kind', /^.{0,250}$/u],
  [
    'a payload over the bound',
    { payload: { n: 1, text: 'ы'.repeat(200_000) } },
    'payload_too_large',
    /400017 bytes; at most 262144.*pass its id/u,
  ],
  ['a payload that does not fit', { payload: { n: 'one' } }, 'bad_payload', /does not fit chat\.answer: n:/u],
  ['a payload that is nothing', { payload: undefined }, 'bad_payload', /undefined/u],
  ['a payload that is no JSON', { payload: { n: 1n } }, 'bad_payload', /cannot be written as JSON/u],
  ['a key of 10 kB', { idempotencyKey: 'k'.repeat(10_000) }, 'bad_request', /10000 characters; it needs 1 to 500\. Make it/u],
  ['no key', { idempotencyKey: '' }, 'bad_request', /0 characters/u],
  ['a delay of a century', { dueAtMs: nowMs + centuryMs }, 'bad_due_time', /due in 36500 days; at most 366/u],
  ['a due time that is no time', { dueAtMs: Number.NaN }, 'bad_due_time', /NaN/u],
  ['a due time before 1970', { dueAtMs: -1 }, 'bad_due_time', /is -1/u],
  ['a negative priority', { priority: -1 }, 'bad_priority', /-1; it is a whole number from 0.* to 100/u],
  ['a priority above all', { priority: 101 }, 'bad_priority', /101/u],
  ['half a priority', { priority: 0.5 }, 'bad_priority', /0\.5/u],
  ['a title of a page', { title: 'x'.repeat(501) }, 'bad_request', /501 characters/u],
];

test.each(bad)('%s is refused with a sentence and leaves nothing behind', async (_, overrides, code, sentence) => {
  harness = createHarness();
  const { engine, request, clock, store } = harness.life();
  const refused = engine.enqueue(request(overrides)).catch((error: unknown) => error);
  await clock.quiesce();
  const error = await refused;
  expect(error).toBeInstanceOf(EngineError);
  expect(error).toMatchObject({ code, message: expect.stringMatching(sentence) });
  expect(() => store.transaction(() => engine.enqueueInTransaction(request(overrides)))).toThrow(EngineError);
  expect([store.queueLength(), store.running()]).toEqual([0, []]);
});

test('the longest delay and the outermost priorities are taken', async () => {
  harness = createHarness();
  const { enqueue, state } = harness.life();
  const ids = [await enqueue({ dueAtMs: nowMs + 366 * 86_400_000 }), await enqueue({ priority: 0 }), await enqueue({ priority: 100 })];
  expect(ids.map(state)).toEqual(['scheduled', 'running', 'running']);
});

test('of many at once one that is bad refuses all, and those before a refusal stand and are found again', async () => {
  harness = createHarness({ limits: { operationsPerCommit: 2, queueLength: 25 } });
  const { engine, request, clock, store, events } = harness.life();
  engine.setPaused(true);
  const ask = async (count: number, last: Partial<EnqueueRequest> = {}): Promise<unknown> => {
    const requests = Array.from({ length: count }, (_, n) => request({ idempotencyKey: `key-${n}`, ...(n === count - 1 ? last : {}) }));
    const asked = engine.enqueueAll(requests).catch((error: unknown) => error);
    await clock.quiesce();
    return asked;
  };
  expect(await ask(12, { payload: { n: 'one' } })).toMatchObject({ code: 'bad_payload' });
  expect(store.queueLength()).toBe(0);
  // Ten share a transaction here: two of them stand, and the third piece does not fit.
  expect(await ask(30)).toMatchObject({ code: 'queue_full' });
  expect(store.queueLength()).toBe(20);
  expect(await ask(25, { idempotencyKey: 'key-3' })).toEqual([
    ...Array.from({ length: 20 }, (_, n) => ({ jobId: store.findActiveByKey(`key-${n}`), created: false })),
    ...Array.from({ length: 4 }, (_, n) => ({ jobId: store.findActiveByKey(`key-${n + 20}`), created: true })),
    { jobId: store.findActiveByKey('key-3'), created: false },
  ]);
  expect(events.filter(event => event.type === 'enqueued')).toHaveLength(24);
});
