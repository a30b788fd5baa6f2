import type { Segment, Snapshot } from '../../shared/domain/snapshot.ts';
import { labelPattern, minTurns, speakersOf, wholeText } from '../../shared/domain/speakers.ts';

/**
 * A block is the largest stretch a sentence may not leave: a paragraph, one item of a list, one utterance. Segments come from
 * the importer; blocks also part what a flat text file leaves together (utterances, bullets, headings on a line of their own).
 */
export interface Block {
  /** Index into the snapshot's segments; -1 where the snapshot has none. */
  readonly segment: number;
  readonly kind: Segment['kind'];
  /** Offsets of the readable text: markers such as «Анна:» or «1)» stand before `start`. */
  readonly start: number;
  readonly end: number;
  readonly speaker: string | null;
  readonly level: number | null;
}

export interface ReadBlocks {
  readonly blocks: readonly Block[];
  /** Whether the material is a talk: chat messages, a transcript, minutes with speakers. */
  readonly isDialogue: boolean;
}

const bulletPattern = /^[ \t]*(?:[-–—*•▪◦‣·]|\d{1,3}[.)]|\p{L}\))[ \t]+(?:\[[ xXхХ]?\][ \t]+)?/u;

/** A line longer than this without a full stop is prose that lost its punctuation, not a heading. */
const MAX_HEADING_LENGTH = 90;

export function readBlocks(snapshot: Pick<Snapshot, 'text' | 'segments'>): ReadBlocks {
  const { text } = snapshot;
  const segments = snapshot.segments.length > 0 ? snapshot.segments : [wholeText(text)];
  const firstIndex = snapshot.segments.length > 0 ? 0 : -1;
  const messages = segments.filter(segment => segment.kind === 'message').length;
  const speakers = speakersOf(text, segments);
  const blocks: Block[] = [];
  segments.forEach((segment, index) => {
    for (const [start, end] of linesIntoStretches(text, segment, speakers)) {
      const block = readBlock(text, start, end, segment, firstIndex + index, speakers, blocks.at(-1));
      if (block !== null) blocks.push(block);
    }
  });
  return { blocks, isDialogue: speakers.size > 0 || (messages >= minTurns && messages * 2 >= segments.length) };
}

/** Parts a segment at empty lines, bullets, speakers and heading-like lines; a wrapped paragraph stays whole. */
function* linesIntoStretches(text: string, segment: Segment, speakers: ReadonlySet<string>): Generator<[number, number]> {
  if (segment.kind === 'heading' || segment.kind === 'code') {
    yield [segment.start, segment.end];
    return;
  }
  let start = segment.start;
  let at = segment.start;
  let isFirst = true;
  while (at < segment.end) {
    const newline = text.indexOf('\n', at);
    const lineEnd = newline === -1 || newline > segment.end ? segment.end : newline;
    const line = text.slice(at, lineEnd);
    const isBlank = line.trim() === '';
    const begins = isBlank || segment.kind === 'table' || bulletPattern.test(line) || speakerOf(line, speakers) !== null;
    if (!isFirst && begins && at > start) {
      yield [start, at];
      start = at;
    }
    isFirst = false;
    at = lineEnd + 1;
    if (isBlank) start = at;
  }
  if (start < segment.end) yield [start, segment.end];
}

function speakerOf(line: string, speakers: ReadonlySet<string>): { name: string; length: number } | null {
  const match = labelPattern.exec(line);
  const name = match?.[1];
  return match === null || name === undefined || !speakers.has(name) ? null : { name, length: match[0].length };
}

function readBlock(
  text: string,
  from: number,
  to: number,
  segment: Segment,
  index: number,
  speakers: ReadonlySet<string>,
  previous: Block | undefined,
): Block | null {
  const raw = text.slice(from, to);
  const spoken = speakerOf(raw, speakers);
  const bullet = spoken === null ? bulletPattern.exec(raw) : null;
  const skipped = spoken?.length ?? bullet?.[0].length ?? 0;
  const body = raw.slice(skipped);
  const start = from + skipped + (body.length - body.trimStart().length);
  const end = to - (raw.length - raw.trimEnd().length);
  if (end <= start) return null;
  const speaker = spoken?.name ?? segment.speaker;
  if (segment.kind === 'paragraph' && spoken === null && bullet === null && looksLikeHeading(text.slice(start, end), previous)) {
    return { segment: index, kind: 'heading', start, end, speaker, level: null };
  }
  const kind = bullet !== null && segment.kind === 'paragraph' ? 'list-item' : segment.kind;
  return { segment: index, kind, start, end, speaker, level: segment.level };
}

/** A single short line that ends without punctuation, or a chapter line; a colon at its end introduces a list below it. */
function looksLikeHeading(line: string, previous: Block | undefined): boolean {
  if (line.length > MAX_HEADING_LENGTH || line.includes('\n')) return false;
  if (/^\p{Ll}/u.test(line) && previous !== undefined) return false;
  return /[\p{L}\p{N})»"”:]$/u.test(line) && !/[.!?…]\s/u.test(line) && /^[\p{Lu}\p{N}«"“#]/u.test(line);
}
