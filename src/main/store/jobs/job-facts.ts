import { jobKinds, type JobKindName } from '../../../shared/domain/job.ts';
import type { JobId, SessionId } from '../../../shared/domain/ids.ts';
import type { WaitReason } from '../../../shared/domain/job-state.ts';
import type { Database } from '../connection.ts';

/** What is told of a job with every event: ids, codes and times, no word of the person's. */
export interface JobFacts {
  /** `unknown` for a kind that this build does not have. */
  readonly kind: JobKindName | 'unknown';
  readonly sessionId: SessionId | null;
  readonly traceId: string;
  readonly attempt: number;
  readonly outcome: 'ok' | 'issues' | null;
  readonly errorCode: string | null;
  readonly waitReason: WaitReason | null;
  readonly dueAtMs: number;
  readonly createdAtMs: number;
}

/** One row by its key; some microseconds. Null when it is gone. */
export function createJobFacts(db: Database): (id: JobId) => JobFacts | null {
  const one = db.prepare<[JobId], Omit<JobFacts, 'kind'> & { readonly kind: string }>(`
    SELECT kind, session_id AS sessionId, trace_id AS traceId, attempt, outcome, error_code AS errorCode, wait_reason AS waitReason,
      due_at_ms AS dueAtMs, created_at_ms AS createdAtMs
    FROM job WHERE id = ?`);
  return id => {
    const row = one.get(id);
    return row === undefined ? null : { ...row, kind: jobKinds.find(kind => kind === row.kind) ?? 'unknown' };
  };
}
