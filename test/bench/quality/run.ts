/**
 * ROUGE of the built-in summary against four plain ways, all with the same number of sentences:
 * `npm run bench:quality [dev|test]` (default: both). `npm run bench:quality -- quotes` and `-- items [dev|test]` measure
 * the check of quotes and the typed items instead. How the two halves came about stands in README.md.
 */
import type { Sentence } from '../../../src/workers/extractive/prepare-sources.ts';
import { lexRank } from '../../../src/workers/extractive/lexrank.ts';
import { makeSection } from '../../../src/workers/extractive/make-section.ts';
import { type Prepared, prepareSources } from '../../../src/workers/extractive/prepare-sources.ts';
import { sparseVectors } from '../../../src/workers/extractive/sparse-vectors.ts';
import { languageOfWord, stem } from '../../../src/workers/extractive/stem.ts';
import { stopWords } from '../../../src/workers/extractive/stop-words.ts';
import { plainSource } from './plain-source.ts';
import { type QualityCase, readSet } from './read-set.ts';
import { printItems } from './items/print-items.ts';
import { printQuotes } from './quotes/print-quotes.ts';
import { rouge, type RougeScores } from './rouge.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { wordsOf } from '../../../src/shared/domain/words.ts';

/** Random summaries per text, averaged; the spread of the mean is then below half a point. */
const RANDOM_DRAWS = 50;
const SEED = 20_261_122;

/** Resamplings of the texts of a cell for the interval of a mean difference; its ends then move by a tenth between seeds. */
const BOOTSTRAP_DRAWS = 5_000;
/** The share of resampled means inside the interval. */
const CONFIDENCE = 0.95;

/** `lexrank` is the published method on the bare sentences, `lexrank=` the same with about as many words as ours instead of as many sentences; `lexrank+` is given our reading of the text: no speakers, fillers, greetings. */
type Way = 'konspekt' | 'lead' | 'random' | 'lexrank' | 'lexrank=' | 'lexrank+';
const ways: readonly Way[] = ['konspekt', 'lead', 'lexrank', 'lexrank=', 'lexrank+', 'random'];
const measures = ['rouge1', 'rouge2', 'rougeL'] as const;

function summariesOf(way: Way, prepared: Prepared, own: readonly string[]): string[] {
  if (way === 'konspekt') return [own.join(' ')];
  const sentences = prepared.sentences.filter(({ kind }) => kind !== 'heading');
  const count = own.length;
  if (way === 'lead') return [joined(sentences.slice(0, Math.max(3, count)))];
  if (way === 'lexrank' || way === 'lexrank=' || way === 'lexrank+') {
    const ranks = lexRank(
      sparseVectors(
        sentences.map(({ stems, words }) =>
          way === 'lexrank+'
            ? stems
            : words.filter(word => !stopWords.ru.has(word) && !stopWords.en.has(word)).map(word => stem(word, languageOfWord(word))),
        ),
      ),
    );
    const ranked = sentences
      .map((sentence, row) => ({ sentence, rank: ranks[row] ?? 0 }))
      .sort((a, b) => b.rank - a.rank)
      .map(({ sentence }) => sentence);
    return [joined(way === 'lexrank=' ? aboutAsLong(ranked, wordsOf(own.join(' ')).length) : ranked.slice(0, count))];
  }
  const random = seededRandom(SEED);
  return Array.from({ length: RANDOM_DRAWS }, () =>
    joined(
      [...sentences]
        .map(sentence => ({ sentence, key: random() }))
        .sort((a, b) => a.key - b.key)
        .slice(0, count)
        .map(({ sentence }) => sentence),
    ),
  );
}

/** As many of the first as come nearest to so many words. */
function aboutAsLong(ranked: readonly Sentence[], target: number): Sentence[] {
  let words = 0;
  const end = ranked.findIndex(sentence => {
    const longer = words + sentence.words.length;
    if (Math.abs(longer - target) >= Math.abs(words - target)) return true;
    words = longer;
    return false;
  });
  return end === -1 ? [...ranked] : ranked.slice(0, end);
}

const joined = (sentences: readonly Sentence[]): string =>
  [...sentences]
    .sort((a, b) => a.index - b.index)
    .map(({ text }) => text)
    .join(' ');

/** A score and how many words it took. */
type Scored = RougeScores & { readonly words: number };

