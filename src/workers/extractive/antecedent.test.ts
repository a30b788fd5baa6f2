import { describe, expect, test } from 'vitest';
import { make, source } from '../../../test/support/workers/section-material.ts';
import { antecedentOf, dangles } from './antecedent.ts';
import { prepareSources } from './prepare-sources.ts';

describe('what cannot open an item', () => {
  test.each([
    'Однако краеведы сомневаются в этом рассказе.',
    'Он утверждал, что мост простоял век.',
    'They want nine hundred pounds for the boat.',
    'Краевед Лунин, напротив, считает мост поздним.',
    'The red one is hard to read from afar.',
    'Then we buy it.',
  ])('%s', text => {
    expect(dangles(text)).toBe(true);
  });

  test.each([
    'Таким образом, мост связал два берега реки.',
    'It was not until spring that the ferry sailed.',
    'This year the ferry sails twice a day.',
    'Мост открыли осенью.',
    'There are three bridges in the town.',
  ])('may: %s', text => {
    expect(dangles(text)).toBe(false);
  });
});

const antecedent = (text: string, dangling: string): string | undefined => {
  const prepared = prepareSources([source(text)], 'ru');
  const sentence = prepared.sentences.find(one => one.text === dangling);
  return sentence === undefined ? undefined : antecedentOf(prepared, sentence)?.text;
};

describe('the sentence a dangling one is understood by', () => {
  test('is the nearest before it that stands alone, in the same paragraph', () => {
    const dangling = 'Она умерла через год, 4 мая 1871 года.';
    expect(antecedent(`Анна Крылова лечила рыбаков всего побережья. Её знали и на островах. ${dangling}`, dangling)).toBe(
      'Анна Крылова лечила рыбаков всего побережья.',
    );
    expect(antecedent(`Анна Крылова лечила рыбаков всего побережья.\n\n${dangling}`, dangling)).toBeUndefined();
  });

  test('stands before it in its item, with its own citation', () => {
    const [, death] = make('timeline', [
      source('В 1850 году на берегу открылась больница. Анна Крылова лечила рыбаков побережья. Она умерла от тифа 4 мая 1871 года.'),
    ]).items;
    expect(death?.text).toBe('Анна Крылова лечила рыбаков побережья. Она умерла от тифа 4 мая 1871 года.');
    expect(death?.citations.map(({ quote }) => quote)).toEqual([
      'Анна Крылова лечила рыбаков побережья.',
      'Она умерла от тифа 4 мая 1871 года.',
    ]);
  });

  test('is the line before, whoever says it, where a talk settles on it', () => {
    const talk = [
      'Nora: The old boat leaks, and a new one costs nine hundred pounds.',
      'Ivo: Then we repair it.',
      'Nora: The yard is free from Monday, as far as I know.',
    ].join('\n');
    const [decision] = make('decisions', [source(talk)]).items;
    expect(decision?.text).toBe('The old boat leaks, and a new one costs nine hundred pounds. — Then we repair it.');
    expect(decision?.citations).toHaveLength(2);
  });
});
