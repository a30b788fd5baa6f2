import type { Location } from '../../../shared/contract/app.ts';
import { placeOf } from '../../../shared/contract/notice-place.ts';
import type { ApprovalView } from '../../../shared/domain/approval.ts';
import type { ApprovalId, NoticeId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { kindOfEvent, noticesKept, type NoticeTestOutcome, type NoticeWay } from '../../../shared/domain/notice.ts';
import { testWords } from '../../../shared/domain/notice-test-words.ts';
import { noticeHeads } from '../../../shared/domain/notice-words.ts';
import { heldUntil, quietUntil } from '../../../shared/domain/quiet-hours.ts';
import { settingOfNotice, type Settings } from '../../../shared/domain/settings.ts';
import { visibleLine } from '../../../shared/domain/visible-text.ts';
import type { Told, UntoldNotice } from '../../store/notices.ts';
import type { Store } from '../../store/store.ts';
import { askedOutside, type AskedOutside } from '../people/ask-words.ts';
import { gathered } from './gathered.ts';
import { quietSummary } from './quiet-summary.ts';

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
  /** Shows it, where the host can. */
  readonly show: (announcement: Announcement, how: { readonly silent: boolean }) => void;
  /** Whether the window is before the person's eyes: a page that was just hidden may not have told so yet. */
  readonly isLookedAt: () => boolean;
  /** Shows this, wherever the person looks; resolves with what the system says of it. */
  readonly test: (
    words: { readonly title: string; readonly body: string },
    how: { readonly silent: boolean },
  ) => Promise<NoticeTestOutcome>;
}

export interface AnnouncerParams {
  readonly store: Pick<Store, 'notices' | 'approvals'>;
  /** Null where one comes later: what is to be told waits for it, and is not marked as told meanwhile. */
  readonly host: AnnouncingHost | null;
  readonly settings: () => Settings;
  readonly language: () => Language;
  /** Whether the person has the place before their eyes. */
  readonly isSeen: (location: Location) => boolean;
  /** Notices are read or told now that were not before. */
  readonly changed: () => void;
  readonly now: () => number;
  /** Something could not be told outside the window; the centre has it. */
  readonly report: (error: unknown) => void;
  /** Returns how to forget it. */
  readonly later: (afterMs: number, work: () => void) => () => void;
}

export interface Announcer {
  /** Sends what is untold to the host, once there is one; what it does not show stays in the centre alone. */
  flush(): void;
  /** Sends one now, whatever the settings hold back. */
  test(): Promise<NoticeTestOutcome>;
  /** The host is there, the quiet hours are others than before, or the clock was set: tells what was held back if they are over. */
  look(): void;
  /** The host is there: it is told what has waited for it. */
  setShow(host: AnnouncingHost): void;
  close(): void;
}

/** Tells outside the window what jobs have noted in the transaction of their end or of their question: at most once each, and none of what is seen. */
export function createAnnouncer({
  store,
  host: firstHost,
  settings,
  language,
  isSeen,
  changed,
  now,
  report,
  later,
}: AnnouncerParams): Announcer {
  const { notices } = store;
  let host: AnnouncingHost | null = firstHost;
  let forgetTimer: () => void = () => undefined;

  /** Its place, its task and its chat: what happens in either is before the eyes of who looks at it. */
  function isBeforeEyes(notice: UntoldNotice): boolean {
    if (host?.isLookedAt() !== true) return false;
    const { jobId, sessionId } = notice;
    const places: Location[] = [placeOf(notice)];
    if (jobId !== null) places.push({ kind: 'job', jobId });
    if (sessionId !== null) places.push({ kind: 'session', sessionId });
    return places.some(isSeen);
  }

  function announcementOf(notice: UntoldNotice): Announcement {
    const { id, event, title } = notice;
    const approval = notice.approvalId === null ? null : store.approvals.find(notice.approvalId);
    if (approval !== null) return { id, location: placeOf(notice), ...asked(approval) };
    // SECURITY: a title may come from a document; outside the window nothing of it is hidden or turned around.
    return { id, title: noticeHeads[language()][event], body: visibleLine(title), location: placeOf(notice), asks: null };
  }

  function asked(approval: ApprovalView): Pick<Announcement, 'title' | 'body' | 'asks'> {
    const { title, body, ...asks } = askedOutside(approval, language());
    return { title, body, asks: { approvalId: approval.id, ...asks } };
  }

  const wayOf = ({ event }: UntoldNotice): NoticeWay => settings()[settingOfNotice[kindOfEvent[event]]];

  /** The window tells what happens to those who look at it, unless they want both. */
  const isEnoughToLook = (): boolean => host?.isLookedAt() === true && !settings().notifyFocused;
  const silent = (): boolean => !settings().notifySound;

  /** What becomes of one; null when it is to be shown now. What is before the person's eyes is read. */
  function withoutShowing(notice: UntoldNotice): Exclude<Told, 'shown'> | null {
    if (notice.isRead || notice.isOver) return 'kept';
    if (isBeforeEyes(notice)) {
      notices.read([notice.id], now());
      return 'kept';
    }
    if (wayOf(notice) !== 'system' || isEnoughToLook()) return 'kept';
    const expiresAtMs = notice.approvalId === null ? null : (store.approvals.find(notice.approvalId)?.expiresAtMs ?? null);
    return heldUntil(settings(), now(), expiresAtMs) === null ? null : 'held';
  }

  function tellPending(): boolean {
    const pending = notices.untold('pending', outboxBatch, now());
    const worth: UntoldNotice[] = [];
    let isHeld = false;
    for (const notice of pending) {
      if (wayOf(notice) === 'nothing') {
        notices.leaveOut(notice.id, now());
        continue;
      }
      const told = withoutShowing(notice);
      isHeld ||= told === 'held';
      if (told === null) worth.push(notice);
      else notices.tell(notice.id, told);
    }
    settle(worth, gathered(worth.map(announcementOf), language()));
    if (isHeld) look();
    return pending.length > 0;
  }

  /** The quiet hours are over: all that is still new is told once. */
  function tellHeld(): void {
    if (host === null) return;
    const held = notices.untold('held', noticesKept, now());
    const worth: UntoldNotice[] = [];
    for (const notice of held) {
      if (notice.isRead || notice.isOver || wayOf(notice) !== 'system' || isEnoughToLook()) notices.tell(notice.id, 'kept');
      else worth.push(notice);
    }
    const summary = quietSummary(worth, language());
    if (summary !== null) settle(worth, [summary]);
  }

  /** Shows the announcements of these. Written down first: a kill in between loses a notification, and the centre still has it. */
  function settle(worth: readonly UntoldNotice[], announcements: readonly Announcement[]): void {
    for (const { id } of worth) notices.tell(id, 'shown');
    for (const announcement of announcements) {
      try {
        host?.show(announcement, { silent: silent() });
      } catch (error) {
        report(error);
      }
    }
  }

  /** One timer, for the end of the quiet hours that are now. */
  function look(): void {
    forgetTimer();
    const endMs = quietUntil(settings(), now());
    if (endMs !== null) {
      forgetTimer = later(endMs - now(), look);
      return;
    }
    try {
      tellHeld();
    } catch (error) {
      report(error);
    }
  }

  function flush(): void {
    if (host === null) return;
    let isAny = false;
    while (tellPending()) isAny = true;
    if (isAny) changed();
  }

  return {
    setShow(next) {
      host = next;
      flush();
      look();
    },
    flush,
    look,
    test: () => host?.test(testWords[language()], { silent: silent() }) ?? Promise.resolve('unsupported'),
    close() {
      forgetTimer();
    },
  };
}
