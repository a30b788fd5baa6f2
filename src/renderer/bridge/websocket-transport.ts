import { toPageFrame, type ToHost } from '../../shared/contract/wire.ts';
import { parseFrame, stringifyFrame } from './bytes-json.ts';
import type { Channel, ChannelState } from '../../shared/contract/channel.ts';
import { createReconnectDelay } from '../../shared/contract/reconnect-delay.ts';

/** Attempts that fail in a row before the host counts as gone: about seven seconds, and a restart takes one. */
const attemptsBeforeGone = 4;

export interface SocketLike {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onclose: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
}

export interface WebSocketChannelParams {
  connect(): SocketLike;
  /** Runs `fn` after `ms` milliseconds. */
  later(fn: () => void, ms: number): void;
}

/** The channel over a WebSocket to the headless host. Connects again by itself; what was unanswered is lost and says so. */
export function createWebSocketChannel(params: WebSocketChannelParams): Channel {
  const frames = new Set<Parameters<Channel['onFrame']>[0]>();
  const states = new Set<(state: ChannelState) => void>();
  /** Frames sent before the first connection stood; null once there was one or it failed. */
  let early: ToHost[] | null = [];
  let open: SocketLike | null = null;
  let state: ChannelState = 'open';
  let failedAttempts = 0;
  const delay = createReconnectDelay();

  function change(next: ChannelState): void {
    if (next === state) return;
    state = next;
    for (const listener of [...states]) listener(next);
  }

  function receive(data: unknown): void {
    if (typeof data !== 'string') return;
    let raw: unknown;
    try {
      raw = parseFrame(data);
    } catch {
      return console.error('A frame of the host is not JSON.');
    }
    const frame = toPageFrame.safeParse(raw);
    if (!frame.success) return console.error('A frame of the host was not understood.', frame.error.message);
    for (const listener of [...frames]) listener(frame.data);
  }

  function connect(): void {
    const socket = params.connect();
    socket.onopen = () => {
      open = socket;
      delay.reset();
      failedAttempts = 0;
      for (const frame of early ?? []) socket.send(stringifyFrame(frame));
      early = null;
      change('open');
    };
    socket.onmessage = event => receive(event.data);
    socket.onclose = () => {
      failedAttempts = open === null ? failedAttempts + 1 : 0;
      open = null;
      early = null;
      change(failedAttempts < attemptsBeforeGone ? 'lost' : 'gone');
      params.later(connect, delay.next());
    };
  }

  connect();
  return {
    send(frame) {
      if (open) open.send(stringifyFrame(frame));
      else early?.push(frame);
    },
    onFrame(listener) {
      frames.add(listener);
      return () => frames.delete(listener);
    },
    onState(listener) {
      states.add(listener);
      return () => states.delete(listener);
    },
  };
}
