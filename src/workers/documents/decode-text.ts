import { isAscii, isUtf8 } from 'node:buffer';
import jschardet from 'jschardet';
import { guessCyrillicEncoding } from './guess-cyrillic.ts';

export interface DecodedText {
  readonly text: string;
  /** WHATWG label of the encoding used. */
  readonly encoding: string;
  /** True when it was neither declared nor provable: a byte order mark, a declaration that fits, and valid UTF-8 are proof. */
  readonly guessed: boolean;
}

/** Bytes given to the statistical guess: its answer no longer changes beyond, its cost does. */
const sampleBytes = 64 * 1024;
/** jschardet's confidence from which it is believed over the Cyrillic letter statistics; measured on lines of 20 to 120 characters. */
const trustedConfidence = 0.5;
/** Share of bytes in one parity that must be a high byte of Latin or Cyrillic text (0x00, 0x04) to call it UTF-16. */
const utf16Share = 0.7;
/** Bytes below which parity says nothing. */
const utf16BytesNeeded = 8;
/** Broken sequences per 1,000 characters up to which damaged UTF-8 is still UTF-8: one bad disk block, not another encoding. */
const brokenPerMille = 2;

const byteOrderMarks = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
] as const;

/** Names of jschardet that `TextDecoder` knows under another label. */
const labelOf: Readonly<Record<string, string>> = {
  maccyrillic: 'x-mac-cyrillic',
  'utf-16 (le)': 'utf-16le',
  'utf-16 (be)': 'utf-16be',
  ascii: 'windows-1252',
  cp949: 'euc-kr',
  cp932: 'shift_jis',
};

/**
 * Bytes to text. In order: byte order mark, the encoding declared by the HTTP header or the page when it fits, UTF-16
 * without a mark, strict UTF-8, and at last statistics. Never throws: a byte that fits nothing becomes U+FFFD.
 */
export function decodeText(bytes: Uint8Array, declared: string | null = null): DecodedText {
  const marked = byteOrderMarks.find(mark => mark.bytes.every((byte, index) => bytes[index] === byte));
  if (marked !== undefined) return { text: new TextDecoder(marked.encoding).decode(bytes), encoding: marked.encoding, guessed: false };

  const label = declared === null ? null : knownLabel(declared);
  // Text beyond ASCII that is valid UTF-8 by chance does not occur, a page that declares another encoding than it has does.
  if (label !== null && label !== 'utf-8' && !isUtf8BeyondAscii(bytes)) {
    const text = decodeStrictly(bytes, label);
    if (text !== null) return { text, encoding: label, guessed: false };
  }
  const wide = guessUtf16(bytes);
  if (wide !== null) return { text: new TextDecoder(wide).decode(bytes), encoding: wide, guessed: true };

  const utf8 = decodeStrictly(bytes, 'utf-8');
  if (utf8 !== null) return { text: utf8, encoding: 'utf-8', guessed: false };
  return decodeByStatistics(bytes);
}

/** The first UTF-16 byte order that most high bytes speak for, null when it is not UTF-16. */
export function guessUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const end = Math.min(bytes.length, sampleBytes) & ~1;
  if (end < utf16BytesNeeded) return null;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < end; index += 2) {
    if (isHighByte(bytes[index])) even += 1;
    if (isHighByte(bytes[index + 1])) odd += 1;
  }
  const needed = (end / 2) * utf16Share;
  if (odd >= needed && odd > even) return 'utf-16le';
  return even >= needed && even > odd ? 'utf-16be' : null;
}

function isUtf8BeyondAscii(bytes: Uint8Array): boolean {
  return !isAscii(bytes) && isUtf8(bytes);
}

function decodeByStatistics(bytes: Uint8Array): DecodedText {
  const lossy = new TextDecoder('utf-8').decode(bytes);
  const broken = lossy.match(/\ufffd/gu)?.length ?? 0;
  const beyondAscii = lossy.match(/[^\u0000-\u007f\ufffd]/gu)?.length ?? 0; // oxlint-disable-line no-control-regex
  if (broken * 1_000 <= lossy.length * brokenPerMille && beyondAscii > broken) return { text: lossy, encoding: 'utf-8', guessed: true };

  const sample = sampleAround(bytes);
  const found = jschardet.detect(sample);
  const label = found.encoding === null ? null : knownLabel(found.encoding);
  const believed = label !== null && label !== 'utf-8' && found.confidence >= trustedConfidence ? label : null;
  const encoding = believed ?? guessCyrillicEncoding(sample) ?? 'windows-1252';
  return { text: new TextDecoder(encoding).decode(bytes), encoding, guessed: true };
}

/** The part that holds the first byte beyond ASCII: a long English preface says nothing about the encoding. */
function sampleAround(bytes: Uint8Array): Buffer {
  const first = Math.max(
    0,
    bytes.findIndex(byte => byte > 0x7f),
  );
  const start = Math.min(first, Math.max(0, bytes.length - sampleBytes));
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.min(sampleBytes, bytes.length - start));
}

function decodeStrictly(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The canonical label of an encoding `TextDecoder` can read, null for one it cannot. */
function knownLabel(name: string): string | null {
  const lower = name.trim().toLowerCase();
  try {
    return new TextDecoder(labelOf[lower] ?? lower).encoding;
  } catch {
    return null;
  }
}

function isHighByte(byte: number | undefined): boolean {
  return byte === 0x00 || byte === 0x04;
}
