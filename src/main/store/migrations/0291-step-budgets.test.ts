import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { createBudgetRepository } from '../budgets/budget-repository.ts';
import { openConnection } from '../connection.ts';
import { migrate } from '../migrate.ts';
import { migration as stepBudgets } from './0291-step-budgets.ts';
import { migrations } from './all.ts';

test('limits of before stay, and may be of steps from now on', ({ onTestFinished }) => {
  const folder = tempFolder();
  const db = openConnection(join(folder.path, 'a.db'));
  onTestFinished(() => {
    db.close();
    folder.remove();
  });
  migrate(
    db,
    migrations.filter(({ version }) => version < stepBudgets.version),
    () => undefined,
  );
  db.prepare(
    "INSERT INTO budget (scope, subject, period, tokens, money_minor, wall_ms, updated_at_ms) VALUES ('job', '*', 'ever', 9, NULL, 60000, 1)",
  ).run();
  migrate(db, migrations, () => undefined);
  const store = createBudgetRepository(db);
  const limits = { tokens: 9, moneyMinor: null, steps: null, wallMs: 60_000 };
  expect(store.budgets()).toEqual([{ scope: 'job', subject: '*', period: 'ever', limits }]);
  const ofSteps = {
    scope: 'program',
    subject: '',
    period: 'day',
    limits: { tokens: null, moneyMinor: null, steps: 40, wallMs: null },
  } as const;
  store.put(ofSteps, 2);
  expect(store.budgets()).toContainEqual(ofSteps);
});
