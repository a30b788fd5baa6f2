/** What of a file a request asks for. `end` is the first byte that is not sent. */
export type AskedRange =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  /** It begins behind the end of the file. */
  | { readonly kind: 'outside' };

const oneRange = /^bytes=(\d{1,15})-(\d{0,15})$/u;

/**
 * Reads a `Range` header (RFC 9110, 14.1.2) for a file of that many bytes: one range from its first byte on. Whatever else stands
 * there is ignored and the file sent whole, as the standard allows.
 */
export function askedRange(header: string | null | undefined, size: number): AskedRange {
  const found = oneRange.exec(header ?? '');
  if (found === null) return { kind: 'whole' };
  const start = Number(found[1]);
  const last = found[2] === '' ? size - 1 : Number(found[2]);
  if (last < start && found[2] !== '') return { kind: 'whole' };
  return start >= size ? { kind: 'outside' } : { kind: 'part', start, end: Math.min(size, last + 1) };
}

/** The status and the headers that say which part of the file is sent. */
export function rangeAnswer(
  range: AskedRange,
  size: number,
): { readonly status: number; readonly headers: Readonly<Record<string, string>> } {
  const accepts = { 'Accept-Ranges': 'bytes' };
  switch (range.kind) {
    case 'whole':
      return { status: 200, headers: { ...accepts, 'Content-Length': String(size) } };
    case 'part':
      return {
        status: 206,
        headers: {
          ...accepts,
          'Content-Length': String(range.end - range.start),
          'Content-Range': `bytes ${range.start}-${range.end - 1}/${size}`,
        },
      };
    case 'outside':
      return { status: 416, headers: { ...accepts, 'Content-Length': '0', 'Content-Range': `bytes */${size}` } };
  }
}
