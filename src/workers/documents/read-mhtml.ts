/** Parts in parts: a page saved by a browser has one level, a forwarded letter a few. */
const depthLimit = 8;
/** Parts looked at: a page has one for each of its pictures. */
const partLimit = 5_000;

export interface SavedPage {
  readonly bytes: Buffer;
  /** As the part declares it. */
  readonly charset: string | null;
  readonly isHtml: boolean;
  /** Of the whole: what browsers put there is the page's title. */
  readonly title: string | null;
  readonly date: string | null;
}

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Whether the bytes begin as a saved page does: headers, among them its version of MIME. */
export function looksLikeMhtml(ascii: string): boolean {
  return (
    /^(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){0,40}?mime-version:/iu.test(ascii) &&
    /content-type:\s*(?:multipart|text)\//iu.test(ascii)
  );
}

/**
 * The page inside a web archive (RFC 2557): its first part of HTML, or of plain text where there is none. Pictures and styles are
 * left where they are. `source` holds one byte in each character. Null when there is no such part.
 */
export function readMhtml(source: string): SavedPage | null {
  const whole = partOf(source);
  const texts: Part[] = [];
  gather(whole, texts, 0);
  const part = texts.find(text => typeOf(text) === 'text/html' || typeOf(text) === 'application/xhtml+xml') ?? texts[0];
  if (part === undefined) return null;
  return {
    bytes: decodeBody(part),
    charset: parameter(part.headers.get('content-type'), 'charset'),
    isHtml: typeOf(part) !== 'text/plain',
    title: decodeWords(whole.headers.get('subject') ?? '').trim() || null,
    date: dayOf(whole.headers.get('date') ?? ''),
  };
}

function gather(part: Part, texts: Part[], depth: number): void {
  const type = typeOf(part);
  if (/^text\/(?:html|plain)$|^application\/xhtml\+xml$/u.test(type)) texts.push(part);
  if (!type.startsWith('multipart/') || depth >= depthLimit) return;
  const boundary = parameter(part.headers.get('content-type'), 'boundary');
  if (boundary === null || boundary === '') return;
  const pieces = part.body.split(`--${boundary}`).slice(1, partLimit);
  for (const piece of pieces) {
    if (piece.startsWith('--')) break;
    gather(partOf(piece.replace(/^[ \t]*\r?\n/u, '')), texts, depth + 1);
  }
}

/** Headers up to the first empty line; one that goes on in the next line is put together. */
function partOf(source: string): Part {
  const end = /\r?\n\r?\n/u.exec(source);
  const head = end === null ? source : source.slice(0, end.index);
  const headers = new Map<string, string>();
  for (const line of head.replaceAll(/\r?\n[ \t]+/gu, ' ').split(/\r?\n/u)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: end === null ? '' : source.slice(end.index + end[0].length) };
}

function typeOf({ headers }: Part): string {
  return (headers.get('content-type') ?? 'text/plain').split(';')[0]?.trim().toLowerCase() ?? '';
}

function parameter(header: string | undefined, name: string): string | null {
  const found = new RegExp(String.raw`;\s*${name}\s*=\s*(?:"([^"]*)"|([^\s;]+))`, 'iu').exec(header ?? '');
  return found?.[1] ?? found?.[2] ?? null;
}

function decodeBody({ headers, body }: Part): Buffer {
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase() ?? '';
  if (encoding.startsWith('base64')) return Buffer.from(body, 'base64');
  return Buffer.from(encoding.startsWith('quoted-printable') ? unquoted(body) : body, 'latin1');
}

/** Quoted-printable to bytes (RFC 2045, 6.7). */
function unquoted(text: string): string {
  return text
    .replaceAll(/(?<![ \t])[ \t]+(?=\r?\n)/gu, '')
    .replaceAll(/=\r?\n/gu, '')
    .replaceAll(/=([\da-f]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Words of a header beyond ASCII (RFC 2047). */
function decodeWords(header: string): string {
  return header
    .replaceAll(/(\?=)\s+(=\?)/gu, '$1$2')
    .replaceAll(/=\?([\w-]{1,40})\?([bq])\?([^?]*)\?=/giu, (whole, charset: string, way: string, words: string) => {
      const bytes = way.toLowerCase() === 'b' ? Buffer.from(words, 'base64') : Buffer.from(unquoted(words.replaceAll('_', ' ')), 'latin1');
      try {
        return new TextDecoder(charset).decode(bytes);
      } catch {
        return whole;
      }
    });
}

function dayOf(date: string): string | null {
  const at = Date.parse(date);
  return Number.isNaN(at) ? null : new Date(at).toISOString().slice(0, 10);
}
