import { jobId } from '../../shared/domain/ids.ts';
import { isFinal } from '../../shared/domain/job-state.ts';
import type { JobStore } from '../engine/job-store.ts';

/** Whether a name in the staging folder is a job's that has not ended. */
export function isLiveJob(jobs: Pick<JobStore, 'find'>): (name: string) => boolean {
  return name => {
    const id = jobId.safeParse(name);
    const record = id.success ? jobs.find(id.data) : null;
    return record !== null && !isFinal(record.state);
  };
}
