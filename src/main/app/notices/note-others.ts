import type { UpdateState } from '../../../shared/contract/updates.ts';
import { noticeId } from '../../../shared/domain/ids.ts';
import type { NoticeEvent } from '../../../shared/domain/notice.ts';
import type { ScheduleView } from '../../../shared/domain/schedule.ts';
import type { NewNotice } from '../../store/notices.ts';
import type { Store } from '../../store/store.ts';
import { newId } from '../new-id.ts';

export interface OtherNoterParams {
  readonly store: Pick<Store, 'notices'>;
  /** How long notices are kept: what is older than that has been told, and its row may be gone. */
  readonly keptMs: () => number;
  /** Something new was noted. */
  readonly noted: () => void;
  readonly now: () => number;
  /** The disk refuses: the window tells it all the same, and whoever has told us goes on. */
  readonly report: (error: unknown) => void;
}

/** Notes what is no job's: times of schedules at which nothing began, and new versions of the program. */
export interface OtherNoter {
  schedules(schedules: readonly ScheduleView[]): void;
  update(state: UpdateState): void;
}

const ofOutcome = {
  started: null,
  overlapped: null,
  missed: 'schedule_missed',
  refused: 'schedule_refused',
} as const satisfies Record<NonNullable<ScheduleView['lastRun']>['outcome'], NoticeEvent | null>;

export function createOtherNoter({ store, keptMs, noted, now, report }: OtherNoterParams): OtherNoter {
  type About = Pick<NewNotice, 'uniqueKey' | 'event' | 'sessionId' | 'atMs'> & { readonly subject: string };

  function note(all: readonly About[]): void {
    try {
      const isNew = all.map(about => store.notices.insert({ ...about, id: newId(noticeId), jobId: null, approvalId: null }));
      if (isNew.some(Boolean)) noted();
    } catch (error) {
      report(error);
    }
  }

  return {
    schedules(schedules) {
      note(
        schedules.flatMap(({ id, title: subject, work, lastRun }) => {
          const event = lastRun === null ? null : ofOutcome[lastRun.outcome];
          if (lastRun === null || event === null || lastRun.atMs < now() - keptMs()) return [];
          return { uniqueKey: `schedule:${id}:${lastRun.plannedAtMs}`, event, subject, sessionId: work.sessionId, atMs: lastRun.atMs };
        }),
      );
    },
    update(update) {
      if (update.state !== 'available' && update.state !== 'ready') return;
      const { state, version } = update;
      note([{ uniqueKey: `update:${version}:${state}`, event: `update_${state}`, subject: version, sessionId: null, atMs: now() }]);
    },
  };
}
