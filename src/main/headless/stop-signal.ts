export interface StopSignal {
  /** Resolves at the first SIGINT or SIGTERM. */
  readonly promise: Promise<void>;
  readonly signal: AbortSignal;
  /** Stops listening, so that the next signal has its usual effect. */
  release(): void;
}

/** The first signal asks to stop in order; a second one ends the process at once. */
export function waitForStopSignal(): StopSignal {
  const stop = new AbortController();
  const promise = new Promise<void>(resolve => {
    stop.signal.addEventListener('abort', () => {
      resolve();
    });
  });
  const onSignal = () => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    promise,
    signal: stop.signal,
    release() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
