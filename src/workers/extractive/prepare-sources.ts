import type { SnapshotInput } from './snapshot-input.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { Segment, Snapshot } from '../../shared/domain/snapshot.ts';
import { wordsOf } from '../../shared/domain/words.ts';
import { type Concepts, readConcepts } from './concepts.ts';
import { detectLanguage } from './detect-language.ts';
import { headingTopicOf, type HeadingTopic } from './heading-topics.ts';
import { rankSentences, type Ranking } from './rank-sentences.ts';
import { type Block, readBlocks } from './read-blocks.ts';
import { isReferenceEntry } from './reference-entry.ts';
import { isFitForSummary } from './sentence-fitness.ts';
import { sentencesOfBlocks } from './split-sentences.ts';
import { languageOfWord, stem } from './stem.ts';
import { fillerWords, stopWords } from './stop-words.ts';
import { worseCopies } from './worse-copies.ts';

export interface PreparedSource {
  readonly input: SnapshotInput;
  readonly snapshot: Snapshot;
  readonly language: Language;
  readonly isDialogue: boolean;
  readonly blocks: readonly Block[];
  /** Names before the colons of a transcript and of chat messages. */
  readonly speakers: ReadonlySet<string>;
}

export interface Sentence {
  /** Index into `Prepared.sources`. */
  readonly source: number;
  /** Index into `Prepared.sentences`: reading order over all sources. */
  readonly index: number;
  readonly block: number;
  readonly kind: Segment['kind'];
  /** Offsets into the snapshot's text; `text` is exactly that slice. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly language: Language;
  readonly speaker: string | null;
  /** Said in a talk, rather than written: an article with a few lines of discussion below it remains an article. */
  readonly isTalk: boolean;
  readonly isFirstOfBlock: boolean;
  /** What the nearest heading above announces («Решения», "Action items"), when it is such a heading. */
  readonly topic: HeadingTopic | null;
  /** Place in its source, from 0 to 1. */
  readonly position: number;
  /** Running number among the sentences of its source that are prose. */
  readonly ordinal: number;
  /** Folded words, and the stems of those that carry content, both in order. */
  readonly words: readonly string[];
  readonly stems: readonly string[];
  /** May stand in a summary: a whole, self-contained statement. */
  readonly isFit: boolean;
}

/** Everything the sections are made from: the sources read once, every sentence scored once. */
export interface Prepared extends Ranking {
  readonly language: Language;
  readonly sources: readonly PreparedSource[];
  readonly sentences: readonly Sentence[];
  readonly concepts: Concepts;
}

export interface SourceToPrepare {
  readonly input: SnapshotInput;
  readonly snapshot: Snapshot;
}

const untold: ReadonlySet<Segment['kind']> = new Set(['heading', 'code', 'table']);

/** Reads, splits, stems and ranks all sources. Pure; about a third of a second for a megabyte of text. */
export function prepareSources(sources: readonly SourceToPrepare[], language: Language): Prepared {
  const prepared: PreparedSource[] = [];
  const sentences: Sentence[] = [];
  sources.forEach(({ input, snapshot }, source) => {
    const { blocks, isDialogue } = readBlocks(snapshot);
    const speakers = new Set(blocks.flatMap(block => (block.speaker === null ? [] : [block.speaker])));
    const read: PreparedSource = {
      input,
      snapshot,
      blocks,
      isDialogue,
      speakers,
      language: snapshot.language ?? detectLanguage(snapshot.text) ?? language,
    };
    prepared.push(read);
    for (const sentence of readSentences(read, source, sentences.length)) sentences.push(sentence);
  });
  const told = sources.length > 1 ? withoutWorseCopies(prepared, sentences) : sentences;
  return { language, sources: prepared, ...weighed(prepared, told) };
}

/** Leaves out what a better copy of the same text holds, too; the sentences are numbered anew. */
function withoutWorseCopies(sources: readonly PreparedSource[], sentences: readonly Sentence[]): Sentence[] {
  const worse = worseCopies(
    sources.map(({ snapshot }) => snapshot.text),
    sentences,
  );
  return sentences.filter(sentence => !worse.has(sentence)).map((sentence, index) => ({ ...sentence, index }));
}

