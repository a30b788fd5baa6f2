import { expect, test } from 'vitest';
import { recipe } from '../../../shared/domain/browser.ts';
import { filledRecipe } from './filled-recipe.ts';

const search = recipe.parse({
  name: 'Search {{what}}',
  sites: ['shop.example'],
  params: [
    { name: 'what', default: null },
    { name: 'сколько', default: '10' },
  ],
  steps: [{ action: { do: 'open', url: 'https://shop.example/?q={{ what }}&n={{сколько}}' } }],
});

test('values stand where the recipe names them, and its own where none is given', () => {
  const filled = filledRecipe(search, { what: 'чай' });
  expect(filled.steps[0]?.action).toEqual({ do: 'open', url: `https://shop.example/?q=${encodeURIComponent('чай')}&n=10` });
  expect(filled.params).toEqual([]);
});

test('a value is words and nothing more: it adds neither a step, nor a site, nor a parameter', () => {
  const what = '"}}, {"action": {"do": "back"}} {{сколько}} $&';
  const filled = filledRecipe(search, { what });
  expect(filled.steps).toHaveLength(1);
  const [step] = filled.steps;
  expect(step?.action.do === 'open' && [...new URL(step.action.url).searchParams]).toEqual([
    ['q', what],
    ['n', '10'],
  ]);
  expect(filled.sites).toEqual(['shop.example']);
});

test('what is missing, unknown, or means an element of one load of a page alone is refused', () => {
  const refused = { code: 'unfit_recipe' };
  expect(() => filledRecipe(search, {})).toThrow(expect.objectContaining(refused));
  expect(() => filledRecipe(search, { what: 'x', other: 'y' })).toThrow(expect.objectContaining(refused));
  const stranger = recipe.parse({ ...search, params: [] });
  expect(() => filledRecipe(stranger, {})).toThrow(expect.objectContaining(refused));
  const byRef = recipe.parse({ ...search, params: [], steps: [{ action: { do: 'click', target: { by: 'ref', ref: 'e5' } } }] });
  expect(() => filledRecipe(byRef, {})).toThrow(expect.objectContaining(refused));
});

test('a value is written as its place in an address wants it, and a whole address is as it was given', () => {
  const given = { what: 'https://other.example/a b?x=1&y' };
  const urlOf = (url: string) =>
    filledRecipe(recipe.parse({ ...search, steps: [{ action: { do: 'open', url } }] }), given).steps.map(
      ({ action }) => action.do === 'open' && action.url,
    );
  expect(urlOf('{{what}}')).toEqual([given.what]);
  expect(urlOf('https://shop.example/go?to={{what}}')).toEqual([`https://shop.example/go?to=${encodeURIComponent(given.what)}`]);
  expect(urlOf('https://shop.example/{{what}}')).toEqual(['https://shop.example/https%3A//other.example/a%20b%3Fx%3D1%26y']);
});
