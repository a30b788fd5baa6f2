import { expect, test } from 'vitest';
import { recipe } from './browser.ts';
import { freeName, offeredParams, withParams } from './recipe-params.ts';

const search = { by: 'role' as const, role: 'searchbox', name: 'Поиск по магазину' };
const run = recipe.parse({
  name: 'Prices',
  sites: ['shop.example'],
  steps: [
    { action: { do: 'open', url: 'https://shop.example/catalog/tea?city=%D0%A2%D0%B2%D0%B5%D1%80%D1%8C&page=2' } },
    { action: { do: 'type', target: search, value: { text: 'чай & кофе' } } },
    { action: { do: 'select', target: { by: 'label', text: 'Сортировка' }, options: ['Дешевле'] } },
    { action: { do: 'open', url: 'https://shop.example/search?q=%D1%87%D0%B0%D0%B9+%26+%D0%BA%D0%BE%D1%84%D0%B5#top' } },
    { action: { do: 'click', target: { by: 'role', role: 'link', name: 'чай & кофе' } } },
    { action: { do: 'assert', that: { text: 'чай & кофе' } } },
  ],
});

test('what was typed, chosen and asked for by address is offered once, by the name of where it stood', () => {
  expect(offeredParams(run)).toEqual([
    { name: 'city', value: 'Тверь', isLikely: true },
    { name: 'page', value: '2', isLikely: false },
    { name: 'catalog', value: 'tea', isLikely: false },
    { name: 'поиск-по-магазину', value: 'чай & кофе', isLikely: true },
    { name: 'сортировка', value: 'Дешевле', isLikely: true },
    { name: 'value', value: 'search', isLikely: false },
  ]);
});

test('a chosen word becomes a place wherever it stands as a whole, in addresses however it was written there', () => {
  const made = withParams(run, [
    { name: 'товар', value: 'чай & кофе' },
    { name: 'город', value: 'Тверь' },
  ]);
  expect(made.params).toEqual([
    { name: 'товар', default: 'чай & кофе' },
    { name: 'город', default: 'Тверь' },
  ]);
  expect(made.steps.map(({ action }) => action)).toEqual([
    { do: 'open', url: 'https://shop.example/catalog/tea?city={{город}}&page=2' },
    { do: 'type', target: { ...search, nth: 0 }, value: { text: '{{товар}}' } },
    { do: 'select', target: { by: 'label', text: 'Сортировка' }, options: ['Дешевле'] },
    { do: 'open', url: 'https://shop.example/search?q={{товар}}#top' },
    { do: 'click', target: { by: 'role', role: 'link', name: '{{товар}}', nth: 0 } },
    { do: 'assert', that: { text: '{{товар}}' } },
  ]);
  expect(recipe.parse(made)).toEqual(made);
  // What has become a parameter is not offered again.
  expect(offeredParams(made).map(({ value }) => value)).toEqual(['2', 'tea', 'Дешевле', 'search']);
});

test('a name is one that a parameter may have, and free', () => {
  expect(freeName('  E-mail (work): ', new Set())).toBe('e-mail-work');
  expect(freeName('…', new Set(['value', 'value-2']))).toBe('value-3');
  expect(freeName('я'.repeat(200), new Set())).toHaveLength(56);
});
