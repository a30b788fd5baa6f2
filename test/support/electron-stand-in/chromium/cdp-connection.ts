import { EventEmitter } from 'node:events';
import type { CDPSession } from 'playwright-core';

/** One DevTools-protocol session (the browser itself, or one page), typed by Playwright's copy of the protocol. */
export type CdpSession = Pick<CDPSession, 'send' | 'on'>;

export interface CdpConnection {
  readonly browser: CdpSession;
  /** The same object for the same id; events of a session nobody asked for yet are not kept. */
  session(sessionId: string): CdpSession;
  /** Runs when Chromium goes away, however that happens. */
  onClose(listener: () => void): void;
}

interface Frame {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

/** Opens the DevTools WebSocket at `url` (`ws://127.0.0.1:…/devtools/browser/…`). */
export async function connectCdp(url: string): Promise<CdpConnection> {
  const socket = new WebSocket(url);
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error(`stand-in: cannot connect to Chromium at ${url}.`));
  });
  const pending = new Map<number, { resolve(result: unknown): void; reject(error: Error): void; method: string }>();
  const emitters = new Map<string, EventEmitter>();
  const sessions = new Map<string, CdpSession>();
  let lastId = 0;

  const send = (sessionId: string, method: string, params: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      pending.set(id, { resolve, reject, method });
      socket.send(JSON.stringify({ id, method, params: params ?? {}, ...(sessionId === '' ? {} : { sessionId }) }));
    });

  const session = (sessionId: string): CdpSession => {
    const known = sessions.get(sessionId);
    if (known !== undefined) return known;
    const emitter = new EventEmitter();
    emitters.set(sessionId, emitter);
    const made: unknown = {
      send: (method: string, params?: unknown) => send(sessionId, method, params),
      on: (event: string, listener: (params: unknown) => void) => emitter.on(event, listener),
    };
    sessions.set(sessionId, made as CdpSession);
    return made as CdpSession;
  };

  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(String(data)) as Frame;
    if (frame.id === undefined) {
      if (frame.method !== undefined) emitters.get(frame.sessionId ?? '')?.emit(frame.method, frame.params);
      return;
    }
    const call = pending.get(frame.id);
    pending.delete(frame.id);
    if (frame.error === undefined) call?.resolve(frame.result);
    else call?.reject(new Error(`${call.method}: ${frame.error.message}`));
  };
  const closeListeners: (() => void)[] = [];
  socket.onclose = () => {
    for (const call of pending.values()) call.reject(new Error(`${call.method}: Chromium has gone.`));
    pending.clear();
    for (const listener of closeListeners) listener();
  };
  return { browser: session(''), session, onClose: listener => closeListeners.push(listener) };
}