function weighed(
  prepared: readonly PreparedSource[],
  sentences: readonly Sentence[],
): Pick<Prepared, 'sentences' | 'concepts' | keyof Ranking> {
  const concepts = readConcepts(sentences.map(({ stems, kind, topic }) => ({ stems, isTold: !untold.has(kind) && topic !== 'noise' })));
  return { sentences, concepts, ...rankSentences(prepared, sentences) };
}

function readSentences(source: PreparedSource, sourceIndex: number, firstIndex: number): Sentence[] {
  const { snapshot, blocks, isDialogue, language } = source;
  const spans = sentencesOfBlocks(snapshot.text, blocks);
  const isContent = contentFilter(language, isDialogue, source.speakers);
  const length = Math.max(1, snapshot.text.length);
  const isAllTalk = isDialogue && spokenShare(blocks) >= MIN_SPOKEN_SHARE;
  const running = isDialogue ? new Set<string>() : runningLines(snapshot.text, blocks);
  let topic: HeadingTopic | null = null;
  let lastBlock = -1;
  let ordinal = -1;
  let isReference = false;
  return spans.map((span, offset) => {
    const block = blocks[span.block];
    if (block === undefined)
      throw new Error(`Sentence ${offset} names block ${span.block} of ${blocks.length}; split the same blocks that are passed.`);
    const text = snapshot.text.slice(span.start, span.end);
    const isProse = block.kind !== 'heading' && block.kind !== 'code' && block.kind !== 'table';
    if (block.kind === 'heading') topic = headingTopicOf(text);
    if (isProse) ordinal += 1;
    const words = block.kind === 'code' ? [] : wordsOf(text);
    const stems: string[] = [];
    for (const word of words) if (isContent(word)) stems.push(stem(word, languageOfWord(word)));
    const isFirstOfBlock = span.block !== lastBlock;
    const isTalk = isAllTalk || (isDialogue && isSpoken(block));
    if (isFirstOfBlock) isReference = isProse && block.speaker === null && isReferenceEntry(snapshot.text.slice(block.start, block.end));
    lastBlock = span.block;
    return {
      source: sourceIndex,
      index: firstIndex + offset,
      block: span.block,
      kind: block.kind,
      start: span.start,
      end: span.end,
      text,
      language,
      speaker: block.speaker,
      isTalk,
      isFirstOfBlock,
      topic: block.kind === 'heading' ? null : isReference ? 'noise' : topic,
      position: span.start / length,
      ordinal: Math.max(0, ordinal),
      words,
      stems,
      isFit:
        isProse &&
        !running.has(lineKey(snapshot.text, block)) &&
        isFitForSummary({ text, words, contentCount: stems.length, isTalk, kind: block.kind }),
    };
  });
}

/** From this share of spoken text on, lines without a speaker are wrapped utterances, too. */
const MIN_SPOKEN_SHARE = 0.5;

const isSpoken = ({ kind, speaker }: Block): boolean => kind === 'message' || speaker !== null;

function spokenShare(blocks: readonly Block[]): number {
  const lengthOf = (some: readonly Block[]): number => some.reduce((sum, { start, end }) => sum + end - start, 0);
  return lengthOf(blocks.filter(isSpoken)) / Math.max(1, lengthOf(blocks));
}

/** Headers and footers of pages: short blocks that come again and again, but for their numbers. */
const MIN_RUNNING_REPEATS = 3;
const MAX_RUNNING_LENGTH = 160;

function runningLines(text: string, blocks: readonly Block[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const block of blocks) {
    if (block.end - block.start > MAX_RUNNING_LENGTH) continue;
    const key = lineKey(text, block);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return new Set([...counts].flatMap(([key, count]) => (count >= MIN_RUNNING_REPEATS ? [key] : [])));
}

const lineKey = (text: string, { start, end }: Block): string =>
  end - start > MAX_RUNNING_LENGTH ? '' : text.slice(start, end).replaceAll(/\d+/gu, '#');

/** Content words: no stop words, no single letters; in a talk neither fillers nor the names of those who speak. */
function contentFilter(language: Language, isDialogue: boolean, speakers: ReadonlySet<string>): (word: string) => boolean {
  const excluded = new Set<string>([...stopWords.ru, ...stopWords.en]);
  if (isDialogue) {
    for (const word of fillerWords[language]) excluded.add(word);
    for (const speaker of speakers) for (const word of wordsOf(speaker)) excluded.add(word);
  }
  return word => (word.length > 1 || (word >= '0' && word <= '9')) && !excluded.has(word);
}
