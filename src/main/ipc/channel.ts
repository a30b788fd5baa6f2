import { randomUUID } from 'node:crypto';
import { streamCreditLimit, toHostFrame, type ToPage } from '../../shared/contract/wire.ts';
import type { Failure } from '../../shared/contract/result.ts';
import { boundary, type Dispatch } from './dispatch.ts';
import type { EventHub } from './event-hub.ts';
import type { CallerKind } from './handlers.ts';

/** Calls one channel may have under way; a window that asks for more at once is broken or hostile. */
const callsAtOnceLimit = 256;
/** Open streams of one channel: the window follows a handful of jobs. */
const streamsAtOnceLimit = 64;

export interface ChannelServer {
  /** One raw frame from the other side; anything at all may be in it. */
  receive(raw: unknown): void;
  /** The other side is gone: streams and calls under way are aborted, events no longer sent. Idempotent. */
  close(): void;
}

export interface ChannelOptions {
  readonly dispatch: Dispatch;
  readonly events: EventHub;
  readonly kind: CallerKind;
  readonly send: (frame: ToPage) => void;
}

/**
 * Serves one open channel, whatever carries it. The caller has been let in already: who may open a channel is the
 * transport's sender gate.
 */
export function serveChannel({ dispatch, events, kind, send }: ChannelOptions): ChannelServer {
  const channelId = randomUUID();
  const gone = new AbortController();
  const streams = new Map<number, OpenStream>();
  let callsUnderWay = 0;

  const unsubscribe = events.subscribe(frame => {
    send(frame);
  });

  async function answer(id: number, route: string, input: unknown): Promise<void> {
    if (callsUnderWay >= callsAtOnceLimit) {
      send({
        type: 'result',
        id,
        result: { ok: false, error: boundary('bad_request', `More than ${callsAtOnceLimit} calls at once on one channel.`) },
      });
      return;
    }
    callsUnderWay += 1;
    const result = await dispatch.call(route, input, { channelId, kind, signal: gone.signal });
    callsUnderWay -= 1;
    if (!gone.signal.aborted) send({ type: 'result', id, result });
  }

  async function run(id: number, route: string, input: unknown, credit: number): Promise<void> {
    const stream = openStream(credit, gone.signal);
    streams.set(id, stream);
    const chunks = dispatch.stream(route, input, { channelId, kind, signal: stream.signal });
    let seq = 0;
    let error: Failure<string> | null = null;
    while (await stream.mayProduce()) {
      const next = await chunks.next();
      if (stream.signal.aborted) break;
      if (next.done === true) {
        error = next.value;
        break;
      }
      seq += 1;
      stream.spend();
      send({ type: 'stream-chunk', id, seq, chunk: next.value });
    }
    streams.delete(id);
    if (!stream.signal.aborted) send({ type: 'stream-end', id, error });
    stream.cancel();
    await chunks.return(null);
  }

  return {
    receive(raw) {
      if (gone.signal.aborted) return;
      const parsed = toHostFrame.safeParse(raw);
      // A frame that names no call cannot be answered; the sender's own check fails on it.
      if (!parsed.success) return;
      const frame = parsed.data;
      switch (frame.type) {
        case 'call':
          void answer(frame.id, frame.route, frame.input);
          return;
        case 'stream-open':
          if (streams.has(frame.id) || streams.size >= streamsAtOnceLimit) {
            send({
              type: 'stream-end',
              id: frame.id,
              error: boundary('bad_request', `A channel opens at most ${streamsAtOnceLimit} streams, each under an id of its own.`),
            });
            return;
          }
          void run(frame.id, frame.route, frame.input, frame.credit);
          return;
        case 'stream-credit':
          streams.get(frame.id)?.grant(frame.chunks);
          return;
        case 'stream-cancel':
          streams.get(frame.id)?.cancel();
          return;
      }
    },
    close() {
      if (gone.signal.aborted) return;
      unsubscribe();
      gone.abort();
    },
  };
}

interface OpenStream {
  readonly signal: AbortSignal;
  /** Resolves true when there is credit, false once cancelled. */
  mayProduce(): Promise<boolean>;
  spend(): void;
  grant(chunks: number): void;
  cancel(): void;
}

function openStream(initialCredit: number, parent: AbortSignal): OpenStream {
  const own = new AbortController();
  const signal = AbortSignal.any([parent, own.signal]);
  let credit = initialCredit;
  let wake: (() => void) | null = null;
  signal.addEventListener('abort', () => wake?.(), { once: true });
  return {
    signal,
    async mayProduce() {
      while (credit === 0 && !signal.aborted) {
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      }
      return !signal.aborted;
    },
    spend() {
      credit -= 1;
    },
    grant(chunks) {
      credit = Math.min(streamCreditLimit, credit + chunks);
      wake?.();
    },
    cancel() {
      own.abort();
    },
  };
}