function scoresOf(test: QualityCase): Record<Way, Scored> {
  const prepared = prepareSources([plainSource(test.name, test.text)], test.language);
  const own = makeSection('summary', prepared, { detail: 'standard' }).items.map(({ text }) => text);
  const average = (way: Way): Scored =>
    meanOf(summariesOf(way, prepared, own).map(summary => ({ ...rouge(summary, test.reference), words: wordsOf(summary).length })));
  return {
    konspekt: average('konspekt'),
    lead: average('lead'),
    lexrank: average('lexrank'),
    'lexrank=': average('lexrank='),
    'lexrank+': average('lexrank+'),
    random: average('random'),
  };
}

function meanOf(scores: readonly Scored[]): Scored {
  const mean = (measure: (typeof measures)[number] | 'words'): number =>
    scores.reduce((sum, score) => sum + score[measure], 0) / Math.max(1, scores.length);
  return { rouge1: mean('rouge1'), rouge2: mean('rouge2'), rougeL: mean('rougeL'), words: mean('words') };
}

/**
 * The interval the mean difference of paired scores falls into when the texts of the cell are drawn again with replacement
 * (percentile bootstrap; B. Efron, "Bootstrap Methods: Another Look at the Jackknife", Annals of Statistics 7, 1979). With some ten
 * texts it is rather too narrow: an interval that only just leaves zero out proves little.
 */
function bootstrapInterval(differences: readonly number[]): readonly [low: number, high: number] {
  const random = seededRandom(SEED);
  const means = Array.from({ length: BOOTSTRAP_DRAWS }, () => {
    let sum = 0;
    for (let draw = 0; draw < differences.length; draw += 1) sum += differences[Math.floor(random() * differences.length)] ?? 0;
    return sum / Math.max(1, differences.length);
  }).sort((a, b) => a - b);
  const at = (share: number): number => means[Math.min(means.length - 1, Math.floor(share * means.length))] ?? 0;
  return [at((1 - CONFIDENCE) / 2), at((1 + CONFIDENCE) / 2)];
}

const figure = (value: number): string => value.toFixed(1).padStart(5);
const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;

function printCell(title: string, scored: readonly Record<Way, Scored>[]): void {
  const means = new Map(ways.map(way => [way, meanOf(scored.map(scores => scores[way]))]));
  const own = means.get('konspekt');
  if (own === undefined || scored.length === 0) return;
  console.log(`\n${title.padEnd(26)} ROUGE-1  ROUGE-2  ROUGE-L    words    konspekt / it`);
  for (const [way, mean] of means) {
    const ratio = measures.map(measure => (own[measure] / Math.max(0.01, mean[measure])).toFixed(2)).join('  ');
    console.log(
      `${way.padEnd(26)} ${[...measures, 'words' as const].map(measure => figure(mean[measure])).join('    ')}    ${way === 'konspekt' ? '' : ratio}`.trimEnd(),
    );
  }
  for (const other of ['lexrank', 'lexrank=', 'lexrank+'] as const) {
    const intervals = measures.map(measure => {
      const differences = scored.map(scores => scores.konspekt[measure] - scores[other][measure]);
      const [low, high] = bootstrapInterval(differences);
      return `${signed(own[measure] - (means.get(other)?.[measure] ?? 0))} [${signed(low)}, ${signed(high)}]`;
    });
    console.log(`  above ${other.padEnd(9)} (95 %)   ${intervals.join('   ')}`);
  }
}

export function run([asked, half]: readonly string[]): Promise<number> {
  if (asked === 'quotes') return Promise.resolve(printQuotes());
  if (asked === 'items') return Promise.resolve(printItems(half));
  const halves = asked === 'dev' || asked === 'test' ? ([asked] as const) : (['dev', 'test'] as const);
  for (const half of halves) printHalf(half);
  return Promise.resolve(0);
}

function printHalf(half: QualityCase['half']): void {
  const scored = readSet(half).map(test => ({ test, scores: scoresOf(test) }));
  for (const genre of ['article', 'dialogue'] as const) {
    for (const language of ['ru', 'en'] as const) {
      const cell = scored.filter(({ test }) => test.genre === genre && test.language === language).map(({ scores }) => scores);
      printCell(`${half} · ${language} ${genre}s (n = ${cell.length})`, cell);
    }
  }
  printCell(
    `${half} · all (n = ${scored.length})`,
    scored.map(({ scores }) => scores),
  );
}
