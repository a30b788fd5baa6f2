import type { Timers } from '../../../src/main/workers/timers.ts';

export interface ManualTimers extends Timers {
  /** Moves time on and runs what becomes due, in order. */
  advance(ms: number): void;
  /** The machine sleeps: time goes on and nothing runs; what became due runs once with the next `advance`. */
  sleep(ms: number): void;
  pending(): number;
}

export function createManualTimers(): ManualTimers {
  let now = 1_000;
  let order = 0;
  const due = new Map<number, { readonly at: number; readonly run: () => void }>();
  return {
    monotonicMs: () => now,
    epochMs: () => 1_700_000_000_000 + now,
    after(delayMs, run) {
      order += 1;
      const id = order;
      due.set(id, { at: now + delayMs, run });
      return () => {
        due.delete(id);
      };
    },
    advance(ms) {
      const until = now + ms;
      for (;;) {
        const next = [...due].filter(([, timer]) => timer.at <= until).sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
        if (next === undefined) break;
        due.delete(next[0]);
        now = Math.max(now, next[1].at);
        next[1].run();
      }
      now = until;
    },
    sleep(ms) {
      now += ms;
    },
    pending: () => due.size,
  };
}
