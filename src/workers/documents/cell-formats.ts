import type { Archive } from './archive.ts';
import { readXml } from './read-xml.ts';

export interface CellFormats {
  /** A stored number as the sheet shows it: a date, a share in per cent, or the number. */
  show(stored: string, style: number): string;
}

type Meaning = 'date' | 'time' | 'percent' | 'number' | 'duration';

/** Built-in numbers of formats that mean something else than a number (ECMA-376 part 1, 18.8.30). */
const builtIn = new Map<number, Meaning>([
  [9, 'percent'],
  [10, 'percent'],
  ...[14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58].map(id => [id, 'date'] as const),
  ...[18, 19, 20, 21, 45, 47].map(id => [id, 'time'] as const),
  [46, 'duration'],
]);

const dayMs = 86_400_000;
const secondsPerDay = 86_400;
/** Day 0 of the count that begins with 1900, with the leap day that year did not have; and of the one that begins with 1904. */
const epoch1900 = Date.UTC(1899, 11, 30);
const epoch1904 = Date.UTC(1904, 0, 1);
/** The last day a workbook can count: 31 December 9999. */
const lastDay = 2_958_465;
/** Digits that a workbook keeps (ECMA-376); beyond them binary fractions end in noise. */
const shownDigits = 15;
/** A number that is shown as it is stored, whatever its length: a bar code, a contract's number. */
const wholeNumber = /^-?\d+$/u;

/** Reads the list of styles of a workbook. */
export async function createCellFormats(
  archive: Archive,
  entry: string | null,
  from1904: boolean,
  signal: AbortSignal,
): Promise<CellFormats> {
  const codes = new Map<number, Meaning>();
  const styles: Meaning[] = [];
  if (entry !== null && archive.has(entry)) {
    let isCellStyles = false;
    await readXml(
      archive.chunks(entry),
      {
        open(name, attributes) {
          if (name === 'cellXfs') isCellStyles = true;
          if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), meaningOf(attributes['formatCode'] ?? ''));
          if (name === 'xf' && isCellStyles) {
            const id = Number(attributes['numFmtId'] ?? 0);
            styles.push(codes.get(id) ?? builtIn.get(id) ?? 'number');
          }
        },
        close(name) {
          if (name === 'cellXfs') isCellStyles = false;
        },
      },
      { signal },
    );
  }
  return {
    show(stored, style) {
      const number = Number(stored);
      if (stored.trim() === '' || !Number.isFinite(number)) return stored;
      const meaning = styles[style] ?? 'number';
      if (meaning === 'percent') return `${plain(number * 100)}%`;
      if (meaning === 'number' || number < 0 || number > lastDay) return wholeNumber.test(stored.trim()) ? stored.trim() : plain(number);
      if (meaning === 'duration') return clock(Math.round(number * secondsPerDay));
      // Rounded before day and time part: the last half second of a day is the next one's midnight.
      const inSeconds = Math.round(number * secondsPerDay);
      const seconds = inSeconds % secondsPerDay;
      const day = new Date((from1904 ? epoch1904 : epoch1900) + Math.floor(inSeconds / secondsPerDay) * dayMs).toISOString().slice(0, 10);
      if (meaning === 'time' || number < 1) return clock(seconds);
      return seconds === 0 ? day : `${day} ${clock(seconds)}`;
    },
  };
}

function plain(number: number): string {
  return String(Number(number.toPrecision(shownDigits)));
}

function clock(seconds: number): string {
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0');
  const rest = seconds % 60;
  return `${two(seconds / 3_600)}:${two((seconds / 60) % 60)}${rest === 0 ? '' : `:${two(rest)}`}`;
}

/** What a format's own code means, by its letters outside of quoted words, colours and conditions. */
function meaningOf(code: string): Meaning {
  const bare = code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/giu, '').toLowerCase();
  if (/\[(?:h+|m+|s+)\]/u.test(bare)) return 'duration';
  if (/[yd]/u.test(bare)) return 'date';
  if (/[hs]/u.test(bare)) return 'time';
  return bare.includes('%') ? 'percent' : 'number';
}
