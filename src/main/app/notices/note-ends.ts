import { noticeId, type JobId } from '../../../shared/domain/ids.ts';
import type { JobKindName } from '../../../shared/domain/job.ts';
import type { NoticeEvent } from '../../../shared/domain/notice.ts';
import type { JobEnd, JobKind } from '../../engine/job-kind.ts';
import type { Store } from '../../store/store.ts';
import { newId } from '../new-id.ts';

/**
 * What is told of each kind that is done. Null: something else tells its result. An answer stands in its chat, which is marked
 * as unread; documents, audits, folders and the search are not what a person waits for.
 */
const toldWhenDone = {
  'document.import': null,
  'synopsis.make': { ok: 'synopsis_ready', issues: 'synopsis_issues', scheduled: 'scheduled_synopsis' },
  'chat.answer': null,
  'agent.run': { ok: 'task_done', issues: 'task_issues', scheduled: 'scheduled_done' },
  'synopses.export': { ok: 'task_done', issues: 'task_issues', scheduled: 'scheduled_done' },
  'synopsis.audit': null,
  'passages.embed': null,
  'synopsis.autoexport': null,
  'browser.run': { ok: 'browser_done', issues: 'browser_done', scheduled: 'scheduled_done' },
} as const satisfies Record<JobKindName, Readonly<Record<'ok' | 'issues' | 'scheduled', NoticeEvent>> | null>;

export interface NotingParams {
  readonly store: Pick<Store, 'notices' | 'synopses'>;
  /** Whether a schedule began the job. */
  readonly isScheduled: (id: JobId) => boolean;
  readonly now: () => number;
}

type EndedJob = Parameters<NonNullable<JobKind['onEnd']>>[0];

/**
 * The kind, with a notice of each end in the transaction of that end: a kill leaves both or neither. A part of another job is
 * not told of, its whole is. What was told of an end is read once the job is run again.
 */
export function notingEnds(kind: JobKind, params: NotingParams): JobKind {
  const { store, now } = params;
  return {
    ...kind,
    onEnd(job, end) {
      kind.onEnd?.(job, end);
      const event = job.parentId === null ? eventOf(kind.name, job, end, params) : null;
      if (event === null) return;
      const atMs = now();
      store.notices.insert({
        id: newId(noticeId),
        // Attempts are counted anew by a retry by hand; an end has one moment.
        uniqueKey: `job:${job.id}:${atMs}:${end.state}`,
        event,
        jobId: job.id,
        approvalId: null,
        subject: null,
        sessionId: job.sessionId,
        atMs,
      });
    },
    onRetry(job, superseded) {
      kind.onRetry?.(job, superseded);
      store.notices.readOfJob(job.id, now());
    },
  };
}

function eventOf(kind: JobKindName, { id, sessionId }: EndedJob, end: JobEnd<unknown>, params: NotingParams): NoticeEvent | null {
  if (end.state !== 'done') return end.state === 'failed' ? 'failed' : null;
  const told = toldWhenDone[kind];
  if (told === null) return null;
  const { synopses } = params.store;
  const proposed = kind === 'synopsis.make' && sessionId !== null ? (synopses.proposal(sessionId)?.head.id ?? null) : null;
  if (proposed !== null && proposed === synopses.ofJob(id)?.id) return 'proposal';
  if (params.isScheduled(id)) return told.scheduled;
  return end.issues.length > 0 ? told.issues : told.ok;
}
