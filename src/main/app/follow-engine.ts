import type { JobId, SessionId } from '../../shared/domain/ids.ts';
import type { Engine } from '../engine/engine-api.ts';
import type { JobViews } from '../store/jobs/job-views.ts';
import type { Store } from '../store/store.ts';
import type { Announcer } from './announcements.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { Log } from './log.ts';
import type { LogMover } from './log-mover.ts';
import type { PassageIndexer } from './passage-indexer.ts';

export interface FollowEngineParams {
  readonly engine: Engine;
  readonly store: Store;
  readonly jobViews: JobViews;
  readonly isBeingRead: (session: SessionId) => boolean;
  readonly changes: ChangeFeed;
  readonly indexer: PassageIndexer;
  readonly logMover: LogMover;
  readonly announcer: Announcer;
  readonly log: Log;
}

/** What the rest of the program does about what happens to jobs. Returns how to end it. */
export function followEngine({
  engine,
  store,
  jobViews,
  isBeingRead,
  changes,
  indexer,
  logMover,
  announcer,
  log,
}: FollowEngineParams): () => void {
  /** A document that was put off for long no longer holds up the synopsis of its chat. */
  function goOnWithout(id: JobId): void {
    const job = jobViews.view(id);
    if (job?.kind !== 'document.import' || job.sessionId === null || isBeingRead(job.sessionId)) return;
    const session = job.sessionId;
    try {
      store.inTransaction(() => engine.resumeWaitingInTransaction('children', session));
    } catch (error) {
      log.warn({ jobId: id, err: error }, 'A synopsis could not be told that a document was put off; it looks again by itself.');
    }
  }

  return engine.subscribe(event => {
    if (event.type === 'scheduled') goOnWithout(event.jobId);
    changes.job(event);
    if (event.type === 'storage' && event.state === 'ok') indexer.tryAgain();
    if (event.type !== 'ended') return;
    indexer.wake();
    logMover.wake();
    void store.staging.release(event.jobId).catch((error: unknown) => {
      log.warn({ jobId: event.jobId, err: error }, 'The working folder of a job could not be removed; the next start tries again.');
    });
    announcer.flush();
  });
}
