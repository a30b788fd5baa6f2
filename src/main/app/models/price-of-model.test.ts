import { expect, test } from 'vitest';
import { providerId } from '../../../shared/domain/ids.ts';
import { knownPrice } from '../../../shared/domain/price.ts';
import { defaultBaseUrls } from '../../../shared/domain/provider.ts';
import type { StoredProvider } from '../../store/providers/provider-repository.ts';
import { priceOfModel } from './price-of-model.ts';

const anthropic: StoredProvider = {
  id: providerId.parse('01920000-0000-7000-8000-000000000001'),
  kind: 'anthropic',
  name: 'Anthropic',
  baseUrl: defaultBaseUrls.anthropic,
  models: [],
  modelsSeenAtMs: null,
};
const local: StoredProvider = { ...anthropic, kind: 'openai_compatible', baseUrl: 'http://127.0.0.1:11434/v1' };
const own = { input: 1, output: 2, cached: null, upToInputTokens: null };

test('the table holds at the provider’s own address, for a model and its dated names, with the day and the place', () => {
  const known = priceOfModel(anthropic, 'claude-haiku-4-5-20251001', null);
  expect(known).toMatchObject({ from: 'table', price: { input: 1, output: 5, cached: 0.1 } });
  expect(knownPrice.parse(known)).toEqual(known);
  expect(known.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/u);
  expect(known.source).toMatch(/^https:/u);
  expect(priceOfModel({ ...anthropic, baseUrl: 'https://proxy.example/v1' }, 'claude-haiku-4-5', null)).toMatchObject({
    from: null,
    price: null,
  });
  expect(priceOfModel(anthropic, 'claude-of-tomorrow', null)).toMatchObject({ from: null, price: null });
});

test('a dated name with a price of its own does not take that of the name without the date', () => {
  const openai = { ...anthropic, kind: 'openai', baseUrl: defaultBaseUrls.openai } as const;
  expect(priceOfModel(openai, 'gpt-4o-2024-05-13', null).price).toMatchObject({ input: 5, output: 15, cached: null });
  expect(priceOfModel(openai, 'gpt-4o-2024-08-06', null).price).toMatchObject({ input: 2.5, output: 10 });
});

test('this machine takes nothing, but for models that it has run elsewhere', () => {
  expect(priceOfModel(local, 'qwen3:8b', null)).toMatchObject({ from: 'this_machine', price: { input: 0, output: 0 } });
  expect(priceOfModel(local, 'qwen3:480b-cloud', null)).toMatchObject({ from: null, price: null });
});

test('the endpoint’s word goes before the table, and the person’s before all', () => {
  const lists = { ...anthropic, models: [{ id: 'claude-haiku-4-5', contextTokens: null, price: { ...own, input: 7 } }] };
  expect(priceOfModel(lists, 'claude-haiku-4-5', null)).toMatchObject({ from: 'endpoint', price: { input: 7 } });
  for (const provider of [anthropic, lists, local])
    expect(priceOfModel(provider, 'claude-haiku-4-5', own)).toMatchObject({ from: 'person', price: own });
});
