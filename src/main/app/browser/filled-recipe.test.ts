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
  expect(filled.steps[0]?.action).toEqual({ do: 'open', url: 'https://shop.example/?q=чай&n=10' });
  expect(filled.params).toEqual([]);
});

test('a value is words and nothing more: it adds neither a step, nor a site, nor a parameter', () => {
  const filled = filledRecipe(search, { what: '"}}, {"action": {"do": "back"}} {{сколько}} $&' });
  expect(filled.steps).toHaveLength(1);
  expect(filled.steps[0]?.action).toMatchObject({ url: 'https://shop.example/?q="}}, {"action": {"do": "back"}} {{сколько}} $&&n=10' });
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
