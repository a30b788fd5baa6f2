import { afterEach, expect, test } from 'vitest';
import type { JobKindName } from '../../../src/shared/domain/job.ts';
import { EngineError } from '../../../src/main/engine/engine-api.ts';
import type { Harness } from '../../support/engine-harness.ts';
import { createHarness } from '../../support/engine-harness.ts';
import { testKind } from '../../support/job-kinds.ts';

let harness: Harness | null = null;
afterEach(() => {
  harness?.check();
  harness?.close();
  harness = null;
});
const done = { type: 'done', output: '{"n":1}', issues: [] } as const;
function open() {
  harness = createHarness({ kinds: [testKind('chat.answer', { concurrency: 1 }), testKind('document.import')] });
  return harness.life();
}

test('a paused kind is not claimed while the others are; what runs goes on', async () => {
  const { engine, enqueue, taskOf, clock, state, events } = open();
  const running = await enqueue();
  engine.setKindPaused('chat.answer', true);
  engine.setKindPaused('chat.answer', true);
  const [queued, other] = [await enqueue(), await enqueue({ kind: 'document.import' })];
  taskOf(running).end(done);
  await clock.quiesce();
  expect([running, queued, other].map(state)).toEqual(['done', 'queued', 'running']);
  expect(engine.pausedKinds()).toEqual(['chat.answer']);
  engine.setKindPaused('chat.answer', false);
  await clock.quiesce();
  expect([state(queued), engine.pausedKinds()]).toEqual(['running', []]);
  expect(events.filter(event => event.type === 'health')).toHaveLength(2);
  expect(() => {
    engine.setKindPaused('mail.send' as JobKindName, true);
  }).toThrow(EngineError);
});

test('draining a kind resolves with the end of its last running job, draining the queue with everything', async () => {
  const { engine, enqueue, taskOf, clock, state } = open();
  const [chat, queued, document] = [await enqueue(), await enqueue(), await enqueue({ kind: 'document.import' })];
  const drained: string[] = [];
  void engine.drain('chat.answer').then(() => drained.push('kind'));
  void engine.drain(null).then(() => drained.push('queue'));
  await clock.quiesce();
  expect(drained).toEqual([]);
  taskOf(chat).end(done);
  await clock.quiesce();
  expect([drained, state(queued), engine.isPaused()]).toEqual([['kind'], 'queued', true]);
  taskOf(document).end(done);
  await clock.quiesce();
  expect(drained).toEqual(['kind', 'queue']);
  await engine.drain(null);
  engine.setPaused(false);
  await clock.quiesce();
  // Its kind is still paused.
  expect(state(queued)).toBe('queued');
});

test('whoever drains is told when the pause was taken away first, and may leave without taking it away', async () => {
  const { engine, enqueue, taskOf, clock } = open();
  const chat = await enqueue();
  const ends: string[] = [];
  const leaving = new AbortController();
  void engine.drain('chat.answer', leaving.signal).then(end => ends.push(`the one who leaves: ${end}`));
  void engine.drain('chat.answer').then(end => ends.push(`the one who stays: ${end}`));
  leaving.abort();
  await clock.quiesce();
  expect([ends, engine.pausedKinds()]).toEqual([['the one who leaves: left'], ['chat.answer']]);
  engine.setKindPaused('chat.answer', false);
  await clock.quiesce();
  expect(ends.slice(1)).toEqual(['the one who stays: resumed']);
  taskOf(chat).end(done);
  await clock.quiesce();
  expect(await engine.drain('chat.answer', leaving.signal)).toBe('drained');
  await expect(engine.drain('mail.send' as JobKindName)).rejects.toThrow('There is no kind of job named "mail.send"');
});

test('a kind is full while as many of it run as may', async () => {
  const { engine, enqueue, taskOf, clock, state } = open();
  expect(engine.fullKinds()).toEqual([]);
  const [first, second] = [await enqueue(), await enqueue()];
  await enqueue({ kind: 'document.import' });
  await clock.quiesce();
  expect([engine.fullKinds(), state(second)]).toEqual([['chat.answer'], 'queued']);
  taskOf(first).end(done);
  await clock.quiesce();
  expect([engine.fullKinds(), state(second)]).toEqual([['chat.answer'], 'running']);
  taskOf(second).end(done);
  await clock.quiesce();
  expect(engine.fullKinds()).toEqual([]);
});
