import { isFinal } from '../../shared/domain/job-state.ts';
import type { DocumentView } from '../../shared/domain/document.ts';
import type { SessionId } from '../../shared/domain/ids.ts';
import { ParkJob } from '../engine/park-job.ts';
import type { JobViews } from '../store/jobs/job-views.ts';
import type { Store } from '../store/store.ts';

/**
 * Longest time until the next try of a document that is waited for. An import's own longest pause is under three
 * minutes; what waits longer does so because a server asked for it, up to a day, and a waiting synopsis keeps others waiting.
 */
const longestPauseMs = 3 * 60_000;

/** Whether a document of a session is being read, or will be soon. Synchronous, for inside transactions too. */
export function createDocumentsBeingRead({
  store,
  jobViews,
  now,
}: {
  readonly store: Pick<Store, 'documents'>;
  readonly jobViews: Pick<JobViews, 'view'>;
  readonly now: () => number;
}) {
  function isBeingRead(document: DocumentView): boolean {
    if (document.state !== 'importing') return false;
    const job = document.jobId === null ? null : jobViews.view(document.jobId);
    // Its job's end should have said so in the document; nobody else will.
    if (job === null || isFinal(job.state)) return false;
    return job.dueAtMs === null || job.dueAtMs - now() <= longestPauseMs;
  }

  return (session: SessionId): boolean => store.documents.list(session).some(isBeingRead);
}

/**
 * Parks a job until the documents of its chat have been read or could not be; throw what it returns. Its place among the
 * running ones is free meanwhile, and the end of the last reading resumes it. A document that was put off for long, or
 * whose end could not be recorded, is noticed by looking again.
 */
export function untilDocumentsAreRead(session: SessionId, isBeingRead: (session: SessionId) => boolean, nowMs: number): ParkJob {
  return new ParkJob({ reason: 'children', expiresAtMs: nowMs + longestPauseMs, isOver: () => !isBeingRead(session) });
}
