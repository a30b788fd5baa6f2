import type { BudgetPeriod, BudgetScope, Spent } from '../../../shared/domain/budget.ts';
import type { JobId, SessionId } from '../../../shared/domain/ids.ts';
import type { BudgetStore } from '../../engine/budget-store.ts';
import type { Database } from '../connection.ts';

interface BudgetRow {
  readonly scope: BudgetScope;
  readonly subject: string;
  readonly period: BudgetPeriod;
  readonly tokens: number | null;
  readonly moneyMinor: number | null;
  readonly steps: number | null;
  readonly wallMs: number | null;
}

/** The budgets' store on SQLite; the connection must be the writer's. */
export function createBudgetRepository(db: Database): BudgetStore {
  const sums =
    'SELECT coalesce(sum(tokens), 0) AS tokens, coalesce(sum(money_minor), 0) AS moneyMinor, coalesce(sum(steps), 0) AS steps, coalesce(sum(wall_ms), 0) AS wallMs, coalesce(sum(unpriced_tokens), 0) AS unpricedTokens FROM budget_spent';
  const sql = {
    budgets: db.prepare<[], BudgetRow>(
      'SELECT scope, subject, period, tokens, money_minor AS moneyMinor, steps, wall_ms AS wallMs FROM budget ORDER BY scope, subject, period',
    ),
    put: db.prepare<BudgetRow & { nowMs: number }>(`
      INSERT INTO budget (scope, subject, period, tokens, money_minor, steps, wall_ms, updated_at_ms)
      VALUES (@scope, @subject, @period, @tokens, @moneyMinor, @steps, @wallMs, @nowMs)
      ON CONFLICT (scope, subject, period) DO UPDATE SET tokens = excluded.tokens, money_minor = excluded.money_minor, steps = excluded.steps,
        wall_ms = excluded.wall_ms, updated_at_ms = excluded.updated_at_ms`),
    remove: db.prepare<{ scope: BudgetScope; subject: string; period: BudgetPeriod }>(
      'DELETE FROM budget WHERE scope = @scope AND subject = @subject AND period = @period',
    ),
    spentEver: db.prepare<{ scope: BudgetScope; subject: string }, Spent>(`${sums} WHERE scope = @scope AND subject = @subject`),
    spentOn: db.prepare<{ scope: BudgetScope; subject: string; day: number }, Spent>(
      `${sums} WHERE scope = @scope AND subject = @subject AND day_ends_at_ms = @day`,
    ),
    add: db.prepare<Spent & { scope: BudgetScope; subject: string; day: number }>(`
      INSERT INTO budget_spent (scope, subject, day_ends_at_ms, tokens, money_minor, steps, wall_ms, unpriced_tokens)
      VALUES (@scope, @subject, @day, @tokens, @moneyMinor, @steps, @wallMs, @unpricedTokens)
      ON CONFLICT (scope, subject, day_ends_at_ms) DO UPDATE SET tokens = tokens + excluded.tokens, money_minor = money_minor + excluded.money_minor,
        steps = steps + excluded.steps, wall_ms = wall_ms + excluded.wall_ms, unpriced_tokens = unpriced_tokens + excluded.unpriced_tokens`),
    belongings: db.prepare<{ id: JobId }, { sessionId: SessionId | null; provider: string | null }>(
      'SELECT session_id AS sessionId, provider FROM job WHERE id = @id',
    ),
    ancestors: db
      .prepare<{ id: JobId }, JobId>(
        `
      WITH RECURSIVE above (id, distance) AS (
        SELECT parent_id, 1 FROM job WHERE id = @id AND parent_id IS NOT NULL
        UNION ALL
        SELECT job.parent_id, above.distance + 1 FROM above JOIN job ON job.id = above.id WHERE job.parent_id IS NOT NULL)
      SELECT id FROM above ORDER BY distance`,
      )
      .pluck(),
  };
  return {
    budgets: () =>
      sql.budgets.all().map(({ scope, subject, period, tokens, moneyMinor, steps, wallMs }) => ({
        scope,
        subject,
        period,
        limits: { tokens, moneyMinor, steps, wallMs },
      })),
    put({ scope, subject, period, limits }, nowMs) {
      if (Object.values(limits).every(limit => limit === null)) sql.remove.run({ scope, subject, period });
      else sql.put.run({ scope, subject, period, ...limits, nowMs });
    },
    spent: (scope, subject, day) =>
      (day === null ? sql.spentEver.get({ scope, subject }) : sql.spentOn.get({ scope, subject, day })) ?? {
        tokens: 0,
        moneyMinor: 0,
        steps: 0,
        wallMs: 0,
        unpricedTokens: 0,
      },
    add(scope, subject, day, { tokens, moneyMinor, steps, wallMs, unpricedTokens }) {
      sql.add.run({ scope, subject, day, tokens, moneyMinor, steps, wallMs, unpricedTokens });
    },
    belongings: id => sql.belongings.get({ id }) ?? null,
    ancestors: id => sql.ancestors.all({ id }),
  };
}
