import type { Channel } from '../../shared/contract/channel.ts';
import type { ToPage } from '../../shared/contract/wire.ts';
import { serveChannel } from './channel.ts';
import type { Dispatch } from './dispatch.ts';
import type { EventHub } from './event-hub.ts';

/** A channel to a host in the same process, for the command line; frames are cloned as they would be on any other wire. */
export function createInProcessChannel(options: { readonly dispatch: Dispatch; readonly events: EventHub }): {
  readonly channel: Channel;
  close(): void;
} {
  const listeners = new Set<(frame: ToPage) => void>();
  const server = serveChannel({
    ...options,
    kind: 'commandLine',
    send(frame) {
      const copy = structuredClone(frame);
      queueMicrotask(() => {
        for (const listener of listeners) listener(copy);
      });
    },
  });
  return {
    channel: {
      send(frame) {
        const copy = structuredClone(frame);
        queueMicrotask(() => {
          server.receive(copy);
        });
      },
      onFrame(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      // It lives as long as the process.
      onState: () => () => undefined,
    },
    close() {
      listeners.clear();
      server.close();
    },
  };
}
