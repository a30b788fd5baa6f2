/**
 * A declared failure of a task. `code` and `message` reach the person and the job's row, so the message is a sentence
 * without a path or a stack; `cause` is for the log alone. `retryAfterMs` is what the other side asked for.
 */
export class TaskFailure extends Error {
  override readonly name = 'TaskFailure';
  readonly code: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  constructor(code: string, message: string, options: { readonly retryable: boolean; readonly retryAfterMs?: number | null; readonly cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
