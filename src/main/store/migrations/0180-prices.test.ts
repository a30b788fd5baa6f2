import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { providerId } from '../../../shared/domain/ids.ts';
import { createBudgetRepository } from '../budgets/budget-repository.ts';
import type { Database } from '../connection.ts';
import { openConnection } from '../connection.ts';
import { migrate } from '../migrate.ts';
import { createProviders } from '../providers/provider-repository.ts';
import { migration as prices } from './0180-prices.ts';
import { migrations } from './all.ts';

let db: Database;
let folder: ReturnType<typeof tempFolder>;
beforeEach(() => {
  folder = tempFolder();
  db = openConnection(join(folder.path, 'a.db'));
  const before = migrations.filter(({ version }) => version < prices.version);
  migrate(db, before, () => undefined);
  db.prepare(
    "INSERT INTO budget_spent (scope, subject, day_ends_at_ms, tokens, money_minor, wall_ms) VALUES ('job', 'a', 5, 9, 0.5, 1)",
  ).run();
  migrate(db, [...before, prices], () => undefined);
  // What reads it today knows the columns of later ones, too.
  migrate(db, migrations, () => undefined);
});
afterEach(() => {
  db.close();
  folder.remove();
});

test('what was spent before stays, and none of it is without a price', () => {
  const store = createBudgetRepository(db);
  expect(store.spent('job', 'a', 5)).toEqual({ tokens: 9, moneyMinor: 0.5, steps: 0, wallMs: 1, unpricedTokens: 0 });
  store.add('job', 'a', 5, { tokens: 4, moneyMinor: 0, steps: 0, wallMs: 0, unpricedTokens: 4 });
  expect(store.spent('job', 'a', null)).toEqual({ tokens: 13, moneyMinor: 0.5, steps: 0, wallMs: 1, unpricedTokens: 4 });
});

test('the person’s price is kept for each model, and goes with its provider', () => {
  const providers = createProviders(db);
  const id = providerId.parse('01920000-0000-7000-8000-000000000001');
  providers.put({ id, kind: 'openai', name: 'OpenAI', baseUrl: 'https://api.openai.com/v1' }, 1);
  const price = { input: 2.5, output: 10, cached: null, upToInputTokens: null };
  providers.setPrice(id, 'a', { ...price, input: 1 }, 1);
  providers.setPrice(id, 'a', price, 2);
  expect([providers.price(id, 'a'), providers.price(id, 'b')]).toEqual([price, null]);
  providers.setPrice(id, 'a', null, 3);
  expect(providers.price(id, 'a')).toBeNull();
  providers.setPrice(id, 'a', price, 4);
  providers.remove(id);
  expect(db.prepare('SELECT count(*) AS n FROM model_price').get()).toEqual({ n: 0 });
});
