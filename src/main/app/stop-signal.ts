export interface StopSignal {
  /** Resolves at the first SIGINT or SIGTERM. */
  readonly promise: Promise<void>;
  readonly signal: AbortSignal;
  /** Stops listening, so that the next signal has its usual effect. */
  release(): void;
}

const stopSignals = ['SIGINT', 'SIGTERM'] as const;

/**
 * Signals within this count as one press: a terminal sends Ctrl+C to npm, its shell and the launcher as well, and each of
 * them may pass it on, on a busy machine some hundred milliseconds later. Who presses again has read that it is stopping.
 */
const onePressMs = 700;

/**
 * The first signal asks to stop in order; a second one ends the process at once. `listenForKeys` may hear of the person's
 * wish in another way: it is told what to call, and gives back how to end it.
 */
export function waitForStopSignal(listenForKeys: (onStop: () => void) => () => void = () => () => undefined): StopSignal {
  const stop = new AbortController();
  const promise = new Promise<void>(resolve => {
    stop.signal.addEventListener('abort', () => {
      resolve();
    });
  });
  let askedAtMs: number | null = null;
  const onStop = () => {
    if (askedAtMs === null) {
      askedAtMs = performance.now();
      stop.abort();
    } else if (performance.now() - askedAtMs > onePressMs) process.exit(130);
  };
  const onSignal = () => {
    onStop();
  };
  const endKeys = listenForKeys(onStop);
  // The settings library listens too and, having tidied its own files, sends the signal once more, which would count as
  // the person's second. It tidies at `exit` as well, so its listeners are not needed.
  for (const signal of stopSignals) {
    process.removeAllListeners(signal);
    process.on(signal, onSignal);
  }
  return {
    promise,
    signal: stop.signal,
    release() {
      endKeys();
      for (const signal of stopSignals) process.off(signal, onSignal);
    },
  };
}

/**
 * Does work that holds up this thread with the stop signals doing what they do to any program: they end it. A listener, ours
 * or a library's, would only hear of them when the work is over.
 */
export function withUsualSignals<T>(work: () => T): T {
  const listeners = stopSignals.map(signal => ({ signal, heard: process.rawListeners(signal) }));
  for (const { signal } of listeners) process.removeAllListeners(signal);
  try {
    return work();
  } finally {
    for (const { signal, heard } of listeners) for (const listener of heard) process.on(signal, listener as NodeJS.SignalsListener);
  }
}
