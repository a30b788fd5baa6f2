import { everySubject } from '../../../shared/domain/budget.ts';
import { jobId, sessionId } from '../../../shared/domain/ids.ts';
import type { Budgets } from '../../engine/budgets.ts';
import type { JobStore } from '../../engine/job-store.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

export function budgetCalls(
  { store, jobViews, engine }: Pick<CallContext, 'store' | 'jobViews' | 'engine'>,
  { budgets, jobs }: { readonly budgets: Budgets; readonly jobs: Pick<JobStore, 'waitingFor'> },
): HandlersOf<'budgets'> {
  function assertThere(scope: string, subject: string): void {
    if (subject === everySubject) return;
    if (scope === 'job') expectFound(jobViews.view(jobId.parse(subject)), 'job', subject);
    if (scope === 'session') expectFound(store.sessions.get(sessionId.parse(subject)), 'chat', subject);
  }

  return {
    'budgets.list': () => ({ budgets: [...budgets.list()] }),
    'budgets.of': input => {
      if (input.scope === 'job') return copied(expectFound(budgets.ofJob(input.subject), 'job', input.subject));
      expectFound(store.sessions.get(input.subject), 'chat', input.subject);
      return copied(budgets.ofSession(input.subject));
    },
    'budgets.set': ({ budget }) => {
      assertThere(budget.scope, budget.subject);
      // The limit and the jobs that it lets go on are one commit.
      return store.inTransaction(() => {
        const set = budgets.set(budget);
        const resumed = jobs.waitingFor('budget', null).filter(id => !budgets.holdsUp(id) && engine.resumeInTransaction(id)).length;
        return { budget: set, resumed };
      });
    },
  };
}

function copied({ budgets, ...rest }: NonNullable<ReturnType<Budgets['ofJob']>>) {
  return { ...rest, budgets: [...budgets] };
}
