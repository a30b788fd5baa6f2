/** What measures time and waits. The time may or may not go on while the machine sleeps: systems differ. */
export interface TimerPort {
  monotonicMs(): number;
  /** Calls back once after at least `delayMs`; the result cancels it. */
  setTimer(delayMs: number, callback: () => void): () => void;
}

export interface AwakeTimer {
  cancel(): void;
  /** Time awake since the start, in milliseconds. */
  elapsedMs(): number;
}

/** Most of a sleep that is taken for time awake. Waking up as often costs a process that works nothing. */
const longestSliceMs = 5_000;
/** A short delay is cut as well, so that a sleep cannot use it up. */
const leastSlices = 4;

/**
 * Calls back after `delayMs` of time in which the machine was awake. The delay is waited for in slices, and each counts for
 * what was asked and no more, however late its end is noticed. So a night's sleep costs a running job one slice of its time
 * limit, whether timers of the system stand still then (Linux) or not (macOS, Windows), and nobody has to tell us of it.
 */
export function startAwakeTimer(port: TimerPort, delayMs: number, callback: () => void): AwakeTimer {
  const sliceMs = Math.min(longestSliceMs, Math.max(1, delayMs / leastSlices));
  let doneMs = 0;
  let sliceStartMs = port.monotonicMs();
  let cancelSlice: (() => void) | null = null;
  const currentMs = (): number => Math.min(sliceMs, delayMs - doneMs);

  function arm(): void {
    sliceStartMs = port.monotonicMs();
    const askedMs = currentMs();
    cancelSlice = port.setTimer(askedMs, () => {
      cancelSlice = null;
      doneMs += askedMs;
      if (doneMs < delayMs) arm();
      else callback();
    });
  }
  arm();

  return {
    cancel() {
      if (cancelSlice === null) return;
      doneMs += Math.min(Math.max(port.monotonicMs() - sliceStartMs, 0), currentMs());
      cancelSlice();
      cancelSlice = null;
    },
    elapsedMs: () => (cancelSlice === null ? doneMs : doneMs + Math.min(Math.max(port.monotonicMs() - sliceStartMs, 0), currentMs())),
  };
}
