import { describe, expect, test } from 'vitest';
import { parseFrame, stringifyFrame } from './bytes-json.ts';
import { createWebSocketChannel, type SocketLike } from './websocket-transport.ts';

function createSockets() {
  const sockets: (SocketLike & { sent: string[] })[] = [];
  const delays: { fn: () => void; ms: number }[] = [];
  const channel = createWebSocketChannel({
    connect() {
      const socket = {
        sent: [] as string[],
        send: (text: string) => void socket.sent.push(text),
        close() {},
        onopen: null,
        onclose: null,
        onmessage: null,
      };
      sockets.push(socket);
      return socket;
    },
    later: (fn, ms) => void delays.push({ fn, ms }),
  });
  return { channel, sockets, delays };
}

describe('bytes in JSON', () => {
  test('come back as they were, whatever they are', () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => at % 256);
    const back = parseFrame(stringifyFrame({ type: 'call', input: { bytes, nested: [{ bytes: new Uint8Array() }] } }));
    expect(back).toEqual({ type: 'call', input: { bytes, nested: [{ bytes: new Uint8Array() }] } });
  });

  test('an object that only looks alike stays an object', () => {
    expect(parseFrame('{"$bytes":1}')).toEqual({ $bytes: 1 });
    expect(parseFrame('{"$bytes":"AA==","more":1}')).toEqual({ $bytes: 'AA==', more: 1 });
  });
});

describe('the WebSocket channel', () => {
  test('keeps what was sent before the first connection stood', () => {
    const { channel, sockets } = createSockets();
    channel.send({ type: 'call', id: 1, route: 'app.open', input: {} });
    expect(sockets[0]?.sent).toEqual([]);
    sockets[0]?.onopen?.();
    expect(sockets[0]?.sent).toHaveLength(1);
  });

  test('says it is lost, connects again with growing waits, and starts over after a success', () => {
    const { channel, sockets, delays } = createSockets();
    const states: string[] = [];
    channel.onState(state => states.push(state));
    sockets[0]?.onopen?.();
    for (let at = 0; at < 6; at += 1) {
      sockets.at(-1)?.onclose?.();
      delays.at(-1)?.fn();
    }
    expect(delays.map(delay => delay.ms)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000]);
    sockets.at(-1)?.onopen?.();
    sockets.at(-1)?.onclose?.();
    expect(delays.at(-1)?.ms).toBe(500);
    expect(states).toEqual(['lost', 'gone', 'open', 'lost']);
  });

  test('a host that is back at once was never gone', () => {
    const { channel, sockets, delays } = createSockets();
    const states: string[] = [];
    channel.onState(state => states.push(state));
    for (let round = 0; round < 3; round += 1) {
      sockets.at(-1)?.onopen?.();
      for (let at = 0; at < 3; at += 1) {
        sockets.at(-1)?.onclose?.();
        delays.at(-1)?.fn();
      }
    }
    expect(new Set(states)).toEqual(new Set(['lost', 'open']));
  });

  test('does not send a frame of a lost connection on the next one', () => {
    const { channel, sockets, delays } = createSockets();
    sockets[0]?.onopen?.();
    sockets[0]?.onclose?.();
    channel.send({ type: 'call', id: 1, route: 'app.open', input: {} });
    delays[0]?.fn();
    sockets[1]?.onopen?.();
    expect(sockets[1]?.sent).toEqual([]);
  });

  test('drops frames it does not understand and goes on', () => {
    const { channel, sockets } = createSockets();
    const frames: unknown[] = [];
    channel.onFrame(frame => frames.push(frame));
    sockets[0]?.onopen?.();
    for (const data of ['not json', '{"type":"strange"}', 5, '{"type":"event","route":"x","payload":null}'])
      sockets[0]?.onmessage?.({ data });
    expect(frames).toEqual([{ type: 'event', route: 'x', payload: null }]);
  });
});
