import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { contract, type CallName, type StreamName } from '../../shared/contract/contract.ts';
import type { BoundaryError, Failure, Result } from '../../shared/contract/result.ts';
import { ExpectedError } from './expected-error.ts';
import type { CallHandlers, Caller, StreamHandlers } from './handlers.ts';
import { requestFault } from './request-fault.ts';

const badRequestCode: BoundaryError = 'bad_request';

/** An error's sentence as it crosses the boundary, bounded as the wire bounds it. */
const messageLimit = 2_000;

export interface DispatchOptions {
  readonly calls: CallHandlers;
  readonly streams: StreamHandlers;
  /** The whole error goes to the log under `correlationId`; the caller gets the id alone. */
  readonly reportUnexpected: (report: { readonly route: string; readonly correlationId: string; readonly error: unknown }) => void;
  /** What an error of another layer is to the caller; anything it does not know comes back as it is. */
  readonly translate?: (error: unknown) => unknown;
  /** True from the moment the program begins to close; calls are then refused, since their data is going away. */
  readonly isClosing?: () => boolean;
}

export interface Dispatch {
  /** Never rejects: every outcome is a result that survives structured clone. */
  call(route: string, input: unknown, caller: Caller): Promise<Result<unknown, string>>;
  /** Yields checked chunks; returns the failure that ended it, or null at a proper end. Never throws. */
  stream(route: string, input: unknown, caller: Caller): AsyncGenerator<unknown, Failure<string> | null, void>;
}

export function createDispatch({
  calls,
  streams,
  reportUnexpected,
  translate = error => error,
  isClosing = () => false,
}: DispatchOptions): Dispatch {
  function failureOf(route: string, declared: readonly string[], thrown: unknown): Failure<string> {
    if (isClosing()) return closing();
    const error = translate(thrown);
    // What a request may not be is found by its schema or behind it; both are answered with the code that every route has.
    if (isExpected(error) && (error.code === badRequestCode || declared.includes(error.code))) {
      return { code: error.code, message: error.message.slice(0, messageLimit), retryable: error.retryable };
    }
    const correlationId = randomUUID();
    reportUnexpected({ route, correlationId, error });
    return boundary('internal', `Something went wrong inside Konspekt. The log has the details under ${correlationId}.`);
  }

  return {
    async call(route, input, caller) {
      if (!isRoute(route, 'call')) return { ok: false, error: boundary('unknown_route', `There is no call ${quoted(route)}.`) };
      if (isClosing()) return { ok: false, error: closing() };
      const spec = contract[route];
      const parsed = spec.input.safeParse(input);
      if (!parsed.success) return { ok: false, error: badRequest(parsed.error, input) };
      try {
        // The table's type ties each name to its arguments; through a union of names TypeScript cannot follow that.
        const handler = calls[route] as (args: unknown, caller: Caller) => unknown;
        return { ok: true, value: spec.output.parse(await handler(parsed.data, caller)) };
      } catch (error) {
        return { ok: false, error: failureOf(route, spec.errors, error) };
      }
    },

    async *stream(route, input, caller) {
      if (!isRoute(route, 'stream')) return boundary('unknown_route', `There is no stream ${quoted(route)}.`);
      if (isClosing()) return closing();
      const spec = contract[route];
      const parsed = spec.input.safeParse(input);
      if (!parsed.success) return badRequest(parsed.error, input);
      try {
        const handler = streams[route] as (args: unknown, caller: Caller) => AsyncIterable<unknown>;
        for await (const chunk of handler(parsed.data, caller)) yield spec.chunk.parse(chunk);
        return null;
      } catch (error) {
        return failureOf(route, spec.errors, error);
      }
    },
  };
}

/** Narrowed to text codes: `instanceof` alone leaves the class's parameter open. */
function isExpected(error: unknown): error is ExpectedError<string> {
  return error instanceof ExpectedError;
}

function isRoute<K extends 'call' | 'stream'>(route: string, kind: K): route is K extends 'call' ? CallName : StreamName {
  return Object.hasOwn(contract, route) && contract[route as keyof typeof contract].kind === kind;
}

function badRequest(error: z.ZodError, input: unknown): Failure<BoundaryError> {
  return boundary('bad_request', requestFault(error, input).slice(0, messageLimit));
}

function closing(): Failure<BoundaryError> {
  return boundary('shutting_down', 'Konspekt is closing. What was accepted goes on at the next start.');
}

export function boundary(code: BoundaryError, message: string): Failure<BoundaryError> {
  return { code, message, retryable: code === 'shutting_down' || code === 'disconnected' };
}

function quoted(route: string): string {
  return JSON.stringify(route.slice(0, 64));
}
