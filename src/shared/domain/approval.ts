import { z } from 'zod';
import { decision, destinationLimit, personAnswer, personQuestion } from './agent.ts';
import { approvalId, epochMs, jobId, sessionId } from './ids.ts';

/** How far a person's "yes" reaches: this one time, or every call of the same tool to the same place until the job ends. */
export const approvalScopes = ['once', 'job'] as const;
export type ApprovalScope = (typeof approvalScopes)[number];

/** Questions that are told of at once. Each stands for a parked job; a person with more of them reads on when some are answered. */
export const openApprovalLimit = 100;
/** Of one job, answered ones with them, the newest. */
export const approvalsOfJobLimit = 200;

/** Something that a job asks a person, or has asked. */
export const approvalView = z.strictObject({
  id: approvalId,
  jobId,
  sessionId: sessionId.nullable(),
  ...personQuestion.pick({
    type: true,
    tool: true,
    title: true,
    action: true,
    destination: true,
    payload: true,
    choices: true,
    whenExpired: true,
  }).shape,
  requestedAtMs: epochMs,
  /** Null: it waits for as long as it takes. */
  expiresAtMs: epochMs.nullable(),
  /** Null while nobody has answered. */
  answered: z.strictObject({ ...personAnswer.shape, scope: z.enum(approvalScopes), atMs: epochMs }).nullable(),
  /** Its job has ended, or asks something else in its place: nobody can answer any more. */
  isClosed: z.boolean(),
});
export type ApprovalView = z.output<typeof approvalView>;

/**
 * Whether a "yes" may reach further than this once: only where it says exactly where it goes. One that fills its field may have
 * been cut, and would stand for every longer one that begins like it.
 */
export function mayAllowForJob({ type, tool, destination }: Pick<ApprovalView, 'type' | 'tool' | 'destination'>): boolean {
  return (
    type === 'approval' &&
    destination !== null &&
    destination.length < destinationLimit &&
    // SECURITY: the same page takes an order today and another one tomorrow; each is looked at.
    !tool.startsWith('browser_')
  );
}

/** What a person says to a question. */
export const approvalAnswer = z.strictObject({
  /** Of a question: `allow` answers it, `deny` declines to. */
  decision,
  scope: z.enum(approvalScopes).default('once'),
  /** Words or the choice, for a question that is answered; null for anything else. */
  answer: personAnswer.shape.answer.default(null),
});
export type ApprovalAnswer = z.output<typeof approvalAnswer>;
