import { expect, test } from 'vitest';
import { periodsOfTrail } from './periods-of-trail.ts';

const trail = (...rows: readonly (readonly [type: string, atMs: number, detail?: string])[]) =>
  rows.map(([type, atMs, detail = null]) => ({ type, atMs, detail }));

test('a trail is cut into attempts and the time between them, without sentences', () => {
  const { attempts, waits, events } = periodsOfTrail(
    trail(
      ['enqueued', 0],
      ['started', 5],
      ['retry', 9, 'http_503: the words of a person'],
      ['due', 20],
      ['held', 21, 'gate'],
      ['started', 22],
      ['waiting', 30, 'approval'],
      ['resumed', 50],
      ['started', 51],
      ['returned', 60, 'worker_exit: it ended'],
      ['started', 61],
      ['failed', 70, 'bad_output: more words'],
      ['retried_by_hand', 90],
      ['started', 91],
    ),
  );
  expect(attempts.map(({ startedAtMs, endedAtMs, end, code }) => [startedAtMs, endedAtMs, end, code])).toEqual([
    [5, 9, 'retried', 'http_503'],
    [22, 30, 'parked', null],
    [51, 60, 'lost', 'worker_exit'],
    [61, 70, 'failed', 'bad_output'],
    [91, null, null, null],
  ]);
  expect(waits.map(({ state, reason, startedAtMs, endedAtMs }) => [state, reason, startedAtMs, endedAtMs])).toEqual([
    ['queued', null, 0, 5],
    ['scheduled', null, 9, 20],
    ['queued', null, 20, 22],
    ['waiting', 'approval', 30, 50],
    ['queued', null, 50, 51],
    ['queued', null, 60, 61],
    ['queued', null, 90, 91],
  ]);
  expect(events).toEqual([{ type: 'held', atMs: 21 }]);
  expect(JSON.stringify({ attempts, waits, events })).not.toContain('words');
});

test('a job that was made for later was scheduled until it became due', () => {
  expect(periodsOfTrail(trail(['enqueued', 0], ['due', 10], ['cancelled', 15]))).toMatchObject({
    attempts: [],
    waits: [
      { state: 'scheduled', endedAtMs: 10 },
      { state: 'queued', endedAtMs: 15 },
    ],
  });
});
