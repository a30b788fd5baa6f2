import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import type { CallInput, CallOutput } from '../../shared/contract/contract.ts';
import type { BudgetView } from '../../shared/domain/budget.ts';
import type { LimitsOf } from './view-store.ts';

export interface BudgetsState {
  /** Null until they were read. */
  readonly budgets: readonly BudgetView[] | null;
  /** Why they could not be read, as an error code. */
  readonly failure: string | null;
}

type Outcome = { readonly ok: true; readonly resumed: number } | { readonly ok: false; readonly code: string };

export interface BudgetsStore extends StoreApi<BudgetsState> {
  reload(): Promise<void>;
  /** What one chat or job has used up and what holds for it; an error code when that cannot be read. */
  of(
    subject: LimitsOf,
  ): Promise<{ readonly ok: true; readonly value: CallOutput<'budgets.of'> } | { readonly ok: false; readonly code: string }>;
  /** Limits that are all null remove it. */
  set(budget: CallInput<'budgets.set'>['budget']): Promise<Outcome>;
}

export function createBudgetsStore(client: Client): BudgetsStore {
  const store = createStore<BudgetsState>(() => ({ budgets: null, failure: null }));

  async function reload(): Promise<void> {
    const result = await client.call('budgets.list', {});
    store.setState(result.ok ? { budgets: result.value.budgets, failure: null } : { failure: result.error.code });
  }

  return {
    ...store,
    reload,
    async of(subject) {
      const result = await client.call('budgets.of', { of: subject });
      return result.ok ? { ok: true, value: result.value } : { ok: false, code: result.error.code };
    },
    async set(budget) {
      const result = await client.call('budgets.set', { budget });
      if (!result.ok) return { ok: false, code: result.error.code };
      await reload();
      return { ok: true, resumed: result.value.resumed };
    },
  };
}
