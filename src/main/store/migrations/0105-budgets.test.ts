import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { budgetPeriods, budgetScopes } from '../../../shared/domain/budget.ts';
import { createBudgetRepository } from '../budgets/budget-repository.ts';
import type { Database } from '../connection.ts';
import { openConnection } from '../connection.ts';
import { migrate } from '../migrate.ts';
import { migration as budgets } from './0105-budgets.ts';
import { migrations } from './all.ts';

let db: Database;
let folder: ReturnType<typeof tempFolder>;
beforeEach(() => {
  folder = tempFolder();
  db = openConnection(join(folder.path, 'a.db'));
});
afterEach(() => {
  db.close();
  folder.remove();
});

test('jobs of the schema before stay, and take their spending along when they go', () => {
  const before = migrations.filter(({ version }) => version < budgets.version);
  migrate(db, before, () => undefined);
  db.prepare(
    `INSERT INTO job (id, kind, title, search_text, idempotency_key, trace_id, priority, payload, state, due_at_ms, max_attempts, created_at_ms)
     VALUES ('a', 'chat.answer', 't', 't', 'a', 't', 3, '{"n":1}', 'queued', 1, 3, 1)`,
  ).run();
  migrate(db, [...before, budgets], () => undefined);
  // What reads it today knows the columns of later ones, too.
  migrate(db, migrations, () => undefined);
  const store = createBudgetRepository(db);
  store.add('job', 'a', 5, { tokens: 1, moneyMinor: 0.5, steps: 1, wallMs: 2, unpricedTokens: 0 });
  store.add('job', 'a', 6, { tokens: 1, moneyMinor: 0.25, steps: 1, wallMs: 2, unpricedTokens: 0 });
  expect([store.spent('job', 'a', 5).tokens, store.spent('job', 'a', null)]).toEqual([
    1,
    { tokens: 2, moneyMinor: 0.75, steps: 2, wallMs: 4, unpricedTokens: 0 },
  ]);
  db.prepare('DELETE FROM job').run();
  expect(store.spent('job', 'a', null)).toEqual({ tokens: 0, moneyMinor: 0, steps: 0, wallMs: 0, unpricedTokens: 0 });
});

test('every scope and period of the domain is taken, and a budget without a limit is none', () => {
  migrate(db, migrations, () => undefined);
  const store = createBudgetRepository(db);
  const limits = { tokens: 1, moneyMinor: null, steps: null, wallMs: null };
  for (const scope of budgetScopes)
    for (const period of budgetPeriods) store.put({ scope, period, subject: scope === 'program' ? '' : 'x', limits }, 1);
  expect(store.budgets()).toHaveLength(budgetScopes.length * budgetPeriods.length);
  for (const budget of store.budgets()) store.put({ ...budget, limits: { tokens: null, moneyMinor: null, steps: null, wallMs: null } }, 2);
  expect(store.budgets()).toEqual([]);
  expect(() => store.put({ scope: 'program', period: 'day', subject: 'x', limits }, 1)).toThrow(/CHECK/u);
});
