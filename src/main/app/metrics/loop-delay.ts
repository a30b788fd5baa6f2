import { monitorEventLoopDelay } from 'node:perf_hooks';

/** A sample each 20 ms: finer than a frame that a person sees dropped, and nothing that a processor notices. */
const sampleEveryMs = 20;
/** Figures are of at most this long, so that a start an hour ago is not held against now. */
const windowMs = 60_000;
/** Watched for this long after the last question: a program that lies idle is not woken 50 times a second for nobody. */
const watchedAfterQuestionMs = 2 * windowMs;
const nanosPerMs = 1e6;

export interface LoopDelayFigures {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface LoopDelay {
  /** How late the loop was beyond the sampling itself; null until something has been sampled. Asking begins the watch. */
  read(): LoopDelayFigures | null;
  close(): void;
}

export function createLoopDelay(now: () => number): LoopDelay {
  let histogram: ReturnType<typeof monitorEventLoopDelay> | null = null;
  let since = 0;
  let before: LoopDelayFigures | null = null;
  let forget: NodeJS.Timeout | null = null;

  function stop(): void {
    histogram?.disable();
    histogram = null;
    before = null;
    if (forget !== null) clearTimeout(forget);
    forget = null;
  }

  function figures(): LoopDelayFigures | null {
    if (histogram === null || histogram.count === 0) return before;
    const late = (nanos: number): number => Math.max(0, nanos / nanosPerMs - sampleEveryMs);
    return { p50Ms: late(histogram.percentile(50)), p99Ms: late(histogram.percentile(99)), maxMs: late(histogram.max) };
  }

  return {
    read() {
      if (histogram === null) {
        histogram = monitorEventLoopDelay({ resolution: sampleEveryMs });
        histogram.enable();
        since = now();
      }
      const read = figures();
      if (now() - since > windowMs) {
        before = read;
        histogram.reset();
        since = now();
      }
      if (forget !== null) clearTimeout(forget);
      forget = setTimeout(stop, watchedAfterQuestionMs);
      forget.unref();
      return read;
    },
    close: stop,
  };
}
