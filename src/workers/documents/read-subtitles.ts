import { toCanonical } from './canonical-text.ts';
import { joinLines } from './join-lines.ts';
import type { Block } from './snapshot-builder.ts';

/** Characters from which a paragraph ends with its sentence: some half a minute of speech, so that its time is a place. */
const paragraphChars = 350;
/** Characters from which it ends anywhere: recognised speech may have no full stop at all. */
const unendedChars = 900;
/** Silence that ends a paragraph after a whole sentence, and one that ends it anywhere. */
const pauseMs = 3_000;
const breakMs = 10_000;
/** Share of the cues that begin with what was shown before, from which captions roll: in others a line that comes twice was said twice. */
const rollingShare = 1 / 3;
/** Between two cues of a rolling caption, and as long as one that only moves its lines up. */
const rollingMs = 100;

const stamp = String.raw`(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?`;
const timing = new RegExp(String.raw`^\s*${stamp}\s*-->\s*${stamp}`, 'u');
const voice = /<v(?:\.[^\s>]*)?\s+([^>]{1,100})>/u;
/** A cue that is nothing but a sound: «[музыка]», "(applause)", notes of music. */
const sound = /^(?:\[[^\]]*\]|\([^)]*\)|[♪♫\s#*-])+$/u;
const endsSentence = /[.!?…]["»”’)\]]*$/u;
/** Somebody else begins: a dash, two arrows as in broadcasting. */
const newVoice = /^(?:>>+|[-–—])\s*(?=\p{L})/u;
const label = /^\p{Lu}[\p{L}\p{N} .'’-]{0,40}:\s/u;

interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  readonly speaker: string | null;
  readonly lines: readonly string[];
}

/** Whether a text begins as subtitles do, whatever its name is. */
export function looksLikeSubtitles(start: string): boolean {
  return /^\ufeff?WEBVTT(?:\s|$)/u.test(start) || /^\ufeff?\s*\d+\s*\r?\n\d{1,2}:\d{2}:\d{2},\d{3}\s*-->/u.test(start);
}

/** The words after the mark of a WebVTT file, which may name what it belongs to. */
export function subtitlesTitle(text: string): string | null {
  return /^WEBVTT[ \t]+(?:-[ \t]*)?(\S.*)$/mu.exec(toCanonical(text).slice(0, 1_000))?.[1]?.trim() ?? null;
}

/**
 * SRT and WebVTT to paragraphs of whole sentences, each with the time at which it begins. Who speaks stands before the words where
 * the file says so, as in a transcript. Lines that a rolling caption shows twice are taken once, sounds are left out.
 */
export function* readSubtitles(text: string): Generator<Block> {
  let open: { text: string; timeMs: number; endMs: number; speaker: string | null } | null = null;

  function* flush(): Generator<Block> {
    if (open === null) return;
    const said = open.text.trim();
    if (said !== '') {
      yield { kind: 'paragraph', text: open.speaker === null ? said : `${open.speaker}: ${said}`, timeMs: open.timeMs };
    }
    open = null;
  }

  for (const cue of withoutRepeats([...cuesOf(toCanonical(text))])) {
    for (const line of cue.lines) {
      const begins = newVoice.test(line) || label.test(line);
      const pause: number = open === null ? 0 : cue.startMs - open.endMs;
      if (open !== null && (begins || cue.speaker !== open.speaker || isOver(open.text, pause))) yield* flush();
      const words = line.replace(newVoice, '');
      open ??= { text: '', timeMs: cue.startMs, endMs: cue.endMs, speaker: cue.speaker };
      open.text = joinLines(open.text, words);
      open.endMs = cue.endMs;
    }
  }
  yield* flush();
}

/** Of captions that roll, each line once; others as they are. */
function withoutRepeats(cues: readonly Cue[]): Cue[] {
  const rolled = cues.map((cue, at) => {
    const before = cues[at - 1];
    return before === undefined ? 0 : overlap(before.lines, cue.lines);
  });
  const rolling = cues.filter((cue, at) => {
    const repeated = rolled[at] ?? 0;
    if (repeated === 0) return false;
    const isNext = cue.startMs - (cues[at - 1]?.endMs ?? 0) <= rollingMs;
    return isNext && (repeated < cue.lines.length || cue.endMs - cue.startMs <= rollingMs);
  });
  if (rolling.length < Math.max(1, (cues.length - 1) * rollingShare)) return [...cues];
  return cues.map((cue, at) => ({ ...cue, lines: cue.lines.slice(rolled[at]) }));
}

/** How many lines at the end of one cue the next one begins with. */
function overlap(before: readonly string[], lines: readonly string[]): number {
  for (let count = Math.min(before.length, lines.length); count > 0; count -= 1)
    if (before.slice(-count).every((line, at) => line === lines[at])) return count;
  return 0;
}

function isOver(text: string, pause: number): boolean {
  if (pause >= breakMs || text.length >= unendedChars) return true;
  return endsSentence.test(text) && (pause >= pauseMs || text.length >= paragraphChars);
}

function* cuesOf(text: string): Generator<Cue> {
  let times: RegExpExecArray | null = null;
  let lines: string[] = [];
  function* flush(): Generator<Cue> {
    if (times !== null) yield* cue(times, lines);
    times = null;
    lines = [];
  }
  for (const line of text.split('\n')) {
    const found = timing.exec(line);
    if (found !== null) {
      // The number of the next cue stands right above its times where the empty line was lost.
      if (/^\d+$/u.test(lines.at(-1)?.trim() ?? '')) lines.pop();
      yield* flush();
      times = found;
    } else if (line.trim() === '') {
      yield* flush();
    } else if (times !== null) {
      lines.push(line);
    }
  }
  yield* flush();
}

function* cue(times: RegExpExecArray, given: readonly string[]): Generator<Cue> {
  const [, h1, m1, s1, f1, h2, m2, s2, f2] = times;
  const lines = given.map(plain).filter(line => line !== '' && !sound.test(line));
  if (lines.length === 0) return;
  const speaker = given.map(line => voice.exec(line)?.[1]?.trim() ?? null).find(name => name !== null) ?? null;
  yield { startMs: millis(h1, m1, s1, f1), endMs: millis(h2, m2, s2, f2), speaker, lines };
}

function millis(hours = '0', minutes = '0', seconds = '0', fraction = '0'): number {
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000 + Number(fraction.padEnd(3, '0'));
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&nbsp;': ' ', '&lrm;': '', '&rlm;': '' };

/** A line without its marks: tags, places on the screen, entities. */
function plain(line: string): string {
  return line
    .replaceAll(/<\/?[a-z\d][^<>]{0,200}>/giu, '')
    .replaceAll(/\{\\[^{}]{0,100}\}/gu, '')
    .replaceAll(/&\w{2,4};/gu, entity => entities[entity] ?? entity)
    .replaceAll(/\s+/gu, ' ')
    .trim();
}
