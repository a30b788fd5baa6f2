/** First wait before connecting again; a restarted host is back within a second. */
const firstMs = 500;
/** Longest wait between two attempts: a person who looks at the window should not wait noticeably longer than this. */
const longestMs = 8_000;

export interface ReconnectDelay {
  /** Milliseconds to wait before the next attempt; each is twice the one before, up to the longest. */
  next(): number;
  /** A connection stands: the next loss begins anew. */
  reset(): void;
}

export function createReconnectDelay(): ReconnectDelay {
  let ms = firstMs;
  return {
    next() {
      const now = ms;
      ms = Math.min(ms * 2, longestMs);
      return now;
    },
    reset() {
      ms = firstMs;
    },
  };
}
