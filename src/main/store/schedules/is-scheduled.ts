import type { JobId } from '../../../shared/domain/ids.ts';
import type { Database } from '../connection.ts';

/** Whether a schedule began the job. */
export function createIsScheduled(db: Database): (id: JobId) => boolean {
  const one = db.prepare<[JobId], { found: number }>('SELECT 1 AS found FROM schedule_run WHERE job_id = ? LIMIT 1');
  return id => one.get(id) !== undefined;
}
