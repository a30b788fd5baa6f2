import type { Snapshot } from '../../shared/domain/snapshot.ts';
import { foldText } from '../../shared/domain/words.ts';
import { alwaysGoesOn, endsAfterT, endsBeforeCapital, mayEnd } from './abbreviations.ts';
import { type Block, readBlocks } from './read-blocks.ts';
import { stopWords } from './stop-words.ts';

/** A sentence of a snapshot: `text.slice(start, end)` is it, without white space at its ends. */
export interface SentenceSpan {
  readonly start: number;
  readonly end: number;
  /** Index of the block it lies in. */
  readonly block: number;
}

/** A transcript without punctuation is cut at white space: beyond this length nobody reads a citation. */
const MAX_SENTENCE_LENGTH = 1_200;
/** Where such a run is cut: about the length of three ordinary sentences. */
const CUT_LENGTH = 400;

const segmenter = new Intl.Segmenter('ru', { granularity: 'sentence' });
const letter = /\p{L}/u;

/** Sentences of every readable block, in order; none crosses a segment, an utterance or an item of a list. */
export function splitSentences(snapshot: Pick<Snapshot, 'text' | 'segments'>): SentenceSpan[] {
  return sentencesOfBlocks(snapshot.text, readBlocks(snapshot).blocks);
}

export function sentencesOfBlocks(text: string, blocks: readonly Block[]): SentenceSpan[] {
  const spans: SentenceSpan[] = [];
  blocks.forEach((block, index) => {
    if (block.kind === 'heading' || block.kind === 'code' || block.kind === 'table') {
      spans.push({ start: block.start, end: block.end, block: index });
      return;
    }
    for (const [start, end] of sentencesOf(text.slice(block.start, block.end), block.kind === 'message' || block.speaker !== null)) {
      spans.push({ start: block.start + start, end: block.start + end, block: index });
    }
  });
  return spans;
}

/** Offsets of the sentences of a plain stretch of text; in a talk a full stop ends a sentence also before a small letter. */
export function sentencesOf(stretch: string, isTalk = false): [start: number, end: number][] {
  // A line break is a sentence break to the segmenter, but only a wrapped line to us; the same length keeps offsets true.
  const flat = stretch.replaceAll('\n', ' ');
  const merged: [number, number][] = [];
  let start = 0;
  for (const { index, segment } of segmenter.segment(flat)) {
    const end = index + segment.length;
    if (end < flat.length && goesOn(flat, start, end)) continue;
    pushParts(flat, start, end, isTalk, merged);
    start = end;
  }
  if (start < flat.length) pushParts(flat, start, flat.length, isTalk, merged);
  return merged;
}

/**
 * Ends the segmenter does not see: «…» before a capital letter, and a full stop before a number that a small letter follows
 * («…справляться. 6 января…»). A word of three letters and more that is no abbreviation stands before such a stop. Last, a
 * full stop with references after it, as encyclopaedias write them: «…в Москве.[1][2] Затем…».
 */
const missedEnds =
  /[.!?…](?:\[[^\]\s]{1,12}\])+\s+(?=[«"“(]?[\p{Lu}\d])|…[»"”)]*\s+(?=[«"“(]?\p{Lu})|(?<=(?<!\p{L})(\p{Ll}{3,})|[)»"”%])\.\s+(?=\d)/gu;

/** People write to each other without capitals: «аудитория 305. я забронирую». */
const missedEndsOfTalk = new RegExp(String.raw`${missedEnds.source}|(?<=(?<!\p{L})(\p{Ll}{3,})|\d{2,}|[)»])\.\s+(?=\p{Ll})`, 'gu');

