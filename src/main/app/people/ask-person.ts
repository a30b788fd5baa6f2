import { isDeepStrictEqual } from 'node:util';
import type { PersonAnswer, PersonQuestion } from '../../../shared/domain/agent.ts';
import { mayAllowForJob, type ApprovalView } from '../../../shared/domain/approval.ts';
import { approvalId, noticeId, type JobId, type SessionId } from '../../../shared/domain/ids.ts';
import { ParkJob } from '../../engine/park-job.ts';
import type { Store } from '../../store/store.ts';
import { newId } from '../new-id.ts';

export interface AskPersonParams {
  readonly store: Pick<Store, 'approvals' | 'notices' | 'inTransaction'>;
  readonly now: () => number;
  /** Something new is asked; after its transaction. */
  readonly asked: (jobId: JobId) => void;
}

/** Answers the host call `person.ask`. */
export type AskPerson = (job: { readonly id: JobId; readonly sessionId: SessionId | null }, question: PersonQuestion) => PersonAnswer;

/** The wait of each type, as the engine names it. */
const waitFor = { approval: 'approval', question: 'answer' } as const;

/**
 * Asks a person through a row that outlives the program. While nobody has decided it throws `ParkJob`: the worker is free,
 * and the next attempt asks again with the same key and is told. A question is the same only while all of it is: other
 * content under a known key is asked anew, and what was said of the earlier one does not hold for it.
 *
 * Throws an `Error` when the job has ended meanwhile.
 */
export function createAskPerson({ store, now, asked }: AskPersonParams): AskPerson {
  const { approvals } = store;

  /** In transaction. */
  function settled(approval: ApprovalView): ApprovalView {
    const atMs = now();
    if (approval.answered !== null || approval.expiresAtMs === null || approval.expiresAtMs > atMs) return approval;
    approvals.decide(approval.id, { decision: approval.whenExpired, answer: null, scope: 'once', by: 'expiry', atMs });
    return approvals.find(approval.id) ?? approval;
  }

  /** In transaction: the row that speaks for the question, made where there is none. */
  function rowOf(jobId: JobId, question: PersonQuestion): { readonly approval: ApprovalView; readonly isNew: boolean } {
    const known = approvals.ofKey(jobId, question.key);
    // SECURITY: an answer holds for what the person saw and for nothing else.
    if (known !== null && isSame(known, question)) return { approval: settled(known), isNew: false };
    const atMs = now();
    if (known !== null) approvals.close(known.id, atMs);
    const approval = approvals.insert({ id: newId(approvalId), jobId, question, atMs });
    if (approval === null) throw new Error(`Job ${jobId} has ended; nobody is asked "${question.key}" for it.`);
    const { destination, tool } = question;
    // SECURITY: the same tool and, to the letter, the same destination; a question is never answered for the person.
    if (mayAllowForJob(question) && destination !== null && approvals.isAllowedForJob(jobId, tool, destination)) {
      approvals.decide(approval.id, { decision: 'allow', answer: null, scope: 'once', by: 'policy', atMs });
      return { approval: approvals.find(approval.id) ?? approval, isNew: false };
    }
    // Told outside the window once it is parked.
    store.notices.insert({
      id: newId(noticeId),
      uniqueKey: `approval:${approval.id}`,
      event: question.type,
      jobId,
      approvalId: approval.id,
      subject: null,
      sessionId: approval.sessionId,
      atMs,
    });
    return { approval, isNew: true };
  }

  /** In the transaction that parks the job. */
  function isOver({ id }: ApprovalView): boolean {
    const current = approvals.find(id);
    return current === null || current.answered !== null || current.isClosed;
  }

  return (job, question) => {
    const { approval, isNew } = store.inTransaction(() => rowOf(job.id, question));
    if (isNew) asked(job.id);
    const { answered } = approval;
    if (answered !== null) return { decision: answered.decision, answer: answered.answer, by: answered.by };
    throw new ParkJob({
      reason: waitFor[question.type],
      detail: { approvalId: approval.id },
      expiresAtMs: approval.expiresAtMs,
      onExpiry: 'resume',
      isOver: () => isOver(approval),
    });
  };
}

/**
 * An action is worded anew by each attempt, in the language the program speaks then, and a yes must not be lost with that: it is the same
 * by what it does. A model's own question is its words.
 */
function isSame(known: ApprovalView, asked: PersonQuestion): boolean {
  return (
    known.type === asked.type &&
    known.tool === asked.tool &&
    (known.type === 'approval' ? known.action === null || isDeepStrictEqual(known.action, asked.action) : known.title === asked.title) &&
    known.destination === asked.destination &&
    known.payload === asked.payload &&
    known.whenExpired === asked.whenExpired &&
    known.choices.length === asked.choices.length &&
    known.choices.every((choice, at) => choice === asked.choices[at])
  );
}
