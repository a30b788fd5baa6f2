/** A failure the caller is expected to handle: its code is one the route declares. Anything else becomes `internal`. */
export class ExpectedError<E extends string = string> extends Error {
  override readonly name = 'ExpectedError';
  readonly code: E;
  readonly retryable: boolean;
  constructor(code: E, message: string, options: { readonly retryable?: boolean; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}
