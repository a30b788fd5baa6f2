import { setImmediate as nextTurn } from 'node:timers/promises';
import { Parser } from 'htmlparser2';
import { DocumentRefused } from './document-refused.ts';

/** Elements in elements beyond what any program writes; made to break readers. */
const depthLimit = 400;
/** Characters at the start in which a document type with its entities stands. */
const prologChars = 64 * 1024;

export type XmlAttributes = Readonly<Record<string, string>>;

/** Names come without their prefix: `w:p` and `p` are one. Attributes keep theirs, see `attributeOf`. */
export interface XmlHandler {
  readonly open?: (name: string, attributes: XmlAttributes) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

export interface XmlOptions {
  readonly signal: AbortSignal;
  /** WHATWG label; without it the byte order mark, what the XML declares, or UTF-8. */
  readonly encoding?: string;
}

/**
 * Reads XML a piece at a time, as far as it goes: a mistake in it is no reason to lose a book. Entities are never expanded but for
 * the five of XML and numbers.
 *
 * @returns whether the first element was closed before the end
 * @throws DocumentRefused `zip_bomb` for entities made of entities, `damaged` for a nesting that no document has
 */
export async function readXml(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  handler: XmlHandler,
  { signal, encoding }: XmlOptions,
): Promise<{ readonly isWhole: boolean }> {
  let depth = 0;
  let isWhole = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        if (depth > depthLimit) throw new DocumentRefused('damaged', `elements nested more than ${depthLimit} deep`);
        handler.open?.(localName(name), attributes);
      },
      ontext(text) {
        handler.text?.(text);
      },
      onclosetag(name, isImplied) {
        depth -= 1;
        if (depth === 0 && !isImplied) isWhole = true;
        handler.close?.(localName(name));
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let prolog = '';
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    decoder ??= new TextDecoder(encoding ?? encodingOf(chunk));
    const text = decoder.decode(chunk, { stream: true });
    if (prolog.length < prologChars) {
      prolog += text;
      refuseEntities(prolog);
    }
    parser.write(text);
    await nextTurn();
  }
  parser.end(decoder?.decode() ?? '');
  return { isWhole };
}

/** An attribute by its name, with any prefix. */
export function attributeOf(attributes: XmlAttributes, name: string): string | null {
  const own = attributes[name];
  if (own !== undefined) return own;
  for (const [key, value] of Object.entries(attributes)) if (key.endsWith(`:${name}`)) return value;
  return null;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

// SECURITY: the parser expands no declared entity; a file that nests them was made to harm somebody and is refused by name.
function refuseEntities(prolog: string): void {
  const [type] = /<!DOCTYPE\b[^>[]*\[[\s\S]*/iu.exec(prolog) ?? [];
  if (type !== undefined && /<!ENTITY\s[^>]*&[\w.-]+;/iu.test(type)) throw new DocumentRefused('zip_bomb', 'entities made of entities');
}

/** By the byte order mark or what the first line declares, when `TextDecoder` knows it. */
function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /<\?xml[^>]{0,150}encoding\s*=\s*["']([\w:.-]{1,40})/iu.exec(head)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(declared).encoding;
  } catch {
    return 'utf-8';
  }
}
