/** What `contextBridge` needs from the tie between a page's two worlds. */
export interface WorldBridge {
  /** Puts `api` on the other world's `window` under `key`. @throws when the key was used before. */
  expose(key: string, api: unknown): void;
}

/**
 * Ties a page's main world to the preload's isolated one, with the value rules of Electron's `contextBridge`:
 * functions and promises are proxied, plain objects and arrays are copied, errors keep their message only, anything else
 * is structured-cloned or refused. Each world runs one; they talk by synchronous DOM events, whose
 * `detail` Chromium itself clones from world to world.
 *
 * Self-contained on purpose: its source text runs inside Chromium (see sources.ts).
 */
export function makeWorldBridge(secret: string, mine: 'main' | 'isolated', theirs: 'main' | 'isolated'): WorldBridge {
  type Sent =
    | { t: 'value'; of: unknown }
    | { t: 'list'; of: Sent[] }
    | { t: 'record'; of: [string, Sent][] }
    | { t: 'error'; of: string }
    | { t: 'function' | 'promise'; of: number };
  type Said =
    | { t: 'expose'; key: string; api: Sent }
    | { t: 'call'; target: number; call: number; args: Sent[] }
    | { t: 'result'; call: number; outcome: { value: Sent } | { error: Sent } }
    | { t: 'settled'; promise: number; outcome: { value: Sent } | { error: Sent } };
  /** Electron's own limit on the depth of a value that crosses the bridge. */
  const DEPTH_LIMIT = 1000;
  const { document, window, CustomEvent, Map, WeakMap, Promise, Error, Object, Array, structuredClone } = globalThis;
  // Kept from before the page's first line, so that the page can neither listen in nor get in between.
  const dispatch = document.dispatchEvent.bind(document);
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const ids = new WeakMap<object, number>();
  const results = new Map<number, { value: Sent } | { error: Sent }>();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let lastId = 0;
  const say = (said: Said): void => void dispatch(new CustomEvent(secret + theirs, { detail: said }));
  const refuse = (): never => {
    throw new Error('An object could not be cloned.');
  };
  const isPlain = (value: object): boolean => Object.prototype.toString.call(value) === '[object Object]';

  const send = (value: unknown, depth = 0): Sent => {
    if (depth > DEPTH_LIMIT)
      throw new TypeError('Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.');
    if (typeof value === 'symbol') return refuse();
    if (typeof value === 'function') {
      let id = ids.get(value);
      if (id === undefined) {
        id = ++lastId;
        ids.set(value, id);
        functions.set(id, value as (...args: unknown[]) => unknown);
      }
      return { t: 'function', of: id };
    }
    if (typeof value !== 'object' || value === null) return { t: 'value', of: value };
    if (value instanceof Promise) {
      const id = ++lastId;
      value.then(
        settled => settle(id, () => ({ value: send(settled) })),
        reason => settle(id, () => ({ error: send(reason) })),
      );
      return { t: 'promise', of: id };
    }
    if (value instanceof Error) return { t: 'error', of: value.message };
    if (Array.isArray(value)) return { t: 'list', of: Array.from(value, item => send(item, depth + 1)) };
    if (isPlain(value)) return { t: 'record', of: Object.entries(value).map(([key, item]) => [key, send(item, depth + 1)]) };
    try {
      structuredClone(value);
    } catch {
      return refuse();
    }
    return { t: 'value', of: value };
  };
  const settle = (promise: number, outcome: () => { value: Sent } | { error: Sent }): void => {
    try {
      say({ t: 'settled', promise, outcome: outcome() });
    } catch (error) {
      say({ t: 'settled', promise, outcome: { error: send(error) } });
    }
  };

  const receive = (sent: Sent): unknown => {
    switch (sent.t) {
      case 'value':
        return sent.of;
      case 'error':
        return new Error(sent.of);
      case 'list':
        return sent.of.map(receive);
      case 'record': {
        const record = {};
        for (const [key, item] of sent.of) {
          Object.defineProperty(record, key, { value: receive(item), enumerable: true, configurable: true, writable: true });
        }
        return record;
      }
      case 'promise':
        return new Promise((resolve, reject) => waiting.set(sent.of, { resolve, reject }));
      case 'function':
        return (...args: unknown[]) => {
          const call = ++lastId;
          say({ t: 'call', target: sent.of, call, args: args.map(argument => send(argument)) });
          const outcome = results.get(call);
          results.delete(call);
          if (outcome === undefined) return refuse();
          if ('error' in outcome) throw receive(outcome.error);
          return receive(outcome.value);
        };
    }
  };
  const freeze = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    for (const member of Object.values(value)) freeze(member);
    return ArrayBuffer.isView(value) ? value : Object.freeze(value);
  };

  const handle = (said: Said): void => {
    switch (said.t) {
      case 'expose':
        Object.defineProperty(window, said.key, {
          value: freeze(receive(said.api)),
          enumerable: true,
          configurable: false,
          writable: false,
        });
        return;
      case 'call': {
        let outcome: { value: Sent } | { error: Sent };
        try {
          outcome = { value: send(functions.get(said.target)?.(...said.args.map(receive))) };
        } catch (error) {
          outcome = { error: send(error instanceof Error ? error : new Error(String(error))) };
        }
        return say({ t: 'result', call: said.call, outcome });
      }
      case 'result':
        results.set(said.call, said.outcome);
        return;
      case 'settled': {
        const promise = waiting.get(said.promise);
        waiting.delete(said.promise);
        if ('error' in said.outcome) promise?.reject(receive(said.outcome.error));
        else promise?.resolve(receive(said.outcome.value));
      }
    }
  };
  document.addEventListener(secret + mine, event => {
    const said = (event as CustomEvent<Said | null>).detail;
    if (said !== null) handle(said);
  });
  const exposed = new Set<string>();
  return {
    expose(key, api) {
      if (exposed.has(key)) throw new Error('Cannot bind an API on top of an existing property on the window object');
      exposed.add(key);
      say({ t: 'expose', key, api: send(api) });
    },
  };
}
