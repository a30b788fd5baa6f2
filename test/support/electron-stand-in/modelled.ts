import { EventEmitter } from 'node:events';

/** Names that the language, the inspector and test runners look up on any object they are handed; asking is not calling. */
const PROBED_NAMES: ReadonlySet<string> = new Set([
  'then',
  'toJSON',
  'constructor',
  'prototype',
  'inspect',
  'nodeType',
  'asymmetricMatch',
  '$$typeof',
  '__esModule',
  'domain',
  'splice',
]);

/** The one sentence in which everything that is not modelled is refused. */
export function notModelled(what: string): Error {
  return new Error(
    `stand-in: electron.${what} is not modelled; model it in test/support/electron-stand-in or run on the real Electron (STANDIN=0).`,
  );
}

/**
 * Wraps an API object so that reading anything it does not have throws: a call that the stand-in does not
 * know must stop the test, never be a silent no-op. Writing is allowed, because tests replace
 * methods (`dialog.showOpenDialog = …`) exactly as they do on the real Electron.
 */
export function modelled<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key, receiver) {
      if (typeof key === 'symbol' || key in object || PROBED_NAMES.has(key)) return Reflect.get(object, key, receiver);
      throw notModelled(`${name}.${key}`);
    },
  });
}

/** A namespace of Electron of which nothing is modelled: any use of it throws. */
export function unmodelled(name: string): object {
  // A function declaration, because an arrow could not be constructed and would fail in other words.
  function refuse(): never {
    throw notModelled(name);
  }
  return new Proxy(refuse, {
    get(_target, key) {
      if (typeof key === 'symbol' || PROBED_NAMES.has(key)) return undefined;
      throw notModelled(`${name}.${key}`);
    },
    set(_target, key) {
      throw notModelled(`${name}.${String(key)}`);
    },
    apply: refuse,
    construct: refuse,
  });
}

const modelledEvents = new WeakMap<object, { name: string; events: ReadonlySet<string> }>();

// A listener on an event that can never fire is a silent no-op too, so unknown names are refused at `on`.
function checkEvent(emitter: object, event: string | symbol): void {
  const known = modelledEvents.get(emitter);
  if (known === undefined || typeof event === 'symbol' || event === 'newListener' || event === 'removeListener') return;
  if (!known.events.has(event)) throw notModelled(`${known.name} event '${event}'`);
}

/**
 * The base of every Electron object with events. `this` of a subclass is the proxy itself (its constructor returns
 * it), so there is one identity for the app, for tests and for the stand-in's own code.
 */
export class ModelledEmitter extends EventEmitter {
  constructor(name: string, events: readonly string[]) {
    super();
    const proxy = modelled(name, this);
    modelledEvents.set(proxy, { name, events: new Set(events) });
    return proxy;
  }

  override on(event: string, listener: (...args: any[]) => void): this {
    checkEvent(this, event);
    return super.on(event, listener);
  }

  override addListener(event: string, listener: (...args: any[]) => void): this {
    checkEvent(this, event);
    return super.addListener(event, listener);
  }

  override prependListener(event: string, listener: (...args: any[]) => void): this {
    checkEvent(this, event);
    return super.prependListener(event, listener);
  }
}

/** The first argument of Electron's events. */
export interface PreventableEvent {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

/** An event with `preventDefault`; `details` are the fields that Electron puts on the event object itself. */
export function preventableEvent<T extends object = object>(details?: T): PreventableEvent & T {
  let prevented = false;
  const event = {
    ...details,
    get defaultPrevented() {
      return prevented;
    },
    preventDefault() {
      prevented = true;
    },
  };
  return event as PreventableEvent & T;
}