function pushParts(flat: string, start: number, end: number, isTalk: boolean, into: [number, number][]): void {
  let from = start;
  for (const match of flat.slice(start, end).matchAll(isTalk ? missedEndsOfTalk : missedEnds)) {
    const word = match[1] ?? match[2];
    if (word !== undefined && isAbbreviation(foldText(word))) continue;
    const cut = start + match.index + match[0].length;
    pushTrimmed(flat, from, cut, into);
    from = cut;
  }
  while (end - from > MAX_SENTENCE_LENGTH) {
    const space = flat.lastIndexOf(' ', from + CUT_LENGTH);
    const cut = space > from ? space : from + CUT_LENGTH;
    pushTrimmed(flat, from, cut, into);
    from = cut;
  }
  pushTrimmed(flat, from, end, into);
}

const isAbbreviation = (word: string): boolean => alwaysGoesOn.has(word) || mayEnd.has(word) || endsBeforeCapital.has(word);

function pushTrimmed(flat: string, start: number, end: number, into: [number, number][]): void {
  const piece = flat.slice(start, end);
  const trimmed = piece.trim();
  if (trimmed === '') return;
  const from = start + (piece.length - piece.trimStart().length);
  into.push([from, from + trimmed.length]);
}

/** Whether the break the segmenter made at `end` is none: after an abbreviation, initials, a list number, before a small letter. */
function goesOn(flat: string, start: number, end: number): boolean {
  const before = flat.slice(start, end).trimEnd();
  const after = flat.slice(end, end + 40).trimStart();
  if (after === '') return false;
  // «Правда?» спросил он — but in a chat «готов? тогда еду» are two sentences.
  if (before.endsWith('[') || (/^\p{Ll}/u.test(after) && !/\p{L}[?!]+$/u.test(before))) return true;
  if (/^(?:\d{1,3}|\p{L})[.)]$/u.test(before.trim())) return true;
  if (!before.endsWith('.')) return false;
  const last = lastToken(before);
  if (last === '') return false;
  const next = /^[«"“(]?([\p{L}\p{N}]+)/u.exec(after)?.[1] ?? '';
  const folded = foldText(last);
  // «5 м. Дальше» is a unit and an end, «Читает М. В. Орлова» an initial.
  if ((endsBeforeCapital.has(folded) && !isInitial(last)) || (endsAfterT.has(folded) && /(?:^|\s)т\.\s?\p{L}\.$/u.test(before)))
    return !/^\p{Lu}/u.test(next);
  if (/^\p{Lu}\.(?!\.)/u.test(after) && (isInitial(last) || mayEnd.has(folded))) return true;
  if (isInitial(last)) return !beginsSentence(next) && !/\d\s?\p{L}\.$/u.test(before);
  if (alwaysGoesOn.has(folded)) return true;
  if (mayEnd.has(folded) && closesWithYear(before, next)) return false;
  if (mayEnd.has(folded)) return /^\p{N}/u.test(next) || !beginsSentence(next);
  return false;
}

/** «…датированных 1338–1339 гг. Древний…»: what has its verb and closes with a year is told; «Осенью 1812 г. Наполеон…» has none yet. */
const closedByYear = /\p{Ll}{2,}(?:л|ла|ло|ли|лся|лась|лось|лись|ет|ют|ит|ат|ят|тся)(?!\p{L}).*\d{3,4}\s?гг?\.$/u;
const closesWithYear = (before: string, next: string): boolean => /^\p{Lu}\p{Ll}/u.test(next) && closedByYear.test(before);

/** The letters and inner points before the closing point: «проф», "U.S", «С». */
function lastToken(before: string): string {
  return /([\p{L}](?:[\p{L}-]|\.(?=\p{L}))*)\.$/u.exec(before)?.[1] ?? '';
}

const isInitial = (token: string): boolean => token.length === 1 && letter.test(token) && token === token.toUpperCase();

/** A capitalised function word begins a sentence; a name or a noun after an abbreviation goes on with the old one. */
function beginsSentence(word: string): boolean {
  const folded = foldText(word);
  return word !== folded && (stopWords.ru.has(folded) || stopWords.en.has(folded));
}
