import type { Location } from '../../../shared/contract/app.ts';
import type { EventHub } from '../../ipc/event-hub.ts';
import type { Notices } from '../../store/notices.ts';

export interface NoticeDeskParams {
  readonly notices: Pick<Notices, 'unread' | 'readOfJob' | 'readOfSession'>;
  readonly events: EventHub;
  readonly now: () => number;
  /** Runs `work` a little later; all changes until then are told together. */
  readonly later: (work: () => void) => void;
  readonly report: (error: unknown) => void;
}

/** Keeps windows up to date about the notification centre. */
export interface NoticeDesk {
  /** The list is another one than before. */
  changed(): void;
  /** The person has the place before their eyes: what is told of it is read. */
  seen(location: Location): void;
  close(): void;
}

/** Events after which something that was asked may be asked no more, or a chat is gone or back. */
const mayAnswer: ReadonlySet<string> = new Set(['approvals.changed', 'jobs.changed', 'sessions.changed', 'synopses.changed']);

export function createNoticeDesk({ notices, events, now, later, report }: NoticeDeskParams): NoticeDesk {
  let told: number | null = null;
  let isChanged = false;
  let isPlanned = false;
  let isClosed = false;

  function plan(): void {
    if (isPlanned || isClosed) return;
    isPlanned = true;
    later(() => {
      isPlanned = false;
      if (isClosed) return;
      try {
        tell();
      } catch (error) {
        report(error);
      }
    });
  }

  function tell(): void {
    const unread = notices.unread(now());
    if (!isChanged && unread === told) return;
    isChanged = false;
    told = unread;
    events.publish('notices.changed', { unread });
  }

  const unsubscribe = events.subscribe(({ route }) => {
    if (mayAnswer.has(route)) plan();
  });

  function changed(): void {
    isChanged = true;
    plan();
  }

  return {
    changed,
    seen(location) {
      const read =
        location.kind === 'job'
          ? notices.readOfJob(location.jobId, now())
          : 'sessionId' in location
            ? notices.readOfSession(location.sessionId, now())
            : 0;
      if (read > 0) changed();
    },
    close() {
      isClosed = true;
      unsubscribe();
    },
  };
}
