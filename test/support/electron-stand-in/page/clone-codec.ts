/** What an encoded value looks like: plain JSON, with `{ $: tag }` objects for what JSON has no words for. */
export type Encoded = string | boolean | number | null | { readonly $: string; readonly [key: string]: unknown };

export interface CloneCodec {
  /** @throws `An object could not be cloned.` as Electron's IPC does, for functions, symbols, promises and the like. */
  encode(value: unknown): Encoded;
  decode(encoded: Encoded): unknown;
}

/**
 * The structured clone algorithm (HTML Standard, 2.7.3) over a channel that carries JSON only, as Electron's IPC
 * applies it: shared and circular references survive, class instances become plain objects.
 *
 * Self-contained on purpose: its source text also runs inside Chromium (see sources.ts).
 */
export function makeCloneCodec(): CloneCodec {
  /** Arguments of one `String.fromCharCode` call; engines limit a call to about 64 thousand. */
  const CHUNK = 8192;
  const toBase64 = (bytes: Uint8Array): string => {
    let text = '';
    for (let i = 0; i < bytes.length; i += CHUNK) text += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
    return btoa(text);
  };
  const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), character => character.charCodeAt(0));
  const views: Record<string, new (buffer: ArrayBuffer) => ArrayBufferView> = {
    Uint8Array,
    Int8Array,
    Uint8ClampedArray,
    Uint16Array,
    Int16Array,
    Uint32Array,
    Int32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  };
  const errors: Record<string, new (message: string) => Error> = {
    TypeError,
    RangeError,
    SyntaxError,
    ReferenceError,
    EvalError,
    URIError,
  };
  const refuse = (): never => {
    throw new Error('An object could not be cloned.');
  };

  const encode = (value: unknown, seen: Map<object, number>): Encoded => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (value === undefined) return { $: 'undefined' };
    if (typeof value === 'number') {
      if (Object.is(value, -0)) return { $: 'number', of: '-0' };
      return Number.isFinite(value) ? value : { $: 'number', of: String(value) };
    }
    if (typeof value === 'bigint') return { $: 'bigint', of: String(value) };
    if (typeof value !== 'object') return refuse();
    const before = seen.get(value);
    if (before !== undefined) return { $: 'same', of: before };
    seen.set(value, seen.size);
    if (Array.isArray(value)) return { $: 'array', of: Array.from(value, item => encode(item, seen)) };
    if (ArrayBuffer.isView(value)) {
      const bytes = toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
      const kind = Object.prototype.toString.call(value).slice(8, -1);
      return { $: 'view', kind: kind in views ? kind : 'Uint8Array', of: bytes };
    }
    if (value instanceof Error) return { $: 'error', name: value.name, message: value.message, stack: value.stack ?? '' };
    switch (Object.prototype.toString.call(value).slice(8, -1)) {
      case 'Date':
        return { $: 'date', of: encode((value as Date).getTime(), seen) };
      case 'RegExp':
        return { $: 'regexp', of: (value as RegExp).source, flags: (value as RegExp).flags };
      case 'Map':
        return { $: 'map', of: [...(value as Map<unknown, unknown>)].map(([key, item]) => [encode(key, seen), encode(item, seen)]) };
      case 'Set':
        return { $: 'set', of: [...(value as Set<unknown>)].map(item => encode(item, seen)) };
      case 'ArrayBuffer':
        return { $: 'buffer', of: toBase64(new Uint8Array(value as ArrayBuffer)) };
      case 'Boolean':
      case 'Number':
      case 'String':
        return { $: 'boxed', of: encode(value.valueOf(), seen) };
      case 'Object':
        break;
      default:
        return refuse();
    }
    // A list of pairs, not an object: `__proto__` must stay an ordinary key.
    return { $: 'object', of: Object.entries(value).map(([key, item]) => [key, encode(item, seen)]) };
  };

  const decode = (encoded: any, made: unknown[]): unknown => {
    if (encoded === null || typeof encoded !== 'object') return encoded;
    const keep = <T>(value: T): T => {
      made.push(value);
      return value;
    };
    const { of } = encoded;
    switch (encoded.$) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(of);
      case 'bigint':
        return BigInt(of);
      case 'same':
        return made[of];
      case 'array': {
        const array: unknown[] = keep([]);
        for (const item of of) array.push(decode(item, made));
        return array;
      }
      case 'view': {
        const bytes = fromBase64(of);
        const View = views[encoded.kind];
        return keep(View === undefined || encoded.kind === 'Uint8Array' ? bytes : new View(bytes.buffer));
      }
      case 'error': {
        const Kind = errors[encoded.name] ?? Error;
        const error = keep(new Kind(encoded.message));
        error.stack = encoded.stack;
        return error;
      }
      case 'date':
        return keep(new Date(Number(decode(of, made))));
      case 'regexp':
        return keep(new RegExp(of, encoded.flags));
      case 'boxed':
        return keep(Object(decode(of, made)));
      case 'buffer':
        return keep(fromBase64(of).buffer);
      case 'map': {
        const map = keep(new Map<unknown, unknown>());
        for (const [key, item] of of) {
          const decodedKey = decode(key, made);
          map.set(decodedKey, decode(item, made));
        }
        return map;
      }
      case 'set': {
        const set = keep(new Set<unknown>());
        for (const item of of) set.add(decode(item, made));
        return set;
      }
      case 'object': {
        const object = keep({});
        for (const [key, item] of of) {
          Object.defineProperty(object, key, { value: decode(item, made), enumerable: true, configurable: true, writable: true });
        }
        return object;
      }
      default:
        throw new Error(`stand-in: '${encoded.$}' is not an encoded value.`);
    }
  };

  return { encode: value => encode(value, new Map()), decode: encoded => decode(encoded, []) };
}
