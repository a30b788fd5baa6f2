import { createHash } from 'node:crypto';

/** As of a small model. */
const dimensions = 64;

/** Numbers that follow from the words of a text alone: texts that share words are near each other, and no other ones. */
export function hashEmbedding(text: string): number[] {
  const sum = Array.from({ length: dimensions }, () => 0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const bytes = createHash('sha512').update(word).digest();
    for (let at = 0; at < dimensions; at += 1) sum[at] = (sum[at] ?? 0) + (bytes[at] ?? 0) - 127.5;
  }
  return sum;
}

export function embeddingsBody(model: string, texts: readonly string[], embed: (text: string) => readonly number[]): object {
  const tokens = texts.length * 10;
  return {
    object: 'list',
    model,
    data: texts.map((text, index) => ({ object: 'embedding', index, embedding: embed(text) })),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}
