import { wordsOf } from '../../../src/shared/domain/words.ts';
import { languageOfWord, stem } from '../../../src/workers/extractive/stem.ts';

export interface RougeScores {
  readonly rouge1: number;
  readonly rouge2: number;
  readonly rougeL: number;
}

/**
 * F1 of ROUGE-1, ROUGE-2 and ROUGE-L over stemmed words, stop words kept (C.-Y. Lin, "ROUGE: A Package for Automatic Evaluation of
 * Summaries", ACL workshop 2004; ROUGE-L over the whole summary). In per cent. Packages for it stem English only.
 */
export function rouge(candidate: string, reference: string): RougeScores {
  const a = stemsOf(candidate);
  const b = stemsOf(reference);
  return { rouge1: overlapF1(a, b), rouge2: overlapF1(pairsOf(a), pairsOf(b)), rougeL: f1(longestCommon(a, b), a.length, b.length) };
}

const stemsOf = (text: string): string[] => wordsOf(text).map(word => stem(word, languageOfWord(word)));
const pairsOf = (words: readonly string[]): string[] => words.slice(1).map((word, index) => `${words[index]} ${word}`);

function overlapF1(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>();
  for (const unit of b) left.set(unit, (left.get(unit) ?? 0) + 1);
  let common = 0;
  for (const unit of a) {
    const count = left.get(unit) ?? 0;
    if (count > 0) {
      common += 1;
      left.set(unit, count - 1);
    }
  }
  return f1(common, a.length, b.length);
}

function f1(common: number, candidateLength: number, referenceLength: number): number {
  return candidateLength + referenceLength === 0 ? 0 : (200 * common) / (candidateLength + referenceLength);
}

function longestCommon(a: readonly string[], b: readonly string[]): number {
  let previous = new Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const row = [0];
    b.forEach((other, index) =>
      row.push(word === other ? (previous[index] ?? 0) + 1 : Math.max(previous[index + 1] ?? 0, row[index] ?? 0)),
    );
    previous = row;
  }
  return previous[b.length] ?? 0;
}
