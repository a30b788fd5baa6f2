import { expect, test } from 'vitest';
import { readRecipe } from './read-recipe.ts';
import { speech } from '../../../../test/support/speech.ts';

const ru = speech.ru;
const en = speech.en;
const whole = { name: 'Prices', sites: ['127.0.0.1:8080'], steps: [{ action: { do: 'open', url: 'http://127.0.0.1:8080/' } }] };
const faultsOf = (value: unknown, speech = en) => {
  const read = readRecipe(typeof value === 'string' ? value : JSON.stringify(value), speech);
  return read.ok ? [] : read.faults;
};

test('a recipe that fits is read with what it leaves out', () => {
  const read = readRecipe(JSON.stringify(whole), ru);
  expect(read).toMatchObject({ ok: true, recipe: { name: 'Prices', params: [], steps: [{ why: '' }] } });
});

test('what is no JSON is told by its place', () => {
  expect(faultsOf('{\n  "name": "a",,\n}', en)[0]).toContain('in line 2, place 15');
  expect(faultsOf('{"name": ', ru)[0]).toMatch(/в строке 1/u);
});

test('each fault says where and what', () => {
  const { name: _, ...nameless } = whole;
  expect(faultsOf(nameless)).toEqual(['name: a value is missing']);
  expect(faultsOf({ ...whole, speed: 1 })).toEqual(['the recipe: does not belong here: speed']);
  expect(faultsOf({ ...whole, steps: [...whole.steps, { action: { do: 'buy' } }] })).toEqual([
    'step 2, action.do: there is no such action',
  ]);
  expect(faultsOf({ ...whole, steps: [{ action: { do: 'click' } }] })).toEqual(['step 1, action.target: a value is missing']);
  expect(faultsOf({ ...whole, steps: [{ action: { do: 'wait', for: { ms: 'long' } } }] }, ru)).toEqual([
    'шаг 1, action.for.ms: значение не подходит',
  ]);
  expect(faultsOf([])).toEqual(['the recipe: the value does not fit']);
});

test('of many faults the first are told and the others counted', () => {
  const steps = Array.from({ length: 9 }, () => ({ action: { do: 'open' } }));
  const faults = faultsOf({ ...whole, steps });
  expect(faults).toHaveLength(7);
  expect(faults.at(-1)).toBe('And 3 more errors.');
});
