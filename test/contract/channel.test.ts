import { MessageChannel } from 'node:worker_threads';
import type { ChannelState } from '../../src/shared/contract/channel.ts';
import { toPageFrame, type ToPage } from '../../src/shared/contract/wire.ts';
import { serveChannel } from '../../src/main/ipc/channel.ts';
import { startLocalServer } from '../../src/main/ipc/local-server.ts';
import { connectToRunning } from '../../src/main/headless/remote-channel.ts';
import { channelSuite } from './channel.suite.ts';

channelSuite('a WebSocket', async ({ dispatch, events }) => {
  const server = await startLocalServer({ port: 0, dispatch, events, now: () => Date.now(), reportUnexpected: () => undefined });
  const remote = await connectToRunning({
    pid: process.pid,
    port: server.port,
    token: server.access.controlToken,
    host: 'headless',
    version: 'test',
  });
  return { channel: remote.channel, cut: () => server.close() };
});

channelSuite('a message port', async ({ dispatch, events }) => {
  const { port1: page, port2: main } = new MessageChannel();
  const served = serveChannel({
    dispatch,
    events,
    kind: 'window',
    send: frame => {
      main.postMessage(frame);
    },
  });
  main.on('message', (frame: unknown) => {
    served.receive(frame);
  });
  const frames = new Set<(frame: ToPage) => void>();
  const states = new Set<(state: ChannelState) => void>();
  page.on('message', (frame: unknown) => {
    for (const listener of frames) listener(toPageFrame.parse(frame));
  });
  page.on('close', () => {
    for (const listener of states) listener('lost');
  });
  await Promise.resolve();
  return {
    channel: {
      send: frame => {
        page.postMessage(frame);
      },
      onFrame: listener => {
        frames.add(listener);
        return () => frames.delete(listener);
      },
      onState: listener => {
        states.add(listener);
        return () => states.delete(listener);
      },
    },
    cut: async () => {
      served.close();
      main.close();
      await Promise.resolve();
    },
  };
});
