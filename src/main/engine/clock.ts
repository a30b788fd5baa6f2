/** Port: all the time the engine knows of. The engine has no timers of its own. */
export interface Clock {
  /** Wall clock, for what people read and for due times. May jump in either direction. */
  nowMs(): number;
  /** Never goes back; for spans between two moments of this process. */
  monotonicMs(): number;
  /** Calls back once after at least `delayMs` (up to 2^31 - 1); the result cancels it. */
  setTimer(delayMs: number, callback: () => void): () => void;
  /** Calls back once what has already arrived in this turn of the event loop has been handled. */
  afterTurn(callback: () => void): void;
}

/** setTimeout takes a signed 32-bit delay and fires at once beyond it. */
export const longestTimerMs = 2 ** 31 - 1;
