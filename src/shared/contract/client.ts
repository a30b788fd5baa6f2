import type {
  CallInput,
  CallName,
  CallResult,
  EventName,
  EventPayload,
  StreamChunk,
  StreamError,
  StreamInput,
  StreamName,
} from './contract.ts';
import type { Failure } from './result.ts';
import type { ToPage } from './wire.ts';
import type { Channel, ChannelState } from './channel.ts';

/** Chunks in flight per stream: enough to keep a port busy, few enough that a slow page holds the host back. */
const streamWindow = 32;

export interface StreamReader<N extends StreamName> {
  /** Called once per chunk, in order and without holes. */
  onChunk(chunk: StreamChunk<N>): void;
  /** Called once; null is the proper end. Nothing is delivered afterwards. */
  onEnd(error: Failure<StreamError<N>> | null): void;
}

export interface Client {
  /** Never rejects; a lost channel is the error `disconnected`. */
  call<N extends CallName>(route: N, input: CallInput<N>): Promise<CallResult<N>>;
  onEvent<N extends EventName>(route: N, listener: (payload: EventPayload<N>) => void): () => void;
  /** Returns the cancel function; after it nothing is delivered, not even an end. */
  openStream<N extends StreamName>(route: N, input: StreamInput<N>, reader: StreamReader<N>): () => void;
  onState(listener: (state: ChannelState) => void): () => void;
}

interface OpenStream {
  nextSeq: number;
  unspent: number;
  onChunk(chunk: unknown): void;
  onEnd(error: Failure<string> | null): void;
}

const disconnected = (): Failure<'disconnected'> => ({
  code: 'disconnected',
  message: 'The connection to the program was lost.',
  retryable: true,
});

/** What the channel cannot carry, such as a value that cannot be cloned. */
const unsendable = (route: string, error: unknown): Failure<'bad_request'> => ({
  code: 'bad_request',
  message: `${route} could not be sent: ${String(error)}`,
  retryable: false,
});

/** Ids, results, events and streams over one channel. No timeouts: a slow answer is an answer, a lost channel says so itself. */
export function createClient(channel: Channel): Client {
  let nextId = 1;
  let state: ChannelState = 'open';
  const calls = new Map<number, (result: unknown) => void>();
  const streams = new Map<number, OpenStream>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();

  function fail(error: Failure<string>): { ok: false; error: Failure<string> } {
    return { ok: false, error };
  }

  function endStream(id: number, error: Failure<string> | null): void {
    const stream = streams.get(id);
    if (!stream) return;
    streams.delete(id);
    stream.onEnd(error);
  }

  function onChunk(id: number, seq: number, chunk: unknown): void {
    const stream = streams.get(id);
    if (!stream) return;
    if (seq !== stream.nextSeq) {
      channel.send({ type: 'stream-cancel', id });
      endStream(id, {
        code: 'internal',
        message: `Chunk ${stream.nextSeq} of stream ${id} is missing: ${seq} came instead.`,
        retryable: true,
      });
      return;
    }
    stream.nextSeq += 1;
    stream.unspent -= 1;
    stream.onChunk(chunk);
    // The reader may have cancelled while it took the chunk.
    if (!streams.has(id)) return;
    const spent = streamWindow - stream.unspent;
    if (spent >= streamWindow / 2) {
      stream.unspent += spent;
      channel.send({ type: 'stream-credit', id, chunks: spent });
    }
  }

  channel.onFrame((frame: ToPage) => {
    switch (frame.type) {
      case 'result': {
        const settle = calls.get(frame.id);
        calls.delete(frame.id);
        settle?.(frame.result);
        return;
      }
      case 'event':
        for (const listener of [...(listeners.get(frame.route) ?? [])]) listener(frame.payload);
        return;
      case 'stream-chunk':
        onChunk(frame.id, frame.seq, frame.chunk);
        return;
      case 'stream-end':
        endStream(frame.id, frame.error);
    }
  });

  channel.onState(next => {
    state = next;
    if (next === 'open') return;
    const waiting = [...calls.values()];
    calls.clear();
    for (const settle of waiting) settle(fail(disconnected()));
    for (const id of [...streams.keys()]) endStream(id, disconnected());
  });

  return {
    call<N extends CallName>(route: N, input: CallInput<N>) {
      const id = nextId++;
      return new Promise<CallResult<N>>(resolve => {
        // The result was checked against the route's output by main before it was sent.
        const settle = (result: unknown): void => resolve(result as CallResult<N>);
        if (state !== 'open') return settle(fail(disconnected()));
        calls.set(id, settle);
        try {
          channel.send({ type: 'call', id, route, input });
        } catch (error) {
          calls.delete(id);
          settle(fail(unsendable(route, error)));
        }
      });
    },

    onEvent(route, listener) {
      const set = listeners.get(route) ?? new Set();
      listeners.set(route, set);
      const entry = listener as (payload: unknown) => void;
      set.add(entry);
      return () => set.delete(entry);
    },

    openStream(route, input, reader) {
      const id = nextId++;
      if (state !== 'open') {
        let cancelled = false;
        void Promise.resolve().then(() => {
          if (!cancelled) reader.onEnd(disconnected());
        });
        return () => {
          cancelled = true;
        };
      }
      streams.set(id, {
        nextSeq: 1,
        unspent: streamWindow,
        onChunk: chunk => reader.onChunk(chunk as Parameters<typeof reader.onChunk>[0]),
        onEnd: error => reader.onEnd(error as Parameters<typeof reader.onEnd>[0]),
      });
      try {
        channel.send({ type: 'stream-open', id, route, input, credit: streamWindow });
      } catch (error) {
        // Told later, as on a lost channel: the caller has no cancel function yet.
        void Promise.resolve().then(() => endStream(id, unsendable(route, error)));
        return () => void streams.delete(id);
      }
      return () => {
        if (!streams.delete(id)) return;
        channel.send({ type: 'stream-cancel', id });
      };
    },

    onState: listener => channel.onState(listener),
  };
}
