import type { JobId, SessionId } from '../../shared/domain/ids.ts';
import type { BudgetLimits, BudgetPeriod, BudgetScope, Spent } from '../../shared/domain/budget.ts';

export interface StoredBudget {
  readonly scope: BudgetScope;
  readonly subject: string;
  readonly period: BudgetPeriod;
  readonly limits: BudgetLimits;
}

/** Port: limits and what was spent, by subject and day. Synchronous; a write belongs to the transaction it is called in. */
export interface BudgetStore {
  budgets(): readonly StoredBudget[];
  /** Replaces it; one without any limit is removed. */
  put(budget: StoredBudget, nowMs: number): void;
  /** On one day, named by the moment it ends, or on all of them for null. */
  spent(scope: BudgetScope, subject: string, dayEndsAtMs: number | null): Spent;
  add(scope: BudgetScope, subject: string, dayEndsAtMs: number, more: Spent): void;
  /** Whose spending a job's is, beside its own; null when there is no such job. */
  belongings(id: JobId): { readonly sessionId: SessionId | null; readonly provider: string | null } | null;
  /** The jobs that a job is a part of, the nearest first; none for one that stands by itself. */
  ancestors(id: JobId): readonly JobId[];
}
