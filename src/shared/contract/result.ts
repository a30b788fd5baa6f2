/** Any call and any stream may fail with one of these, beside the codes its route declares. */
export const boundaryErrors = [
  'bad_request',
  'unknown_route',
  'forbidden_sender',
  'contract_mismatch',
  'shutting_down',
  'disconnected',
  'internal',
] as const;
export type BoundaryError = (typeof boundaryErrors)[number];

export interface Failure<E extends string> {
  readonly code: E;
  /** A sentence for the log and the command line; the window words `code` itself. */
  readonly message: string;
  readonly retryable: boolean;
}

/** What a call resolves to. A call never rejects. */
export type Result<T, E extends string> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure<E> };
