import { expect, test } from 'vitest';
import type { TaskEnd } from './task-runner.ts';
import type { StopReason } from './verdict.ts';
import { failed, verdictOf } from './verdict.ts';

const fault: TaskEnd = { type: 'failed', error: { code: 'busy', message: 'Busy.' }, retryable: true, retryAfterMs: 5 };
const lost = (cause: Extract<TaskEnd, { type: 'lost' }>['cause']): TaskEnd => ({ type: 'lost', cause, message: 'm' });

const table: readonly (readonly [end: TaskEnd, asked: StopReason | null, expected: object])[] = [
  [fault, null, { type: 'failed', error: { code: 'busy' }, retryable: true, retryAfterMs: 5 }],
  [fault, 'cancel', { type: 'failed', error: { code: 'busy' } }],
  [fault, 'time_limit', { type: 'failed', error: { code: 'time_limit' }, retryable: true }],
  [{ type: 'cancelled' }, 'cancel', { type: 'cancelled' }],
  [{ type: 'cancelled' }, 'stop', { type: 'lost', charge: 'nothing' }],
  [{ type: 'cancelled' }, 'time_limit', { type: 'failed', error: { code: 'time_limit' } }],
  [{ type: 'cancelled' }, null, { type: 'failed', error: { code: 'cancelled_unasked' }, retryable: true }],
  [lost('worker_exit'), null, { type: 'lost', charge: 'worker_death' }],
  [lost('stalled'), null, { type: 'lost', charge: 'worker_death' }],
  [lost('out_of_memory'), null, { type: 'lost', charge: 'worker_death' }],
  [lost('protocol'), null, { type: 'lost', charge: 'worker_death' }],
  [lost('worker_start'), null, { type: 'lost', charge: 'loss' }],
  [lost('shutdown'), null, { type: 'lost', charge: 'nothing' }],
  [lost('worker_exit'), 'time_limit', { type: 'failed', error: { code: 'time_limit' } }],
];

test.each(table)('%j, asked to stop for %s', (end, asked, expected) => {
  if (end.type === 'done') throw new Error('Done is not judged here.');
  expect(verdictOf(end, asked, 1_000)).toMatchObject(expected);
});

test('a failure always fits the contract', () => {
  expect(failed('c'.repeat(99), 'm'.repeat(9_999), false)).toMatchObject({ error: { code: 'c'.repeat(64), message: 'm'.repeat(2_000) } });
});
