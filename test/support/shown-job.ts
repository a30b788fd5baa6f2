import { z } from 'zod';
import { approvalView } from '../../src/shared/domain/approval.ts';
import { jobInspection } from '../../src/shared/domain/job.ts';

/** What `konspekt jobs show --json` prints: a job, and what it asks. */
export const shownJob = jobInspection.extend({ approvals: z.array(approvalView) });
