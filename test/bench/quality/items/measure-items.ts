import type { Section } from '../../../../src/shared/domain/synopsis.ts';
import { languageOfWord, stem } from '../../../../src/workers/extractive/stem.ts';
import { makeSection } from '../../../../src/workers/extractive/make-section.ts';
import { prepareSources } from '../../../../src/workers/extractive/prepare-sources.ts';
import { stopWords } from '../../../../src/workers/extractive/stop-words.ts';
import { wordsOf } from '../../../../src/shared/domain/words.ts';
import { plainSource } from '../plain-source.ts';
import { itemKinds, type GoldItem, type ItemCase, type ItemKind } from './read-items.ts';

export interface ItemRates {
  /** Items that were made, without those that two readers could disagree about. */
  readonly made: number;
  readonly right: number;
  readonly wanted: number;
  readonly found: number;
  /** What was made and is not there, and what is there and was not made. */
  readonly wrong: readonly string[];
  readonly missed: readonly string[];
  /** Tasks that were found, and of how many of them the person and the date are as they were told. */
  readonly withWho: number;
  readonly withDue: number;
}

type Item = Section['items'][number];

const stemsOf = (text: string): string[] =>
  wordsOf(text)
    .filter(word => !stopWords.ru.has(word) && !stopWords.en.has(word))
    .map(word => stem(word, languageOfWord(word)));

/** The same words, whatever their endings, articles and prepositions. */
function saysSame(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return one === other;
  return stemsOf(one).sort().join(' ') === stemsOf(other).sort().join(' ');
}

/** A question is marked behind what leaves it open, which may be the answer to it: then the question itself is as good a quote. */
function placesOf({ kind, at }: GoldItem, text: string): number[] {
  const asked = kind === 'questions' ? text.lastIndexOf('?', at - 1) : -1;
  return asked !== -1 && asked + 1 < at && at - asked < answerLength ? [at, asked + 1] : [at];
}
/** Characters that an answer which leaves a question open takes, with the name of who gives it. */
const answerLength = 80;

function isAt(item: Item, gold: GoldItem, text: string): boolean {
  return placesOf(gold, text).some(at =>
    item.citations.some(({ start, end }) => start !== null && end !== null && start < at && at <= end),
  );
}

/** The built-in engine's items of each kind against those that a person has marked. A definition has to be of the same term. */
export function measureItems(cases: readonly ItemCase[]): Record<ItemKind, ItemRates> {
  const rates = (kind: ItemKind): ItemRates => {
    const sums = { made: 0, right: 0, wanted: 0, found: 0, withWho: 0, withDue: 0 };
    const wrong: string[] = [];
    const missed: string[] = [];
    for (const { name, language, text, items: gold } of cases) {
      const section = makeSection(kind, prepareSources([plainSource(name, text)], language), { detail: 'full' });
      const left = new Set(gold.filter(each => each.kind === kind));
      sums.wanted += [...left].filter(({ isOptional }) => !isOptional).length;
      for (const item of section.items) {
        const isSame = (each: GoldItem): boolean =>
          isAt(item, each, text) && (each.term === null || !('term' in item) || saysSame(item.term, each.term));
        const same = [...left].filter(isSame).sort((a, b) => Number(a.isOptional) - Number(b.isOptional))[0];
        if (same?.isOptional === true) left.delete(same);
        if (same?.isOptional === true) continue;
        sums.made += 1;
        if (same === undefined) {
          wrong.push(`${name}: ${'term' in item ? `${item.term}: ` : ''}${item.text}`);
          continue;
        }
        left.delete(same);
        sums.right += 1;
        sums.found += 1;
        if ('due' in item && saysSame(item.who, same.who)) sums.withWho += 1;
        else if ('due' in item) wrong.push(`${name}: who "${item.who ?? '-'}", wanted "${same.who ?? '-'}"`);
        if ('due' in item && saysSame(item.due, same.due)) sums.withDue += 1;
        else if ('due' in item) wrong.push(`${name}: due "${item.due ?? '-'}", wanted "${same.due ?? '-'}"`);
      }
      for (const { at, isOptional } of left) if (!isOptional) missed.push(`${name}: …${text.slice(Math.max(0, at - 80), at)}`);
    }
    return { ...sums, wrong, missed };
  };
  return Object.fromEntries(itemKinds.map(kind => [kind, rates(kind)])) as Record<ItemKind, ItemRates>;
}
