import { expect, test, vi } from 'vitest';
import { coalesce } from './coalesce.ts';

test('sends the first at once, one per interval, and the last always', () => {
  vi.useFakeTimers();
  try {
    const sent: number[] = [];
    const progress = coalesce<number>(50, value => {
      sent.push(value);
    });
    for (let n = 1; n <= 5; n += 1) progress.push(n);
    expect(sent).toEqual([1]);
    vi.advanceTimersByTime(50);
    expect(sent).toEqual([1, 5]);
    vi.advanceTimersByTime(500);
    progress.push(6);
    progress.push(7);
    progress.flush();
    expect(sent).toEqual([1, 5, 6, 7]);
    progress.flush();
    vi.advanceTimersByTime(500);
    expect(sent).toEqual([1, 5, 6, 7]);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
