import type { WebSocket } from 'ws';
import { boundary, type Dispatch } from './dispatch.ts';
import type { EventHub } from './event-hub.ts';
import { serveChannel } from './channel.ts';
import type { CallerKind } from './handlers.ts';
import { decodeFrame, encodeFrame } from './json-frames.ts';

/**
 * Bytes of one frame from a browser tab or command line: a base64 upload chunk of 1 MiB, or 4 million characters of
 * pasted text in UTF-8, fit with room to spare.
 */
export const socketFrameBytes = 32 * 1024 * 1024;

/** Bytes waiting in a socket whose reader stands still; past that it is cut off and asks for snapshots when it is back. */
const unsentBytesLimit = 64 * 1024 * 1024;

/** A close code of the private range (RFC 6455, 7.4.2), told apart from a network fault by the client. */
export const slowReaderCloseCode = 4_001;

/** How often a silent peer is asked for a sign of life; a tab on a sleeping laptop is let go within a minute. */
const pingIntervalMs = 30_000;

export interface ServeSocketOptions {
  readonly dispatch: Dispatch;
  readonly events: EventHub;
  readonly kind: CallerKind;
}

/** Serves the contract over one accepted WebSocket. Who may open one was decided before the upgrade. */
export function serveSocket(socket: WebSocket, { dispatch, events, kind }: ServeSocketOptions): void {
  const channel = serveChannel({
    dispatch,
    events,
    kind,
    send(frame) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > unsentBytesLimit) {
        socket.close(slowReaderCloseCode, 'The reader is too slow.');
        return;
      }
      socket.send(encodeFrame(frame));
    },
  });
  let alive = true;
  const ping = setInterval(() => {
    if (!alive) {
      socket.terminate();
      return;
    }
    alive = false;
    socket.ping();
  }, pingIntervalMs);
  ping.unref();
  socket.on('pong', () => {
    alive = true;
  });
  socket.on('message', (data, isBinary) => {
    alive = true;
    if (isBinary) {
      socket.close(1003, 'Frames are JSON text.');
      return;
    }
    let frame: unknown;
    try {
      frame = decodeFrame(textOf(data));
    } catch {
      socket.close(1007, boundary('bad_request', 'The frame is not JSON.').message);
      return;
    }
    channel.receive(frame);
  });
  // `error` is always followed by `close`; without a listener it would end the process.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    clearInterval(ping);
    channel.close();
  });
}

function textOf(data: Buffer | ArrayBuffer | Buffer[]): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}
