import type { HandlersOf } from '../../ipc/handlers.ts';
import { approvalId } from '../../../shared/domain/ids.ts';
import { answerApproval } from '../people/answer-approval.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

const answerRoute = 'approvals.answer';

export function approvalCalls({
  store,
  engine,
  events,
  changes,
  now,
}: Pick<CallContext, 'store' | 'engine' | 'events' | 'changes' | 'now'>): HandlersOf<'approvals'> {
  return {
    'approvals.list': ({ jobId }) => ({
      approvals: jobId === null ? store.approvals.open(now()) : store.approvals.ofJob(jobId),
      revision: events.revision('approvals.changed'),
    }),
    'approvals.answer': ({ requestKey, approvalId: id, ...answer }) => {
      const answered = store.inTransaction(() => {
        const earlier = store.requests.find(answerRoute, requestKey);
        if (earlier !== null) return expectFound(store.approvals.find(approvalId.parse(earlier)), 'question', earlier);
        store.requests.record({ route: answerRoute, requestKey, resultId: id, atMs: now() });
        return answerApproval({ store, engine, now }, id, answer);
      });
      changes.approvals(answered.jobId);
      return answered;
    },
  };
}
