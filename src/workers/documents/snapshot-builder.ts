import { createHash } from 'node:crypto';
import { documentCharLimit } from '../../shared/domain/document.ts';
import { sha256Hex } from '../../shared/domain/ids.ts';
import type { Segment, Snapshot, SnapshotWarning } from '../../shared/domain/snapshot.ts';
import { toOneLine, toTrimmedLines } from './canonical-text.ts';
import { detectLanguage } from './detect-language.ts';

/** A block as a format's reader finds it, before its place in the text is known. */
export interface Block {
  readonly kind: Exclude<Segment['kind'], 'message'>;
  readonly text: string;
  /** Headings only, 1 to 6. */
  readonly level?: number;
  /** Keep line breaks of prose: verse, addresses, lines of a log. Tables and code keep theirs always. */
  readonly keepLines?: boolean;
  /** Recordings only: where it is said, in milliseconds from the beginning. */
  readonly timeMs?: number;
  /** Set on a block that stood on the line right after the one before it. */
  readonly tight?: boolean;
}

export interface BuiltSnapshot {
  readonly snapshot: Snapshot;
  readonly charCount: number;
}

/**
 * Longest segment, in UTF-16 units: the window renders and the engine ranks whole segments, so a document of one endless
 * line is cut into several of these at white space, or anywhere when it has none. The text itself is not changed.
 */
export const segmentCharLimit = 8_000;

/**
 * Segments of one snapshot beyond which short blocks are put together: a million lines of a log would make a list longer
 * than the text. A book of a thousand pages has some 20,000.
 */
const defaultSegmentCountLimit = 100_000;

/** Pieces of text held apart before they are joined: a million short strings take ten times their characters. */
const partsPerChunk = 10_000;

/** How far before the limit a cut looks for white space: a quarter keeps pieces of similar size. */
const cutWindow = segmentCharLimit / 4;

/** Longest title `snapshot` takes. */
const titleLimit = 500;
/** Longest detail a warning takes. */
const warningDetailLimit = 200;

/**
 * Gathers blocks into one canonical text with exact offsets. Segments are joined by an empty line, list items and tight
 * blocks by a line break. Past `charLimit` the rest is counted and reported as `truncated`.
 */
export function createSnapshotBuilder(charLimit: number = documentCharLimit, segmentCountLimit: number = defaultSegmentCountLimit) {
  const chunks: string[] = [];
  let parts: string[] = [];
  const segments: Segment[] = [];
  const pages: { number: number; start: number; end: number }[] = [];
  const warnings: SnapshotWarning[] = [];
  let length = 0;
  let leftOut = 0;
  let previousKind: Block['kind'] | null = null;
  let openPage: { number: number; start: number | null } | null = null;

  function closePage(): void {
    if (openPage === null) return;
    pages.push({ number: openPage.number, start: openPage.start ?? length, end: length });
    openPage = null;
  }

  /** Stretches the last segment to the end of the text, if it stands on the same page and stays short enough. */
  function extendLast(page: number | null): boolean {
    const last = segments.at(-1);
    if (last === undefined || last.kind === 'heading' || last.page !== page || length - last.start > segmentCharLimit) return false;
    segments[segments.length - 1] = { ...last, end: length };
    return true;
  }

  return {
    /** True once nothing more is taken: the reader may stop. */
    get isFull(): boolean {
      return leftOut > 0;
    },
    get charCount(): number {
      return length;
    },

    add(block: Block): void {
      const keepsLines = block.kind === 'code' || block.kind === 'table' || block.keepLines === true;
      const text = keepsLines ? toTrimmedLines(block.text) : toOneLine(block.text);
      if (text === '') return;
      const separator = separatorBefore(previousKind, block);
      if (leftOut > 0 || length + separator.length + text.length > charLimit) {
        leftOut += text.length;
        return;
      }
      parts.push(separator, text);
      if (parts.length >= partsPerChunk) {
        chunks.push(parts.join(''));
        parts = [];
      }
      const start = length + separator.length;
      length = start + text.length;
      previousKind = block.kind;
      if (openPage !== null) openPage.start ??= start;
      const isCrowded = segments.length >= segmentCountLimit;
      if (isCrowded && extendLast(openPage?.number ?? null)) return;
      for (const [from, to] of cutLong(text)) {
        segments.push({
          kind: isCrowded ? 'paragraph' : block.kind,
          start: start + from,
          end: start + to,
          level: block.kind === 'heading' && !isCrowded ? Math.min(6, Math.max(1, block.level ?? 1)) : null,
          page: openPage?.number ?? null,
          messageId: null,
          speaker: null,
          ...(block.timeMs === undefined ? {} : { timeMs: block.timeMs }),
        });
      }
    },

    /** Blocks added from here on stand on this page; pages come in ascending order. */
    startPage(number: number): void {
      closePage();
      openPage = { number, start: null };
    },

    warn(code: SnapshotWarning['code'], count: number | null, detail: string | null): void {
      warnings.push({ code, count, detail: detail?.toWellFormed().slice(0, warningDetailLimit) ?? null });
    },

    build(title: string | null): BuiltSnapshot {
      closePage();
      if (leftOut > 0) warnings.push({ code: 'truncated', count: leftOut, detail: null });
      const text = chunks.concat(parts).join('');
      const cleanTitle = title === null ? '' : cutTitle(toOneLine(title));
      return {
        charCount: length,
        snapshot: {
          version: 1,
          hash: sha256Hex.parse(createHash('sha256').update(text, 'utf8').digest('hex')),
          text,
          segments,
          pages,
          title: cleanTitle === '' ? null : cleanTitle,
          language: detectLanguage(text),
          warnings,
        },
      };
    },
  };
}
export type SnapshotBuilder = ReturnType<typeof createSnapshotBuilder>;

function separatorBefore(previous: Block['kind'] | null, block: Block): string {
  if (previous === null) return '';
  if (block.tight === true) return '\n';
  return previous === 'list-item' && block.kind === 'list-item' ? '\n' : '\n\n';
}

function cutTitle(title: string): string {
  return title.length <= titleLimit
    ? title
    : `${title
        .slice(0, titleLimit - 1)
        .toWellFormed()
        .replace(/\ufffd$/u, '')}…`;
}

/** Ranges of at most `segmentCharLimit` that cover the text but for white space at the cuts; never inside a surrogate pair. */
function* cutLong(text: string): Generator<[from: number, to: number]> {
  let from = 0;
  while (text.length - from > segmentCharLimit) {
    const to = cutPoint(text, from + segmentCharLimit);
    yield [from, to];
    from = to;
    while (from < text.length && isSpace(text, from)) from += 1;
  }
  if (from < text.length) yield [from, text.length];
}

/** Where a long text may be cut, best first: between lines, between sentences, between words. */
const cutPlaces = [/\n/gu, /(?<=[.!?…])\s/gu, /\s/gu] as const;

/** The last of the best places in the window before `limit`, or `limit` itself, moved before a whole character. */
function cutPoint(text: string, limit: number): number {
  const windowStart = limit - cutWindow;
  const window = text.slice(windowStart, limit);
  for (const place of cutPlaces) {
    const found = [...window.matchAll(place)].at(-1)?.index;
    if (found === undefined) continue;
    let end = windowStart + found;
    while (end > 0 && isSpace(text, end - 1)) end -= 1;
    return end;
  }
  const unit = text.charCodeAt(limit);
  return unit >= 0xdc00 && unit <= 0xdfff ? limit - 1 : limit;
}

function isSpace(text: string, index: number): boolean {
  return /\s/u.test(text.charAt(index));
}
