import { z } from 'zod';
import { approvalAnswer, approvalsOfJobLimit, approvalView, openApprovalLimit } from '../domain/approval.ts';
import { approvalId, jobId, requestKey } from '../domain/ids.ts';
import { call, event } from './define.ts';
import { revision } from './pagination.ts';

export const approvalRoutes = {
  /** What waits for the person, oldest first; of one job all it has asked, oldest first. */
  'approvals.list': call({
    input: z.strictObject({ jobId: jobId.nullable().default(null) }),
    output: z.strictObject({ approvals: z.array(approvalView).max(Math.max(openApprovalLimit, approvalsOfJobLimit)), revision }),
  }),
  /** The first answer stands and its job goes on. The same key again says what became of it and changes nothing. */
  'approvals.answer': call({
    input: z.strictObject({ requestKey, approvalId, ...approvalAnswer.shape }),
    output: approvalView,
    errors: [
      'not_found',
      'already_answered',
      'expired',
      /** Its job has ended or asks something else. */
      'no_longer_asked',
      /** No words for a question, words for an approval, none of its choices, or a scope it cannot have. */
      'unfit_answer',
      'storage_full',
    ],
  }),
  /** All that one job asks now, in place of what it asked before. */
  'approvals.changed': event(z.strictObject({ revision, jobId, open: z.array(approvalView).max(openApprovalLimit) })),
} as const;
