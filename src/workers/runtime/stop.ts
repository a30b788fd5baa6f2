/**
 * A wish that somebody stops. The `AbortSignal` of it is made for whoever asks: one for every task costs more than the
 * rest of a task that does nothing.
 */
export class Stop {
  #reason: Error | null = null;
  #controller: AbortController | null = null;
  #waiting: Set<(reason: Error) => void> | null = null;

  get aborted(): boolean {
    return this.#reason !== null;
  }
  /** Throws the reason once it was asked for. */
  throwIfAborted(): void {
    if (this.#reason !== null) throw this.#reason;
  }
  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = new AbortController();
      if (this.#reason !== null) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }
  /** The first reason stands. */
  abort(reason: Error): void {
    if (this.#reason !== null) return;
    this.#reason = reason;
    this.#controller?.abort(reason);
    for (const stop of this.#waiting ?? []) stop(reason);
    this.#waiting = null;
  }
  /** Resolves with `promise`, or rejects with the reason as soon as it is asked for. */
  unless<T>(promise: Promise<T>): Promise<T> {
    if (this.#reason !== null) return Promise.reject(this.#reason);
    return new Promise((resolve, reject) => {
      this.#waiting ??= new Set();
      this.#waiting.add(reject);
      promise.then(resolve, reject).finally(() => this.#waiting?.delete(reject));
    });
  }
}
