import { z } from 'zod';
import { sessionId, versionId } from '../domain/ids.ts';
import { jobView } from '../domain/job.ts';
import { synopsisAudit } from '../domain/synopsis-audit.ts';
import { call, event } from './define.ts';
import { enqueueErrors } from './enqueue.ts';
import { revision } from './pagination.ts';

export const auditRoutes = {
  /** What was found of the claims of a version; null when nobody has looked. */
  'audits.open': call({
    input: z.strictObject({ versionId }),
    output: z.strictObject({ audit: synopsisAudit.nullable(), revision }),
    errors: ['not_found'],
  }),
  /** Looks at the claims of a finished version, in the background; joins the job that does. */
  'audits.request': call({
    input: z.strictObject({ versionId }),
    output: z.strictObject({ job: jobView }),
    errors: ['not_found', 'not_ready', 'nothing_to_audit', 'no_model', 'still_stopping', ...enqueueErrors],
  }),
  /** An audit has ended. */
  'audits.changed': event(z.strictObject({ revision, sessionId, versionId })),
} as const;
