import { noticeId, type JobId } from '../../../shared/domain/ids.ts';
import type { NoticeEvent } from '../../../shared/domain/notice.ts';
import type { JobViews } from '../../store/jobs/job-views.ts';
import type { Store } from '../../store/store.ts';
import { newId } from '../new-id.ts';

/** More jobs than this wait for nobody's word at once; of more the newest are told of. */
const waitingAtOnce = 1_000;

export interface WaitNoterParams {
  readonly store: Pick<Store, 'notices'>;
  readonly jobViews: Pick<JobViews, 'view' | 'page' | 'lastWait'>;
  readonly now: () => number;
}

/** Notes that a job waits for the person without asking a question of its own: for a budget, or for a word about an effect. */
export interface WaitNoter {
  /** The job was parked. */
  parked(id: JobId): void;
  /** Of those that were parked just before an earlier run was killed; what is noted already stays as it is. */
  catchUp(): void;
}

export function createWaitNoter({ store, jobViews, now }: WaitNoterParams): WaitNoter {
  function parked(id: JobId): void {
    const job = jobViews.view(id);
    if (job?.state !== 'waiting') return;
    const event: NoticeEvent | null = job.waitReason === 'budget' ? 'budget' : job.undecided > 0 ? 'unclear' : null;
    if (event === null) return;
    // A job may come to wait for the same again; each wait has its own place in the trail.
    const uniqueKey = `wait:${id}:${jobViews.lastWait(id)}`;
    store.notices.insert({
      id: newId(noticeId),
      uniqueKey,
      event,
      jobId: id,
      approvalId: null,
      subject: null,
      sessionId: job.sessionId,
      atMs: now(),
    });
  }

  return {
    parked,
    catchUp() {
      for (const { id } of jobViews.page({ group: 'needsYou', search: '', before: null, limit: waitingAtOnce }).jobs) parked(id);
    },
  };
}
