/**
 * A wish that somebody stops. The `AbortSignal` of it is made for whoever asks: one for every task costs more than the
 * rest of a task that does nothing.
 */
export interface Stop {
  readonly aborted: boolean;
  /** Throws the reason once it was asked for. */
  throwIfAborted(): void;
  signal(): AbortSignal;
  /** The first reason stands. */
  abort(reason: Error): void;
  /** Resolves with `promise`, or rejects with the reason as soon as it is asked for. */
  unless<T>(promise: Promise<T>): Promise<T>;
}

export function createStop(): Stop {
  let reason: Error | null = null;
  let controller: AbortController | null = null;
  const waiting = new Set<(reason: Error) => void>();
  return {
    get aborted() {
      return reason !== null;
    },
    throwIfAborted() {
      if (reason !== null) throw reason;
    },
    signal() {
      if (controller === null) {
        controller = new AbortController();
        if (reason !== null) controller.abort(reason);
      }
      return controller.signal;
    },
    abort(why) {
      if (reason !== null) return;
      reason = why;
      controller?.abort(why);
      for (const stop of waiting) stop(why);
      waiting.clear();
    },
    unless(promise) {
      if (reason !== null) return Promise.reject(reason);
      return new Promise((resolve, reject) => {
        waiting.add(reject);
        promise.then(resolve, reject).finally(() => waiting.delete(reject));
      });
    },
  };
}
