import { createHash } from 'node:crypto';

/** Padding of passwords, ISO 32000-1, 7.6.3.3, algorithm 2. */
const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
/** Forty-bit keys of revision 2: the oldest encryption of PDF and the shortest to write. */
const keyBytes = 5;
const permissions = -4;
const fileId = Buffer.from('00112233445566778899aabbccddeeff', 'hex');

/**
 * A one-page PDF with the standard security handler, revision 2. With a user password it cannot be opened without it; with
 * an empty one it is only restricted, and any reader shows it.
 */
export function makeEncryptedPdf(text: string, userPassword: string): Buffer {
  const owner = rc4(md5(padded('owner')).subarray(0, keyBytes), padded(userPassword));
  const limits = Buffer.alloc(4);
  limits.writeInt32LE(permissions);
  const key = md5(Buffer.concat([padded(userPassword), owner, limits, fileId])).subarray(0, keyBytes);
  const user = rc4(key, padding);
  const content = rc4(objectKey(key, 4), Buffer.from(`BT /F1 12 Tf 72 700 Td (${text}) Tj ET`, 'latin1'));
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    Buffer.concat([Buffer.from(`<< /Length ${content.byteLength} >>\nstream\n`), content, Buffer.from('\nendstream')]),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Filter /Standard /V 1 /R 2 /P ${permissions} /O <${owner.toString('hex')}> /U <${user.toString('hex')}> >>`,
  ];
  return writePdf(objects, `/Encrypt 6 0 R /ID [<${fileId.toString('hex')}> <${fileId.toString('hex')}>]`);
}

/** A PDF of numbered objects, the first being the catalogue, with a true cross-reference table. */
function writePdf(objects: readonly (string | Buffer)[], trailer = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  const offsets: number[] = [];
  let length = parts[0]?.byteLength ?? 0;
  for (const [index, object] of objects.entries()) {
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]);
    offsets.push(length);
    length += part.byteLength;
    parts.push(part);
  }
  const rows = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

/** A PDF of that many pages, all the same short one: a page tree costs little, so tens of thousands are a small file. */
export function makeManyPagesPdf(pageCount: number, text: string): Buffer {
  const content = `BT /F1 12 Tf 72 700 Td (${text}) Tj ET`;
  const kids = Array.from({ length: pageCount }, (_, index) => `${index + 5} 0 R`).join(' ');
  const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << /Font << /F1 4 0 R >> >> >>';
  return writePdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pageCount} >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...Array.from({ length: pageCount }, () => page),
  ]);
}

function padded(password: string): Buffer {
  return Buffer.concat([Buffer.from(password, 'latin1'), padding]).subarray(0, 32);
}

function objectKey(key: Buffer, number: number): Buffer {
  return md5(Buffer.concat([key, Buffer.from([number & 0xff, number >> 8, 0, 0, 0])])).subarray(0, keyBytes + 5);
}

function md5(data: Buffer): Buffer {
  return createHash('md5').update(data).digest();
}

/** RC4, which OpenSSL no longer offers. */
function rc4(key: Buffer, data: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  let j = 0;
  for (let i = 0; i < 256; i += 1) {
    j = (j + at(state, i) + at(key, i % key.length)) & 0xff;
    swap(state, i, j);
  }
  let i = 0;
  j = 0;
  return Buffer.from(
    data.map(byte => {
      i = (i + 1) & 0xff;
      j = (j + at(state, i)) & 0xff;
      swap(state, i, j);
      return byte ^ at(state, (at(state, i) + at(state, j)) & 0xff);
    }),
  );
}

function at(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}

function swap(bytes: Uint8Array, a: number, b: number): void {
  const kept = at(bytes, a);
  bytes[a] = at(bytes, b);
  bytes[b] = kept;
}
