import { z } from 'zod';

/** A request with exactly one reply. */
export interface CallSpec<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType, E extends string = string> {
  readonly kind: 'call';
  readonly input: I;
  readonly output: O;
  readonly errors: readonly E[];
}

/** A broadcast of state that already changed. Never used for control flow. */
export interface EventSpec<P extends z.ZodType = z.ZodType> {
  readonly kind: 'event';
  readonly payload: P;
}

/** An ordered, cancellable sequence with credit-based flow control. */
export interface StreamSpec<I extends z.ZodType = z.ZodType, C extends z.ZodType = z.ZodType, E extends string = string> {
  readonly kind: 'stream';
  readonly input: I;
  readonly chunk: C;
  readonly errors: readonly E[];
}

export function call<I extends z.ZodType, O extends z.ZodType, const E extends string = never>(spec: {
  readonly input: I;
  readonly output: O;
  readonly errors?: readonly E[];
}): CallSpec<I, O, E> {
  return { kind: 'call', input: spec.input, output: spec.output, errors: spec.errors ?? [] };
}

/** Where the person saved a file with the system's dialog; null when they cancelled and nothing was written. */
export const savedFile = z.strictObject({ saved: z.string().max(1_024).nullable() });
/** Where a page of this host fetches a file from, for some minutes. */
export const offeredFile = z.strictObject({ fileName: z.string().max(255), urlPath: z.string().max(200) });

export function event<P extends z.ZodType>(payload: P): EventSpec<P> {
  return { kind: 'event', payload };
}

export function stream<I extends z.ZodType, C extends z.ZodType, const E extends string = never>(spec: {
  readonly input: I;
  readonly chunk: C;
  readonly errors?: readonly E[];
}): StreamSpec<I, C, E> {
  return { kind: 'stream', input: spec.input, chunk: spec.chunk, errors: spec.errors ?? [] };
}
