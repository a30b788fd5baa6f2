import type { CallArgs, CallName, CallOutput } from '../../src/shared/contract/contract.ts';
import type { ApprovalView } from '../../src/shared/domain/approval.ts';
import { approvalId, type ApprovalId, type JobId } from '../../src/shared/domain/ids.ts';
import type { JobView } from '../../src/shared/domain/job.ts';

interface MemoryApprovalsDeps {
  readonly now: () => number;
  readonly uuid: () => string;
  readonly refuse: (code: 'not_found' | 'already_answered') => never;
  readonly changed: (jobId: JobId, open: readonly ApprovalView[]) => void;
  readonly revision: () => number;
  /** The job has its answer. */
  readonly goOn: (jobId: JobId) => void;
}

type ApprovalCall = Extract<CallName, `approvals.${string}`>;

/** Questions of jobs of the host in memory. */
export function createMemoryApprovals({ now, uuid, refuse, changed, revision, goOn }: MemoryApprovalsDeps) {
  const approvals = new Map<ApprovalId, ApprovalView>();
  let isTooLate = false;
  const openOf = (jobId: JobId) => [...approvals.values()].filter(each => each.jobId === jobId && each.answered === null && !each.isClosed);

  function put(approval: ApprovalView): ApprovalView {
    approvals.set(approval.id, approval);
    changed(approval.jobId, openOf(approval.jobId));
    return approval;
  }

  const handlers: { readonly [N in ApprovalCall]: (args: CallArgs<N>) => CallOutput<N> } = {
    'approvals.list': ({ jobId }) => ({
      approvals: [...approvals.values()].filter(each => (jobId === null ? each.answered === null && !each.isClosed : each.jobId === jobId)),
      revision: revision(),
    }),
    'approvals.answer': ({ approvalId: id, decision, scope, answer }) => {
      const approval = approvals.get(id) ?? refuse('not_found');
      if (approval.answered !== null || isTooLate) {
        isTooLate = false;
        refuse('already_answered');
      }
      const answered = put({ ...approval, answered: { decision, scope, answer, by: 'person', atMs: now() } });
      goOn(approval.jobId);
      return answered;
    },
  };

  return {
    handlers,
    put,
    /** The next answer comes after another window's. */
    beQuicker(): void {
      isTooLate = true;
    },
    /** The job asks to write a file, or what `patch` says. */
    ask(job: JobView, patch: Partial<ApprovalView> = {}): ApprovalView {
      return put({
        id: approvalId.parse(uuid()),
        jobId: job.id,
        sessionId: job.sessionId,
        type: 'approval',
        tool: 'write_file',
        title: 'Write a file',
        destination: '/home/ann/plan.md',
        payload: '{"text":"plan"}',
        choices: [],
        whenExpired: 'deny',
        action: null,
        requestedAtMs: now(),
        expiresAtMs: null,
        answered: null,
        isClosed: false,
        ...patch,
      });
    },
  };
}
