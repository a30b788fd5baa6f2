import { WebSocket } from 'ws';
import type { Channel, ChannelState } from '../../shared/contract/channel.ts';
import { toPageFrame, type ToPage } from '../../shared/contract/wire.ts';
import type { ControlRecord } from '../ipc/control-file.ts';
import { decodeFrame, encodeFrame } from '../ipc/json-frames.ts';
import { controlPath } from '../ipc/local-server.ts';
import { socketFrameBytes } from '../ipc/socket-channel.ts';

/** A living program on this machine answers a handshake in milliseconds, even a busy one. */
const handshakeTimeoutMs = 3_000;

export interface RemoteChannel {
  readonly channel: Channel;
  close(): void;
}

/** Connects to the program that has the data folder open. Rejects when nobody answers there. */
export async function connectToRunning(record: ControlRecord): Promise<RemoteChannel> {
  const socket = new WebSocket(`ws://127.0.0.1:${record.port}${controlPath}`, {
    headers: { Authorization: `Bearer ${record.token}` },
    handshakeTimeout: handshakeTimeoutMs,
    maxPayload: socketFrameBytes,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const frames = new Set<(frame: ToPage) => void>();
  const states = new Set<(state: ChannelState) => void>();
  socket.on('message', data => {
    let raw: unknown;
    try {
      raw = decodeFrame((data as Buffer).toString('utf8'));
    } catch {
      // Another program has that port by now: whoever waits for an answer is told that the connection is lost.
      socket.terminate();
      return;
    }
    const frame = toPageFrame.safeParse(raw);
    if (frame.success) for (const listener of frames) listener(frame.data);
  });
  // `close` follows.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    for (const listener of states) listener('lost');
  });
  return {
    channel: {
      send(frame) {
        socket.send(encodeFrame(frame));
      },
      onFrame(listener) {
        frames.add(listener);
        return () => frames.delete(listener);
      },
      onState(listener) {
        states.add(listener);
        return () => states.delete(listener);
      },
    },
    close() {
      states.clear();
      socket.close();
    },
  };
}
