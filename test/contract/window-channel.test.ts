import type { AddressInfo } from 'node:net';
import type { MessagePort as NodeMessagePort } from 'node:worker_threads';
import { WebSocket, WebSocketServer } from 'ws';
import { expect, test } from 'vitest';
import { servePort } from '../../src/main/ipc/port-channel.ts';
import { serveSocket } from '../../src/main/ipc/socket-channel.ts';
import { openPortDoor } from '../../src/preload/port-door.ts';
import { createElectronChannel } from '../../src/renderer/bridge/electron-transport.ts';
import { createWebSocketChannel, type SocketLike } from '../../src/renderer/bridge/websocket-transport.ts';
import { windowChannelSuite } from './window-channel.suite.ts';

function planned() {
  const works: (() => void)[] = [];
  return {
    later: (work: () => void) => void works.push(work),
    passTime() {
      expect(works).toHaveLength(1);
      works.shift()?.();
    },
  };
}

/** Node's port has the events of the page's and, in main's place, is listened to as a Node emitter. */
const asNodes = (port: MessagePort): NodeMessagePort => port as unknown as NodeMessagePort;

windowChannelSuite('a message port', async host => {
  const { later, passTime } = planned();
  let mains: NodeMessagePort | null = null;
  const door = openPortDoor({
    connect(port) {
      const accepted = asNodes(port);
      mains = accepted;
      servePort(
        {
          postMessage: message => {
            accepted.postMessage(message);
          },
          onMessage: listener => accepted.on('message', listener),
          onClose: listener => accepted.on('close', listener),
          start: () => undefined,
        },
        host,
      );
    },
    later,
  });
  await Promise.resolve();
  return {
    channel: createElectronChannel(door),
    passTime,
    cut: () => mains?.close(),
    async close() {
      mains?.close();
      await Promise.resolve();
    },
  };
});

windowChannelSuite('a WebSocket', async host => {
  const { later, passTime } = planned();
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise(resolve => server.once('listening', resolve));
  server.on('connection', socket => {
    serveSocket(socket, { ...host, kind: 'window' });
  });
  const connected = new Promise(resolve => server.once('connection', resolve));
  const { port } = server.address() as AddressInfo;
  const channel = createWebSocketChannel({
    connect() {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`);
      const like: SocketLike = {
        send: text => {
          socket.send(text);
        },
        close: () => {
          socket.close();
        },
        onopen: null,
        onclose: null,
        onmessage: null,
      };
      socket.on('open', () => like.onopen?.());
      socket.on('close', () => like.onclose?.());
      socket.on('message', data => like.onmessage?.({ data: (data as Buffer).toString('utf8') }));
      return like;
    },
    later,
  });
  await connected;
  const cut = () => {
    for (const socket of server.clients) socket.close(1001);
  };
  return {
    channel,
    passTime,
    cut,
    async close() {
      for (const socket of server.clients) socket.terminate();
      await new Promise(resolve => server.close(resolve));
    },
  };
});

test('a port that main turned away is lost, and is not offered again', async () => {
  const offered: NodeMessagePort[] = [];
  const later: unknown[] = [];
  const door = openPortDoor({ connect: port => void offered.push(asNodes(port)), later: work => void later.push(work) });
  const lost = new Promise(resolve => {
    door.onState(resolve);
  });
  offered[0]?.close();
  expect(await lost).toBe('lost');
  expect({ offers: offered.length, planned: later.length }).toEqual({ offers: 1, planned: 0 });
  // Who asks late is told as well.
  expect(await new Promise(resolve => door.onState(resolve))).toBe('lost');
});

test('frames that came before the page listened are delivered in order', async () => {
  const offered: NodeMessagePort[] = [];
  const door = openPortDoor({ connect: port => void offered.push(asNodes(port)), later: () => undefined });
  const [mains] = offered;
  for (const frame of [1, 2, 3]) mains?.postMessage(frame);
  await new Promise(resolve => setImmediate(resolve));
  const seen: unknown[] = [];
  await new Promise<void>(resolve => {
    door.onFrame(frame => {
      seen.push(frame);
      if (seen.length === 4) resolve();
    });
    mains?.postMessage(4);
  });
  expect(seen).toEqual([1, 2, 3, 4]);
  mains?.close();
});
