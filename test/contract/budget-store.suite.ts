import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BudgetLimits, Spent } from '../../src/shared/domain/budget.ts';
import type { JobId, SessionId } from '../../src/shared/domain/ids.ts';
import { sessionId } from '../../src/shared/domain/ids.ts';
import type { BudgetStore, StoredBudget } from '../../src/main/engine/budget-store.ts';

const t0 = 1_000_000;
const dayMs = 86_400_000;
const none: BudgetLimits = { tokens: null, moneyMinor: null, steps: null, wallMs: null };
const spent = (tokens: number, moneyMinor = 0, wallMs = 0, unpricedTokens = 0, steps = 0): Spent => ({
  tokens,
  moneyMinor,
  steps,
  wallMs,
  unpricedTokens,
});

export interface OpenedBudgetStore {
  readonly store: BudgetStore;
  addJob(belongings: { readonly sessionId: SessionId | null; readonly provider: string | null }, parentId?: JobId): JobId;
  /** An id that no job has. */
  nobody(): JobId;
  close(): void;
}

/** Every implementation of the budgets' store passes this suite. */
export function budgetStoreSuite(name: string, open: () => OpenedBudgetStore): void {
  describe(name, () => {
    let opened: OpenedBudgetStore;
    let store: BudgetStore;
    beforeEach(() => {
      opened = open();
      ({ store } = opened);
    });
    afterEach(() => opened.close());

    test('keeps a budget for each scope, subject and period, the newest word of it, in one order', () => {
      const budget = (more: Partial<StoredBudget>): StoredBudget => ({
        scope: 'session',
        subject: 'a',
        period: 'ever',
        limits: { ...none, tokens: 5 },
        ...more,
      });
      expect(store.budgets()).toEqual([]);
      const all = [
        budget({ scope: 'job', subject: '*' }),
        budget({ scope: 'program', subject: '', period: 'day', limits: { tokens: 0, moneyMinor: 1, steps: 0, wallMs: 2 } }),
        budget({ period: 'day' }),
        budget({}),
        budget({ subject: 'b' }),
      ];
      for (const each of all.toReversed()) store.put(each, t0);
      expect(store.budgets()).toEqual(all);
      const raised = budget({ limits: { ...none, moneyMinor: 9 } });
      store.put(raised, t0 + 1);
      expect(store.budgets()).toEqual(all.with(3, raised));
    });

    test('a budget without any limit is none; one of zero is', () => {
      const zero: StoredBudget = { scope: 'job', subject: '*', period: 'ever', limits: { ...none, wallMs: 0 } };
      store.put(zero, t0);
      store.put({ ...zero, period: 'day', limits: none }, t0);
      expect(store.budgets()).toEqual([zero]);
      store.put({ ...zero, limits: none }, t0);
      store.put({ ...zero, limits: none }, t0);
      expect(store.budgets()).toEqual([]);
    });

    test('adds up what each subject has spent, on a day and ever', () => {
      expect([store.spent('job', 'a', null), store.spent('job', 'a', t0)]).toEqual([spent(0), spent(0)]);
      store.add('job', 'a', t0, spent(3, 0.25, 10, 2));
      store.add('job', 'a', t0, spent(4, 0.5, 20, 1));
      store.add('job', 'a', t0 + dayMs, spent(5));
      store.add('job', 'b', t0, spent(100));
      store.add('session', 'a', t0, spent(1_000));
      expect(store.spent('job', 'a', t0)).toEqual(spent(7, 0.75, 30, 3));
      expect(store.spent('job', 'a', t0 + dayMs)).toEqual(spent(5));
      expect(store.spent('job', 'a', null)).toEqual(spent(12, 0.75, 30, 3));
      expect([store.spent('job', 'b', null), store.spent('session', 'a', t0), store.spent('program', '', null)]).toEqual([
        spent(100),
        spent(1_000),
        spent(0),
      ]);
    });

    test('knows whose spending a job’s is', () => {
      const session = sessionId.parse(v7());
      const [both, neither] = [
        opened.addJob({ sessionId: session, provider: 'ollama' }),
        opened.addJob({ sessionId: null, provider: null }),
      ];
      expect([store.belongings(both), store.belongings(neither), store.belongings(opened.nobody())]).toEqual([
        { sessionId: session, provider: 'ollama' },
        { sessionId: null, provider: null },
        null,
      ]);
    });

    test('knows what a job is a part of, the nearest first', () => {
      const of = { sessionId: null, provider: null };
      const task = opened.addJob(of);
      const part = opened.addJob(of, task);
      const small = opened.addJob(of, part);
      expect([store.ancestors(small), store.ancestors(part), store.ancestors(task), store.ancestors(opened.nobody())]).toEqual([
        [part, task],
        [task],
        [],
        [],
      ]);
    });
  });
}
