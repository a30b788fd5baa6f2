import { everySubject } from '../../../shared/domain/budget.ts';
import { jobId, sessionId } from '../../../shared/domain/ids.ts';
import type { BudgetReleases } from '../../engine/budget-releases.ts';
import type { Budgets } from '../../engine/budgets.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

export function budgetCalls(
  { store, jobViews }: Pick<CallContext, 'store' | 'jobViews'>,
  { budgets, releases }: { readonly budgets: Budgets; readonly releases: Pick<BudgetReleases, 'release'> },
): HandlersOf<'budgets'> {
  function assertThere(scope: string, subject: string): void {
    if (subject === everySubject) return;
    if (scope === 'job') expectFound(jobViews.view(jobId.parse(subject)), 'job', subject);
    if (scope === 'session') expectFound(store.sessions.get(sessionId.parse(subject)), 'chat', subject);
  }

  return {
    'budgets.list': () => ({ budgets: [...budgets.list()] }),
    'budgets.of': ({ of }) => {
      if (of.scope === 'job') return copied(expectFound(budgets.ofJob(of.subject), 'job', of.subject));
      expectFound(store.sessions.get(of.subject), 'chat', of.subject);
      return copied(budgets.ofSession(of.subject));
    },
    'budgets.set': async ({ budget }) => {
      assertThere(budget.scope, budget.subject);
      const set = store.inTransaction(() => budgets.set(budget));
      return { budget: set, resumed: await releases.release() };
    },
  };
}

function copied({ budgets, ...rest }: NonNullable<ReturnType<Budgets['ofJob']>>) {
  return { ...rest, budgets: [...budgets] };
}
