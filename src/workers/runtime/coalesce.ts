export interface Coalesced<T> {
  push(value: T): void;
  /** Sends what is still held back. */
  flush(): void;
}

/** Passes the first value on at once and then at most one per interval, always ending with the last one pushed. */
export function coalesce<T>(intervalMs: number, send: (value: T) => void): Coalesced<T> {
  let held: { readonly value: T } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function release(): void {
    timer = null;
    if (held === null) return;
    const { value } = held;
    held = null;
    send(value);
    timer = setTimeout(release, intervalMs);
  }
  return {
    push(value) {
      held = { value };
      if (timer === null) release();
    },
    flush() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      if (held !== null) send(held.value);
      held = null;
    },
  };
}
