import { portHello } from '../../shared/contract/port-hello.ts';
import { serveChannel } from './channel.ts';
import type { Dispatch } from './dispatch.ts';
import type { EventHub } from './event-hub.ts';

/** What is needed of a port in main: Electron's `MessagePortMain`, or Node's in a test. */
export interface PortLike {
  postMessage(message: unknown): void;
  onMessage(listener: (data: unknown) => void): void;
  onClose(listener: () => void): void;
  start(): void;
}

/** Serves the contract on a port that was let in, and says so on it. */
export function servePort(port: PortLike, { dispatch, events }: { readonly dispatch: Dispatch; readonly events: EventHub }): void {
  port.postMessage(portHello);
  const channel = serveChannel({
    dispatch,
    events,
    kind: 'window',
    send(frame) {
      port.postMessage(frame);
    },
  });
  port.onMessage(data => {
    channel.receive(data);
  });
  port.onClose(() => {
    channel.close();
  });
  port.start();
}
