import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { onEnvelope, postEnvelope } from './api/message-port-main.ts';

/** What a link says to the other process about the ports whose far end lives there. */
export interface PortCarrier {
  message(id: string, data: unknown, ports: readonly string[]): void;
  close(id: string): void;
}

/**
 * The ports that cross one process boundary (this process and a page, or a worker). A port that leaves stays here
 * under an id, and what is posted to its other end is carried; a port that arrives becomes one end of a new channel.
 */
export interface PortLink {
  /** A port leaves: its id. */
  give(port: MessagePort): string;
  /** A port arrived under this id: its near end. */
  take(id: string): MessagePort;
  /** The other process posted on port `id`. */
  received(id: string, data: unknown, ports: readonly string[]): void;
  closed(id: string): void;
  /** The other process (or document) is gone: every port to it is closed, so that whoever holds the other end hears of it. */
  closeAll(): void;
}

export function makePortLink(carrier: PortCarrier): PortLink {
  const held = new Map<string, MessagePort>();
  let lastId = 0;

  const hold = (id: string, port: MessagePort): void => {
    held.set(id, port);
    onEnvelope(port, (data, ports) => carrier.message(id, data, ports.map(give)));
    port.on('close', () => {
      if (held.delete(id)) carrier.close(id);
    });
    port.unref(); // the link to the process keeps this one alive, not its ports
  };
  const give = (port: MessagePort): string => {
    const id = `main-${++lastId}`;
    hold(id, port);
    return id;
  };
  const take = (id: string): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    hold(id, port1);
    return port2;
  };
  const drop = (id: string): void => {
    const port = held.get(id);
    held.delete(id);
    port?.close();
  };
  return {
    give,
    take,
    received(id, data, ports) {
      const port = held.get(id);
      if (port !== undefined) postEnvelope(port, data, ports.map(take));
    },
    closed: drop,
    closeAll() {
      for (const id of [...held.keys()]) drop(id);
    },
  };
}
