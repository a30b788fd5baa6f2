import type { CallArgs, CallName, CallOutput, StreamArgs, StreamChunk, StreamName } from '../../shared/contract/contract.ts';

/** What is at the other end: a page, ours or what it was turned into; the command line, which the person typed into; the program itself. */
export type CallerKind = 'window' | 'commandLine' | 'host';

/** Who asks: one window, one browser tab or one command line. */
export interface Caller {
  readonly channelId: string;
  /** SECURITY: said by the transport that let the caller in, never by the caller. */
  readonly kind: CallerKind;
  /** Aborted when the caller is gone or, for a stream, has cancelled. */
  readonly signal: AbortSignal;
}

/** Exhaustive both ways: a route without a handler and a handler without a route do not compile. */
export type CallHandlers = { readonly [N in CallName]: (args: CallArgs<N>, caller: Caller) => CallOutput<N> | Promise<CallOutput<N>> };

/** A stream is produced only as fast as the reader grants credit. */
export type StreamHandlers = { readonly [N in StreamName]: (args: StreamArgs<N>, caller: Caller) => AsyncIterable<StreamChunk<N>> };

/** The part of the handlers that serves the routes under one prefix, as one file implements it. */
export type HandlersOf<P extends string> = Pick<CallHandlers, Extract<CallName, `${P}.${string}`>>;
