import type { Segment, Snapshot } from '../../shared/domain/snapshot.ts';

/**
 * Characters of one passage, about six sentences: long enough that a question's words meet in one, short enough to be read
 * at a glance when quoted.
 */
export const passageCharLimit = 900;

/** Where one passage is in the snapshot's text, as UTF-16 offsets. */
export interface Passage {
  readonly start: number;
  readonly end: number;
  /** Of its first character, where the format has pages. */
  readonly page: number | null;
}

export type ChunkedSnapshot = Pick<Snapshot, 'text' | 'segments'>;

interface OpenPassage {
  start: number;
  end: number;
  readonly page: number | null;
  readonly messageId: string | null;
  /** Nothing but headings so far: it waits for the text it names. */
  isHeading: boolean;
}

/**
 * Cuts a snapshot into passages of whole sentences of up to `passageCharLimit` characters. A passage never crosses a page,
 * a heading or a chat message; small blocks of one page under one heading (list items, short paragraphs) share one. Every
 * character of a segment that is not white space is in exactly one passage, and passages are in reading order.
 */
export function passagesOf(snapshot: ChunkedSnapshot): Passage[] {
  const passages: Passage[] = [];
  let open: OpenPassage | null = null;
  const close = (): void => {
    if (open !== null) passages.push({ start: open.start, end: open.end, page: open.page });
    open = null;
  };
  for (const segment of snapshot.segments) {
    if (open !== null && !mayShare(open, segment)) close();
    if (open !== null) open.isHeading = false;
    for (const { start, end } of sentencesOf(snapshot.text, segment)) {
      for (const piece of cutLong(snapshot.text, start, end)) {
        if (open !== null && piece.end - open.start > passageCharLimit) close();
        if (open === null)
          open = {
            start: piece.start,
            end: piece.end,
            page: segment.page,
            messageId: segment.messageId,
            isHeading: segment.kind === 'heading',
          };
        else open.end = piece.end;
      }
    }
  }
  close();
  return passages;
}

/**
 * A heading opens the passage of what follows it; a message without an id is taken for another one than the last. A block
 * that does not fit whole begins a passage of its own rather than leaving its first sentences in the one before.
 */
function mayShare(open: OpenPassage, segment: Segment): boolean {
  const isAnotherMessage = segment.messageId !== open.messageId || (segment.kind === 'message' && segment.messageId === null);
  if (segment.kind === 'heading' || segment.page !== open.page || isAnotherMessage) return false;
  return open.isHeading || segment.end - open.start <= passageCharLimit;
}

/**
 * Sentence ends only have to be good enough to cut at: after `.`, `!`, `?` or `…` with closing quotes and a space, and at
 * line ends. A cut after an abbreviation is harmless here, since a passage holds several sentences; citations come
 * from the synopsis engine's own, finer rule.
 */
const sentenceEnd = /[.!?…]+["'»”’)\]]*(?=\s)|\n+/gu;

/** A row of a table is cut nowhere: what stands in its cells with a full stop belongs to the rest of it. */
const rowEnd = /\n+/gu;

function* sentencesOf(text: string, { kind, start: from, end: to }: Segment): Generator<{ start: number; end: number }> {
  const block = text.slice(from, to);
  let start = 0;
  for (const match of block.matchAll(kind === 'table' ? rowEnd : sentenceEnd)) {
    const end = match.index + match[0].length;
    const trimmed = trim(block, start, end);
    if (trimmed !== null) yield { start: from + trimmed.start, end: from + trimmed.end };
    start = end;
  }
  const rest = trim(block, start, block.length);
  if (rest !== null) yield { start: from + rest.start, end: from + rest.end };
}

/** A sentence above the limit (a table, a line of code, prose without a full stop) is cut at white space, and inside a word only when it must. */
function* cutLong(text: string, start: number, end: number): Generator<{ start: number; end: number }> {
  let from = start;
  while (end - from > passageCharLimit) {
    const cut = cutPlace(text, from, from + passageCharLimit);
    const piece = trim(text, from, cut);
    if (piece !== null) yield piece;
    from = cut;
  }
  const rest = trim(text, from, end);
  if (rest !== null) yield rest;
}

function cutPlace(text: string, from: number, limit: number): number {
  for (let at = limit; at > from + 1; at -= 1) {
    if (/\s/u.test(text.charAt(at - 1))) return at;
  }
  // Never between the two halves of a surrogate pair.
  return isHighSurrogate(text.charCodeAt(limit - 1)) ? limit - 1 : limit;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function trim(text: string, start: number, end: number): { start: number; end: number } | null {
  let from = start;
  let to = end;
  while (from < to && /\s/u.test(text.charAt(from))) from += 1;
  while (to > from && /\s/u.test(text.charAt(to - 1))) to -= 1;
  return from < to ? { start: from, end: to } : null;
}
