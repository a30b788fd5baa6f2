import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { ModelledEmitter } from '../modelled.ts';

const CLONE_REFUSED = 'An object could not be cloned.';

/** The Node port under each MessagePortMain; only links (port-link.ts) look at it. */
const nodePorts = new WeakMap<object, MessagePort>();

/** A message between two ports of this process: the data, and the ports that travel with it. */
interface Envelope {
  readonly data: unknown;
  readonly ports: readonly MessagePort[];
}

/** @throws `An object could not be cloned.`, as Electron words it. */
export function postEnvelope(port: MessagePort, data: unknown, transfer: readonly MessagePort[]): void {
  try {
    port.postMessage({ data, ports: transfer } satisfies Envelope, [...transfer]);
  } catch {
    throw new Error(CLONE_REFUSED);
  }
}

/** Listens on a Node port; messages that came before are kept by Node until now. */
export function onEnvelope(port: MessagePort, listener: (data: unknown, ports: readonly MessagePort[]) => void): void {
  port.on('message', ({ data, ports }: Envelope) => listener(data, ports));
}

/** Electron's MessagePortMain on top of a Node MessagePort. */
export class MessagePortMain extends ModelledEmitter implements Pick<Electron.MessagePortMain, 'start' | 'close' | 'postMessage'> {
  #port: MessagePort;
  #started = false;

  constructor(port: MessagePort) {
    super('MessagePortMain', ['message', 'close']);
    this.#port = port;
    nodePorts.set(this, port);
    port.on('close', () => this.emit('close'));
    port.unref();
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    onEnvelope(this.#port, (data, ports) => this.emit('message', { data, ports: ports.map(port => new MessagePortMain(port)) }));
    this.#port.ref();
  }

  postMessage(message: unknown, transfer: Electron.MessagePortMain[] = []): void {
    postEnvelope(this.#port, message, transfer.map(takeNodePort));
  }

  close(): void {
    this.#port.close();
  }
}

/** Takes the Node port out of a MessagePortMain that is being transferred; it is of no use to its sender afterwards. */
export function takeNodePort(port: object): MessagePort {
  const node = nodePorts.get(port);
  if (node === undefined) throw new TypeError('Port at index 0 is not a valid port');
  nodePorts.delete(port);
  node.removeAllListeners();
  return node;
}

export class MessageChannelMain implements Electron.MessageChannelMain {
  readonly port1: Electron.MessagePortMain;
  readonly port2: Electron.MessagePortMain;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = asElectronPort(new MessagePortMain(port1));
    this.port2 = asElectronPort(new MessagePortMain(port2));
  }
}

/** The stand-in models the port's members that exist; the type has them all plus listener overloads. */
export function asElectronPort(port: MessagePortMain): Electron.MessagePortMain {
  return port as unknown as Electron.MessagePortMain;
}
