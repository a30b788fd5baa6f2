import type { CloneCodec } from './clone-codec.ts';
import type { FromPage, ToPage } from './page-frames.ts';
import type { WorldBridge } from './world-bridge.ts';

/** The plain values of a sandboxed preload's `process`. */
export interface PreloadProcess {
  readonly platform: string;
  readonly arch: string;
  readonly argv: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
}

type RunPreload = (require: (id: string) => unknown, process: object, module: { exports: object }) => void;

/**
 * The isolated world of a page: `ipcRenderer`, `contextBridge` and the few modules that a sandboxed preload can
 * `require`, then the app's own preload bundle.
 *
 * Self-contained on purpose: its source text runs inside Chromium (see sources.ts).
 */
export function startPreloadWorld(
  bridge: WorldBridge,
  codec: CloneCodec,
  binding: string,
  preloadProcess: PreloadProcess,
  runPreload: RunPreload,
): void {
  const world = globalThis as unknown as Record<string, (text: string) => void>;
  const post = (frame: FromPage): void => world[binding]?.(JSON.stringify(frame));
  const only = <T extends object>(name: string, target: T): T =>
    new Proxy(target, {
      get(object, key, receiver) {
        if (typeof key === 'symbol' || key in object || key === 'then' || key === 'toJSON') return Reflect.get(object, key, receiver);
        throw new Error(`stand-in: electron.${name}.${key} is not modelled in the preload`);
      },
    });

  // ---- ports: one that came from the main process or goes there stays here, and its messages are carried
  const ports = new Map<string, MessagePort>();
  let lastPort = 0;
  const hold = (id: string, port: MessagePort): void => {
    ports.set(id, port);
    port.onmessage = event => post({ t: 'port', id, data: codec.encode(event.data), ports: event.ports.map(give) });
    port.addEventListener('close', () => {
      if (ports.delete(id)) post({ t: 'port-close', id });
    });
  };
  const give = (port: MessagePort): string => {
    const id = `page-${++lastPort}`;
    hold(id, port);
    return id;
  };
  const take = (id: string): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    hold(id, port1);
    return port2;
  };

  // ---- ipcRenderer
  type Listener = (event: object, ...args: unknown[]) => void;
  const listeners = new Map<string, { listener: Listener; once: boolean }[]>();
  const calls = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastCall = 0;
  const add = (channel: string, listener: Listener, once: boolean): object => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }]);
    return ipcRenderer;
  };
  const remove = (channel: string, listener: Listener): object => {
    const kept = listeners.get(channel) ?? [];
    const index = kept.findLastIndex(entry => entry.listener === listener);
    listeners.set(
      channel,
      kept.filter((_entry, i) => i !== index),
    );
    return ipcRenderer;
  };
  const ipcRenderer: object = only('ipcRenderer', {
    on: (channel: string, listener: Listener) => add(channel, listener, false),
    addListener: (channel: string, listener: Listener) => add(channel, listener, false),
    once: (channel: string, listener: Listener) => add(channel, listener, true),
    off: remove,
    removeListener: remove,
    removeAllListeners(channel?: string) {
      if (channel === undefined) listeners.clear();
      else listeners.delete(channel);
      return ipcRenderer;
    },
    listenerCount: (channel: string) => listeners.get(channel)?.length ?? 0,
    send: (channel: string, ...args: unknown[]) => post({ t: 'send', channel, args: codec.encode(args), ports: [] }),
    postMessage: (channel: string, message: unknown, transfer: MessagePort[] = []) =>
      post({ t: 'send', channel, args: codec.encode([message]), ports: transfer.map(give) }),
    // Not an async function: a value that cannot be cloned rejects, as on Electron, and the call is forgotten.
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const encoded = codec.encode(args);
        const id = ++lastCall;
        calls.set(id, { resolve, reject });
        post({ t: 'invoke', id, channel, args: encoded });
      }),
  });

  world[`${binding}_in`] = text => {
    const frame = JSON.parse(text) as ToPage;
    switch (frame.t) {
      case 'reply': {
        const call = calls.get(frame.id);
        calls.delete(frame.id);
        if ('error' in frame.outcome) call?.reject(new Error(frame.outcome.error));
        else call?.resolve(codec.decode(frame.outcome.value));
        return;
      }
      case 'port':
        return ports.get(frame.id)?.postMessage(codec.decode(frame.data), frame.ports.map(take));
      case 'port-close': {
        const port = ports.get(frame.id);
        ports.delete(frame.id);
        return port?.close();
      }
      case 'send': {
        const event = { sender: ipcRenderer, ports: frame.ports.map(take) };
        const args = codec.decode(frame.args) as unknown[];
        for (const { listener, once } of listeners.get(frame.channel) ?? []) {
          if (once) remove(frame.channel, listener);
          try {
            listener(event, ...args);
          } catch (error) {
            reportError(error); // one listener's mistake is not the next one's
          }
        }
      }
    }
  };

  // ---- the modules of a sandboxed preload
  const modules: Record<string, object> = {
    electron: only('renderer', {
      ipcRenderer,
      contextBridge: only('contextBridge', { exposeInMainWorld: (key: string, api: unknown) => bridge.expose(key, api) }),
      webFrame: only('webFrame', {}),
      webUtils: only('webUtils', {
        getPathForFile() {
          throw new Error('stand-in: electron.webUtils.getPathForFile is not modelled: Chromium does not tell a path synchronously');
        },
      }),
    }),
    timers: { setTimeout, setInterval, clearTimeout, clearInterval },
    url: { URL, URLSearchParams },
  };
  const require = (id: string): unknown => {
    const found = modules[id.replace(/^node:/, '').replace(/^electron\/(common|renderer)$/, 'electron')];
    if (found === undefined) throw new Error(`module not found: ${id}`); // the words of Electron's sandboxed preload
    return found;
  };
  const process = only('preload process', {
    ...preloadProcess,
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    isMainFrame: true,
  });
  try {
    runPreload(require, process, { exports: {} });
  } catch (error) {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    post({ t: 'preload-error', message, stack });
  }
}
