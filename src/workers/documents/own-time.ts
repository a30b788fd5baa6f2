import { startAwakeTimer, type AwakeTimer, type TimerPort } from '../../shared/domain/awake-timer.ts';
import { RetryableError } from '../../shared/domain/task-failure.ts';

/** The slowest measured book, 5,000 pages, takes under two minutes; the rest is for slower machines and networks. */
export const ownTimeLimitMs = 600_000;

/** The time of a reading that is its own work, and not main's, a disk's or a model's. */
export interface OwnTime {
  /** All of it. Rejects with `timed_out` once its own work has taken longer than it may. */
  within<T>(work: () => Promise<T>): Promise<T>;
  /** Waits for somebody else. */
  elsewhere<T>(wait: () => Promise<T>): Promise<T>;
  /** Its own work in between, as the run of a step whose commit is waited for. */
  here<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Main's limit of an attempt leaves room for hundreds of answers of a model, and its heartbeat still hears of a worker that waits
 * for what never comes, or works for ever and takes breaths: this ends both. One whose loop stands still is ended by the heartbeat.
 */
export function createOwnTime(port: TimerPort, limitMs: number = ownTimeLimitMs): OwnTime {
  const { promise: isUp, reject } = Promise.withResolvers<never>();
  // Nobody may be waiting for it.
  isUp.catch(() => undefined);
  let leftMs = limitMs;
  let isOver = false;
  let timer: AwakeTimer | null = null;
  function stop(): void {
    timer?.cancel();
    leftMs -= timer?.elapsedMs() ?? 0;
    timer = null;
  }
  function start(): void {
    stop();
    // What was given up may still come to an end.
    if (isOver) return;
    timer = startAwakeTimer(port, Math.max(1, leftMs), () => {
      reject(new RetryableError('timed_out', `The document was not read within ${limitMs / 1_000} s.`));
    });
  }
  return {
    async within(work) {
      start();
      try {
        return await Promise.race([work(), isUp]);
      } finally {
        isOver = true;
        stop();
      }
    },
    async elsewhere(wait) {
      stop();
      try {
        return await wait();
      } finally {
        start();
      }
    },
    async here(work) {
      start();
      try {
        return await work();
      } finally {
        stop();
      }
    },
  };
}

/** The clock of this process. */
export const processTimers: TimerPort = {
  monotonicMs: () => performance.now(),
  setTimer(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};
