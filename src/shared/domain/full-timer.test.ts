import { expect, test } from 'vitest';
import { createFullTimers } from './full-timer.ts';

/** A clock moved by hand, whose timers come when the test says so. */
function platform() {
  let nowMs = 0;
  let waiting: { readonly delayMs: number; readonly run: () => void } | null = null;
  return {
    asked: [] as number[],
    monotonicMs: () => nowMs,
    setTimer(delayMs: number, run: () => void) {
      this.asked.push(delayMs);
      waiting = { delayMs, run };
      return () => {
        waiting = null;
      };
    },
    /** The timer comes at this time, whatever was asked. */
    fireAt(ms: number) {
      nowMs = ms;
      const { run } = waiting ?? { run: () => undefined };
      waiting = null;
      run();
    },
  };
}

test('a timer that comes too early is set again for the rest', () => {
  const port = platform();
  const calls: number[] = [];
  createFullTimers({ monotonicMs: port.monotonicMs, setTimer: port.setTimer.bind(port) })(5_000, () => calls.push(port.monotonicMs()));
  port.fireAt(4_999.4);
  expect(calls).toEqual([]);
  port.fireAt(5_000.2);
  expect(calls).toEqual([5_000.2]);
  expect(port.asked).toEqual([5_000, 1]);
});

test('what is cancelled between the two does not come', () => {
  const port = platform();
  const calls: number[] = [];
  const cancel = createFullTimers({ monotonicMs: port.monotonicMs, setTimer: port.setTimer.bind(port) })(10, () => calls.push(1));
  port.fireAt(9.5);
  cancel();
  port.fireAt(20);
  expect(calls).toEqual([]);
});
