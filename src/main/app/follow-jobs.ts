import type { JobId, SessionId } from '../../shared/domain/ids.ts';
import type { Engine } from '../engine/engine-api.ts';
import type { JobViews } from '../store/jobs/job-views.ts';
import type { Store } from '../store/store.ts';
import type { AnswerTexts } from './answers/answer-texts.ts';
import { noteSeen } from './calls/app-calls.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { JobBus } from './job-bus.ts';
import type { Log } from './log.ts';
import type { LogMover } from './log-mover.ts';
import type { Announcer } from './notices/announcer.ts';
import type { WaitNoter } from './notices/note-waits.ts';
import type { PassageIndexer } from './passage-indexer.ts';
import type { PassageEmbedder } from './search/passage-embedder.ts';
import { logJobs, withTrace } from './traced-log.ts';
import type { WhatIsSeen } from './what-is-seen.ts';

export interface FollowJobsParams {
  readonly bus: JobBus;
  readonly engine: Pick<Engine, 'resumeWaitingInTransaction'>;
  readonly store: Store;
  readonly jobViews: JobViews;
  readonly isBeingRead: (session: SessionId) => boolean;
  readonly changes: ChangeFeed;
  readonly indexer: PassageIndexer;
  readonly embedder: PassageEmbedder;
  readonly logMover: LogMover;
  readonly announcer: Announcer;
  readonly waits: WaitNoter;
  readonly answers: Pick<AnswerTexts, 'pause' | 'forget'>;
  readonly leftOut: Map<JobId, Set<string>>;
  readonly seen: Pick<WhatIsSeen, 'isVisible'>;
  readonly now: () => number;
  readonly log: Log;
}

/** What the rest of the program does about what happens to jobs, until the bus is closed. */
export function followJobs({
  bus,
  engine,
  store,
  jobViews,
  isBeingRead,
  changes,
  indexer,
  embedder,
  logMover,
  announcer,
  waits,
  answers,
  leftOut,
  seen,
  now,
  log,
}: FollowJobsParams): void {
  /** A document that was put off for long no longer holds up the synopsis of its chat. */
  function goOnWithout(id: JobId): void {
    const job = jobViews.view(id);
    if (job?.kind !== 'document.import' || job.sessionId === null || isBeingRead(job.sessionId)) return;
    const session = job.sessionId;
    try {
      store.inTransaction(() => engine.resumeWaitingInTransaction('children', session));
    } catch (error) {
      log.warn(
        withTrace({ jobId: id, err: error }, bus.traceOf),
        'A synopsis could not be told that a document was put off; it looks again by itself.',
      );
    }
  }

  bus.subscribe('documents', event => {
    if (event.type === 'scheduled') goOnWithout(event.jobId);
  });
  bus.subscribe('windows', changes.job);
  bus.subscribe('log', logJobs(log));
  bus.subscribe('search-index', event => {
    if (event.type === 'storage' && event.state === 'ok') indexer.tryAgain();
    if (event.type === 'ended') indexer.wake();
    // One that failed is not begun again for its own end: new material or another choice does that.
    if (event.type === 'ended' && event.kind === 'passages.embed' && event.state === 'done') embedder.ended();
  });
  bus.subscribe('database-log', event => {
    // The many that come together are written as they are enqueued; what an attempt writes is moved with its end.
    if (event.type === 'enqueued' || event.type === 'ended') logMover.wake();
  });
  bus.subscribe('working-folders', event => {
    if (event.type !== 'ended') return;
    const { jobId: id, traceId } = event;
    void store.staging.release(id).catch((error: unknown) => {
      log.warn({ jobId: id, traceId, err: error }, 'The working folder of a job could not be removed; the next start tries again.');
    });
  });
  bus.subscribe('answers', event => {
    if (event.type === 'ended') leftOut.delete(event.jobId);
    if (event.type !== 'ended' && event.type !== 'waiting' && event.type !== 'scheduled' && event.type !== 'returned') return;
    if (event.kind !== 'chat.answer') return;
    for (const message of store.messages.ofJob(event.jobId)) {
      if (event.type === 'ended') answers.forget(message.id);
      else answers.pause({ sessionId: message.sessionId, messageId: message.id });
    }
  });
  bus.subscribe('notifications', event => {
    // A question is told once its job is parked: until then an answer in hand may settle it.
    if (event.type === 'waiting') {
      waits.parked(event.jobId);
      announcer.flush();
    }
    if (event.type !== 'ended') return;
    announcer.flush();
    if (!seen.isVisible() || jobViews.view(event.jobId)?.kind !== 'synopsis.make') return;
    try {
      noteSeen(store, now());
    } catch (error) {
      log.warn(
        { jobId: event.jobId, traceId: event.traceId, err: error },
        'It could not be noted that a synopsis was seen ending; the next window tells it again.',
      );
    }
  });
}
