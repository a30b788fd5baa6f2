import { registerHooks } from 'node:module';
import { asElectronPort, MessagePortMain } from '../api/message-port-main.ts';
import { ModelledEmitter } from '../modelled.ts';
import { makePortLink } from '../port-link.ts';
import { ELECTRON_VERSION } from '../runtime.ts';
import type { UtilityFrame } from './utility-frames.ts';

const say = (frame: UtilityFrame): void => {
  if (process.connected) process.send?.(frame);
};
const ports = makePortLink({
  message: (id, data, given) => say({ t: 'port', id, data, ports: given }),
  close: id => say({ t: 'port-close', id }),
});

/** Electron's `process.parentPort`: messages wait until somebody listens. */
class ParentPort extends ModelledEmitter {
  readonly #early: object[] = [];
  #listening = false;

  constructor() {
    super('process.parentPort', ['message']);
    this.on('newListener', (event: string) => {
      if (event !== 'message' || this.#listening) return;
      this.#listening = true;
      queueMicrotask(() => {
        for (const message of this.#early.splice(0)) this.emit('message', message);
      });
    });
  }

  postMessage(data: unknown): void {
    try {
      say({ t: 'message', data, ports: [] });
    } catch {
      throw new Error('An object could not be cloned.');
    }
  }

  received(data: unknown, given: readonly string[]): void {
    const message = { data, ports: given.map(id => asElectronPort(new MessagePortMain(ports.take(id)))) };
    if (this.#listening) this.emit('message', message);
    else this.#early.push(message);
  }
}

const parentPort = new ParentPort();
Object.defineProperty(process, 'parentPort', { value: parentPort, enumerable: true });
Object.defineProperty(process, 'type', { value: 'utility', enumerable: true });
Object.defineProperty(process.versions, 'electron', { value: ELECTRON_VERSION, enumerable: true });
process.on('message', (frame: UtilityFrame) => {
  if (frame.t === 'message') parentPort.received(frame.data, frame.ports);
  else if (frame.t === 'port') ports.received(frame.id, frame.data, frame.ports);
  else ports.closed(frame.id);
});
// Electron ends its helpers when it ends itself, however that happens.
process.on('disconnect', () => process.exit(0));

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron' || specifier.startsWith('electron/')) {
      throw new Error(
        `stand-in: '${specifier}' is not modelled in a utility process (imported by ${context.parentURL ?? 'its entry'}); workers are plain Node.`,
      );
    }
    return next(specifier, context);
  },
});
