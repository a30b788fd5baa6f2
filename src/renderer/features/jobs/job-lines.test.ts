import { describe, expect, test } from 'vitest';
import { createMemoryBackend } from '../../../../test/support/memory-backend.ts';
import type { JobsState } from '../../state/jobs-store.ts';
import { countsOf, keyOf, lineAfterKey, lineInstead, linesOf } from './job-lines.ts';

const { newJob } = createMemoryBackend({ nowMs: 1_000_000, systemLocale: 'ru' });
const [asks, first, second, over] = [
  newJob('chat.answer', null, 'asks', { state: 'waiting', waitReason: 'answer' }),
  newJob('chat.answer', null, 'first', { createdAtMs: 1 }),
  newJob('chat.answer', null, 'second', { createdAtMs: 2 }),
  newJob('chat.answer', null, 'over', { state: 'done', outcome: 'ok', finishedAtMs: 3 }),
];
const state: Pick<JobsState, 'jobs' | 'next' | 'filter' | 'counts' | 'search'> = {
  jobs: [over, second, first, asks],
  next: { needsYou: null, running: null, queued: 'x', done: 'x', failed: null },
  counts: { needsYou: 1, running: 0, queued: 70, done: 900, failed: 0 },
  filter: null,
  search: '',
};
const keys = (given: Partial<typeof state> = {}, folded: Parameters<typeof linesOf>[1] = []) =>
  linesOf({ ...state, ...given }, folded).map(keyOf);

describe('the lines of the list', () => {
  test('the way on stands where the missing jobs are: before the queue, after what has ended', () => {
    expect(keys()).toEqual([
      'head:needsYou',
      asks.id,
      'head:queued',
      'more:queued',
      first.id,
      second.id,
      'head:done',
      over.id,
      'more:done',
    ]);
  });

  test('a folded group shows its head, and all of it when it was picked alone', () => {
    expect(keys({}, ['queued', 'done'])).toEqual(['head:needsYou', asks.id, 'head:queued', 'head:done']);
    expect(keys({ filter: 'done' }, ['queued', 'done'])).toEqual([over.id, 'more:done']);
    expect(keys({ filter: 'failed' })).toEqual([]);
  });

  test('the database counts all jobs, and the window those that a search found', () => {
    expect(countsOf(state).done).toEqual({ count: 900, isMore: false });
    expect(countsOf({ ...state, search: 'o' })).toMatchObject({
      needsYou: { count: 1, isMore: false },
      done: { count: 1, isMore: true },
      failed: { count: 0, isMore: false },
    });
  });
});

describe('keys', () => {
  const lines = linesOf(state, []);
  const to = (at: number, key: string) => {
    const line = lineAfterKey(lines, at, key);
    return line && keyOf(line);
  };
  test('arrows go through heads and jobs alike and stop at the ends', () => {
    expect([to(0, 'ArrowDown'), to(1, 'ArrowDown'), to(8, 'ArrowDown'), to(0, 'ArrowUp'), to(4, 'Home'), to(0, 'End')]).toEqual([
      asks.id,
      'head:queued',
      null,
      null,
      'head:needsYou',
      'more:done',
    ]);
    expect(to(0, 'Tab')).toBeNull();
  });

  test('what is stopped hands the focus to its neighbour', () => {
    const instead = (at: number) => {
      const line = lineInstead(lines, at);
      return line && keyOf(line);
    };
    expect([instead(4), instead(5), instead(1)]).toEqual([second.id, first.id, 'head:needsYou']);
    expect(lineInstead([], 0)).toBeNull();
  });
});
