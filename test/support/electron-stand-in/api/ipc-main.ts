import { EventEmitter } from 'node:events';
import { modelled } from '../modelled.ts';

type InvokeHandler = (event: Electron.IpcMainInvokeEvent, ...args: any[]) => unknown;

class IpcMain extends EventEmitter implements Pick<Electron.IpcMain, 'handle' | 'handleOnce' | 'removeHandler'> {
  readonly #handlers = new Map<string, InvokeHandler>();

  handle(channel: string, handler: InvokeHandler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    if (typeof handler !== 'function') throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`);
    this.#handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: InvokeHandler): void {
    this.handle(channel, (event, ...args) => {
      this.#handlers.delete(channel);
      return handler(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** A page's `ipcRenderer.invoke`; rejects with the very words that Electron gives the page. */
  async invoked(channel: string, event: Electron.IpcMainInvokeEvent, args: unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (handler === undefined) throw new Error(`Error invoking remote method '${channel}': Error: No handler registered for '${channel}'`);
    try {
      return await handler(event, ...args);
    } catch (error) {
      throw new Error(`Error invoking remote method '${channel}': ${error instanceof Error ? error.toString() : String(error)}`);
    }
  }
}

const inner = new IpcMain();

/** For web-contents.ts alone: where the frames of a page arrive. */
export const ipcFromPages = {
  send: (channel: string, event: object, args: unknown[]): void => void inner.emit(channel, event, ...args),
  invoke: (channel: string, event: Electron.IpcMainInvokeEvent, args: unknown[]): Promise<unknown> => inner.invoked(channel, event, args),
};

/** Channels are the app's own words, so every event name is allowed here. */
export const ipcMain = modelled('ipcMain', bindPrivate(inner));

/** A Proxy has none of its target's private members, so the methods are bound to what has them. */
function bindPrivate(target: IpcMain): IpcMain {
  target.handle = target.handle.bind(target);
  target.handleOnce = target.handleOnce.bind(target);
  target.removeHandler = target.removeHandler.bind(target);
  return target;
}
