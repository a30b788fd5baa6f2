/**
 * What a worker's task throws when it cannot finish. `retryable` separates a passing fault (a network that is away, a
 * server that is busy) from one that trying again cannot cure; `retryAfterMs` is the wait the other side asked for, null
 * when it asked for none.
 */
export class TaskFailure extends Error {
  readonly code: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;

  constructor(code: string, message: string, options: { retryable: boolean; retryAfterMs?: number | null; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'TaskFailure';
    this.code = code;
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/** A passing fault: the same task may succeed later. */
export class RetryableError extends TaskFailure {
  constructor(code: string, message: string, retryAfterMs: number | null = null, cause?: unknown) {
    super(code, message, { retryable: true, retryAfterMs, cause });
    this.name = 'RetryableError';
  }
}

/**
 * What an effect throws when it is sure that nothing happened outside; it may then be tried again like any other step.
 * After any other error nobody knows, and the effect is looked into or asked about before it is repeated.
 */
export class EffectNotDone extends TaskFailure {
  constructor(code: string, message: string, options: { retryable: boolean; retryAfterMs?: number | null; cause?: unknown }) {
    super(code, message, options);
    this.name = 'EffectNotDone';
  }
}
