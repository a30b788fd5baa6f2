import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import type { EventPayload } from '../../shared/contract/contract.ts';
import type { ApprovalAnswer, ApprovalView } from '../../shared/domain/approval.ts';
import type { JobId } from '../../shared/domain/ids.ts';
import { followRevision } from './follow-revision.ts';
import { failureOf, outcomeOf, type Outcome } from './outcome.ts';

export interface ApprovalsState {
  /** What each job asks now, oldest first; a job that asks nothing is not in it. */
  readonly byJob: ReadonlyMap<JobId, readonly ApprovalView[]>;
}

export interface ApprovalsStore extends StoreApi<ApprovalsState> {
  reload(): Promise<void>;
  /** The code of an error; null when the answer stands. */
  answer(approval: ApprovalView, answer: ApprovalAnswer): Promise<string | null>;
  /** Everything the job has asked, oldest first. */
  ofJob(jobId: JobId): Promise<Outcome<readonly ApprovalView[]>>;
}

function grouped(approvals: readonly ApprovalView[]): ReadonlyMap<JobId, readonly ApprovalView[]> {
  return Map.groupBy(approvals, ({ jobId }) => jobId);
}

export function createApprovalsStore(client: Client): ApprovalsStore {
  const store = createStore<ApprovalsState>(() => ({ byJob: new Map() }));
  const follower = followRevision({
    async load() {
      const result = await client.call('approvals.list', {});
      return result.ok ? result.value : null;
    },
    onSnapshot: ({ approvals }) => store.setState({ byJob: grouped(approvals) }),
    onEvent: ({ jobId, open }: EventPayload<'approvals.changed'>) => {
      const byJob = new Map(store.getState().byJob);
      if (open.length === 0) byJob.delete(jobId);
      else byJob.set(jobId, open);
      store.setState({ byJob });
    },
  });
  client.onEvent('approvals.changed', follower.take);

  return {
    ...store,
    reload: follower.reload,
    async answer({ id }, answer) {
      const failed = failureOf(await client.call('approvals.answer', { requestKey: crypto.randomUUID(), approvalId: id, ...answer }));
      // Whatever refuses the answer, what is shown is no longer asked like this.
      if (failed !== null) void follower.reload();
      return failed;
    },
    async ofJob(jobId) {
      const outcome = outcomeOf(await client.call('approvals.list', { jobId }));
      return outcome.ok ? { ok: true, value: outcome.value.approvals } : outcome;
    },
  };
}
