import type { Delimit } from '../../agent/loop/delimited-data.ts';
import { estimateTokens } from '../../agent/loop/estimate-tokens.ts';
import type { ReadSource } from '../coverage.ts';

/** A stretch of one source, UTF-16 offsets into its snapshot. */
export interface Part {
  /** Index into the sources. */
  readonly source: number;
  readonly start: number;
  readonly end: number;
}
/** What one call is shown. */
export type Chunk = readonly Part[];

/** Shorter than this a chunk is not parted: what fails with so little text fails with less. */
const leastChars = 400;

/**
 * The whole material in chunks of at most so many tokens, by estimate. Borders are those of segments; one that is longer than a
 * chunk is parted between words. Small sources share a chunk.
 */
export function chunksOf(sources: readonly ReadSource[], mostTokens: number): Chunk[] {
  const chunks: Part[][] = [];
  let room = 0;
  function add(part: Part, tokens: number): void {
    const chunk = chunks.at(-1);
    if (chunk === undefined || tokens > room) {
      chunks.push([part]);
      room = mostTokens - tokens;
      return;
    }
    room -= tokens;
    const last = chunk.at(-1);
    if (last?.source === part.source) chunk[chunk.length - 1] = { ...last, end: part.end };
    else chunk.push(part);
  }
  sources.forEach(({ snapshot: { text, segments } }, source) => {
    for (const { start, end } of segments)
      for (const part of pieces({ source, start, end }, text, mostTokens)) add(part, tokensOf(part, text));
  });
  return chunks;
}

/** Two halves of a chunk that was too long for a model; null when it is not worth parting. */
export function halvesOf(chunk: Chunk, sources: readonly ReadSource[]): readonly [Chunk, Chunk] | null {
  if (chunk.length > 1) {
    const middle = Math.ceil(chunk.length / 2);
    return [chunk.slice(0, middle), chunk.slice(middle)];
  }
  const [part] = chunk;
  const text = part === undefined ? undefined : sources[part.source]?.snapshot.text;
  if (part === undefined || text === undefined || part.end - part.start < 2 * leastChars) return null;
  const at = borderNear(text, Math.floor((part.start + part.end) / 2), part.start, part.end);
  return [[{ ...part, end: at }], [{ ...part, start: at }]];
}

/** The text of a chunk as a model is shown it: each source between marks, under its number. */
export function shownChunk(chunk: Chunk, sources: readonly ReadSource[], word: string, delimit: Delimit): string {
  return chunk
    .flatMap(part => {
      const source = sources[part.source];
      if (source === undefined) return [];
      return [delimit(`${word} ${part.source + 1}: ${source.input.title}`, source.snapshot.text.slice(part.start, part.end))];
    })
    .join('\n\n');
}

/** The same without the marks of the attempt: what two attempts have in common. */
export function contentOf(chunk: Chunk, sources: readonly ReadSource[]): string[] {
  return chunk.flatMap(part => [`${part.source + 1}`, sources[part.source]?.snapshot.text.slice(part.start, part.end) ?? '']);
}

function tokensOf({ start, end }: Part, text: string): number {
  return estimateTokens(text.slice(start, end)) + 1;
}

function pieces(part: Part, text: string, mostTokens: number): Part[] {
  if (tokensOf(part, text) <= mostTokens || part.end - part.start < 2 * leastChars) return [part];
  const at = borderNear(text, Math.floor((part.start + part.end) / 2), part.start, part.end);
  return [...pieces({ ...part, end: at }, text, mostTokens), ...pieces({ ...part, start: at }, text, mostTokens)];
}

/** Characters looked through for the end of a sentence, then of a word. */
const borderReach = 300;

/** Just after the sentence, else the word, that ends last before the middle; the middle itself in a text without either. */
function borderNear(text: string, middle: number, start: number, end: number): number {
  const from = Math.max(start + 1, middle - borderReach);
  const before = text.slice(from, middle);
  for (const border of [/[.!?…]["»”)]*\s+(?=\S)/gu, /\s+(?=\S)/gu]) {
    const last = [...before.matchAll(border)].at(-1);
    if (last !== undefined) return from + last.index + last[0].length;
  }
  const isPair = /[\uD800-\uDBFF]/u.test(text.charAt(middle - 1));
  return Math.min(end - 1, isPair ? middle + 1 : middle);
}
