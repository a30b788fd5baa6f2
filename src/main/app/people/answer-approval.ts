import { mayAllowForJob, type ApprovalAnswer, type ApprovalView } from '../../../shared/domain/approval.ts';
import type { ApprovalId } from '../../../shared/domain/ids.ts';
import type { Engine } from '../../engine/engine-api.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { Store } from '../../store/store.ts';

export interface AnswerApprovalParams {
  readonly store: Pick<Store, 'approvals'>;
  readonly engine: Pick<Engine, 'resumeInTransaction'>;
  readonly now: () => number;
}

/** Records a person's answer and lets its job go on, in the transaction it is called in. Throws `ExpectedError`. */
export function answerApproval(
  { store, engine, now }: AnswerApprovalParams,
  id: ApprovalId,
  { decision, scope, answer }: ApprovalAnswer,
): ApprovalView {
  const { approvals } = store;
  const approval = approvals.find(id);
  if (approval === null) throw new ExpectedError('not_found', `There is no question ${id}.`);
  const atMs = now();
  if (approval.answered !== null) throw new ExpectedError('already_answered', 'This question has its answer; the first one stands.');
  if (approval.isClosed) throw new ExpectedError('no_longer_asked', 'The task of this question has ended or asks something else now.');
  if (approval.expiresAtMs !== null && approval.expiresAtMs <= atMs)
    throw new ExpectedError('expired', 'The time for an answer is over, and the task goes on without one.');
  const fault = faultOf(approval, { decision, scope, answer });
  if (fault !== null) throw new ExpectedError('unfit_answer', fault);
  approvals.decide(id, { decision, scope, answer, by: 'person', atMs });
  // False when it is about to be parked: the transaction that parks it looks at the row.
  engine.resumeInTransaction(approval.jobId);
  return approvals.find(id) ?? approval;
}

/** What is wrong with an answer; null for nothing. */
function faultOf(approval: ApprovalView, { decision, scope, answer }: ApprovalAnswer): string | null {
  if (scope === 'job' && (decision !== 'allow' || !mayAllowForJob(approval)))
    return 'Only a "yes" to an action with a destination can hold for the whole task; answer with the scope "once".';
  const wantsWords = approval.type === 'question' && decision === 'allow';
  if (!wantsWords) return answer === null ? null : 'Words are the answer to a question; leave them out here.';
  if (answer === null || answer.trim() === '') return 'The question asks for words; give some, or decline with "deny".';
  if (approval.choices.length > 0 && !approval.choices.includes(answer))
    return `"${answer.slice(0, 100)}" is none of the choices: ${approval.choices.join(' | ')}.`;
  return null;
}
