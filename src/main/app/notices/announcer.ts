import type { Location } from '../../../shared/contract/app.ts';
import { placeOf } from '../../../shared/contract/notice-place.ts';
import type { ApprovalView } from '../../../shared/domain/approval.ts';
import type { ApprovalId, NoticeId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { kindOfEvent, type NoticeWay } from '../../../shared/domain/notice.ts';
import { noticeHeads } from '../../../shared/domain/notice-words.ts';
import { settingOfNotice, type Settings } from '../../../shared/domain/settings.ts';
import type { UntoldNotice } from '../../store/notices.ts';
import type { Store } from '../../store/store.ts';
import { askedOutside, type AskedOutside } from '../people/ask-words.ts';
import { gathered } from './gathered.ts';

/** Something worth telling a person who does not look at the window. */
export interface Announcement {
  readonly id: NoticeId;
  readonly title: string;
  readonly body: string;
  readonly location: Location;
  /** What can be answered from outside the window; null where nothing is asked. */
  readonly asks: (Pick<AskedOutside, 'replies' | 'takesWords'> & { readonly approvalId: ApprovalId }) | null;
}

/** Rows of the outbox looked at together. */
const outboxBatch = 100;

/** A host that can tell the person outside the window. */
export interface AnnouncingHost {
  /** Returns whether it was shown. */
  readonly show: (announcement: Announcement) => boolean;
  /** Whether the window is before the person's eyes: a page that was just hidden may not have told so yet. */
  readonly isLookedAt: () => boolean;
}

export interface AnnouncerParams {
  readonly store: Pick<Store, 'notices' | 'approvals'>;
  readonly settings: () => Settings;
  readonly language: () => Language;
  /** Whether the person has the place before their eyes. */
  readonly isSeen: (location: Location) => boolean;
  /** Notices are read or told now that were not before. */
  readonly changed: () => void;
  readonly now: () => number;
}

export interface Announcer {
  /** Sends what is untold to the host; what no host shows stays in the centre alone. */
  flush(): void;
  setShow(host: AnnouncingHost): void;
}

/** Tells outside the window what jobs have noted in the transaction of their end or of their question: at most once each, and none of what is seen. */
export function createAnnouncer({ store, settings, language, isSeen, changed, now }: AnnouncerParams): Announcer {
  const { notices } = store;
  let host: AnnouncingHost = { show: () => false, isLookedAt: () => true };

  /** Its place, its task and its chat: what happens in either is before the eyes of who looks at it. */
  function isBeforeEyes(notice: UntoldNotice): boolean {
    if (!host.isLookedAt()) return false;
    const { jobId, sessionId } = notice;
    const places: Location[] = [placeOf(notice)];
    if (jobId !== null) places.push({ kind: 'job', jobId });
    if (sessionId !== null) places.push({ kind: 'session', sessionId });
    return places.some(isSeen);
  }

  function announcementOf(notice: UntoldNotice): Announcement {
    const { id, event, title: body } = notice;
    const approval = notice.approvalId === null ? null : store.approvals.find(notice.approvalId);
    if (approval !== null) return { id, location: placeOf(notice), ...asked(approval) };
    return { id, title: noticeHeads[language()][event], body, location: placeOf(notice), asks: null };
  }

  function asked(approval: ApprovalView): Pick<Announcement, 'title' | 'body' | 'asks'> {
    const { title, body, ...asks } = askedOutside(approval, language());
    return { title, body, asks: { approvalId: approval.id, ...asks } };
  }

  /** What is to be shown of these; what is before the person's eyes is read. */
  function worthShowing(pending: readonly UntoldNotice[]): readonly UntoldNotice[] {
    return pending.filter(notice => {
      if (notice.isRead || notice.isOver) return false;
      if (isBeforeEyes(notice)) {
        notices.read([notice.id], now());
        return false;
      }
      return wayOf(notice) === 'system';
    });
  }

  const wayOf = ({ event }: UntoldNotice): NoticeWay => settings()[settingOfNotice[kindOfEvent[event]]];

  function tell(pending: readonly UntoldNotice[]): void {
    const worth = worthShowing(pending);
    const wasShown = gathered(worth.map(announcementOf), language()).map(host.show).some(Boolean);
    const shown = new Set(wasShown ? worth.map(({ id }) => id) : []);
    for (const { id } of pending) notices.tell(id, shown.has(id) ? 'shown' : 'kept');
  }

  return {
    setShow(next) {
      host = next;
    },
    flush() {
      const pending = notices.untold('pending', outboxBatch, now());
      if (pending.length === 0) return;
      const unwanted = pending.filter(notice => wayOf(notice) === 'nothing');
      for (const { id } of unwanted) notices.remove(id);
      tell(pending.filter(notice => !unwanted.includes(notice)));
      changed();
    },
  };
}
