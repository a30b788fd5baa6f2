import type { Location } from '../../shared/contract/app.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { ApprovalId, DeliveryId, JobId } from '../../shared/domain/ids.ts';
import type { JobView } from '../../shared/domain/job.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import type { Delivery } from '../store/deliveries.ts';
import type { JobViews } from '../store/jobs/job-views.ts';
import type { Store } from '../store/store.ts';
import { askedOutside, type AskedOutside } from './people/ask-words.ts';

/** Something worth telling a person who does not look at the window. */
export interface Announcement {
  readonly id: DeliveryId;
  readonly jobId: JobId;
  readonly title: string;
  readonly body: string;
  readonly location: Location;
  /** What can be answered from outside the window; null where nothing is asked. */
  readonly asks: (Pick<AskedOutside, 'replies' | 'takesWords'> & { readonly approvalId: ApprovalId }) | null;
}

/** Announcements shown one by one; more at once are one sentence that counts them. */
const shownOneByOne = 3;
/** The kind of a delivery that tells of a question. */
export const askedDelivery = 'approval.asked';
/** Rows of the outbox looked at together. */
const outboxBatch = 100;

const words = {
  ru: {
    done: 'Конспект готов',
    issues: 'Конспект готов, есть замечания',
    browserDone: 'Задача в браузере выполнена',
    failed: 'Не получилось',
    many: (count: number) => `Завершено задач: ${count}`,
    asksMany: (count: number) => `Вас ждут задачи: ${count}`,
    manyBody: 'Откройте Konspekt, чтобы посмотреть.',
  },
  en: {
    done: 'Your synopsis is ready',
    issues: 'Your synopsis is ready, with issues',
    browserDone: 'The browser task is done',
    failed: 'It did not work',
    many: (count: number) => `${count} tasks have ended`,
    asksMany: (count: number) => `${count} tasks wait for you`,
    manyBody: 'Open Konspekt to see them.',
  },
} as const;

/** A host that can tell the person outside the window. */
export interface AnnouncingHost {
  /** Returns whether it was shown. */
  readonly show: (announcement: Announcement) => boolean;
  /** Whether the window is before the person's eyes: a page that was just hidden may not have told so yet. */
  readonly isLookedAt: () => boolean;
}

export interface AnnouncerParams {
  readonly store: Store;
  readonly jobViews: JobViews;
  readonly settings: () => Settings;
  readonly language: () => Language;
  /** Whether the person has the place before their eyes. */
  readonly isSeen: (location: Location) => boolean;
  readonly now: () => number;
}

export interface Announcer {
  /** Sends what the outbox holds to the host; what no host shows is told in the window alone. */
  flush(): void;
  setShow(host: AnnouncingHost): void;
}

/** Empties the outbox that jobs fill in the transaction of their end or of their question: at most once each, and none for what is seen. */
export function createAnnouncer({ store, jobViews, settings, language, isSeen, now }: AnnouncerParams): Announcer {
  let host: AnnouncingHost = { show: () => false, isLookedAt: () => true };

  function toAnnouncement(id: DeliveryId, job: JobView): Announcement | null {
    const { notifyDone, notifyFailed } = settings();
    const text = words[language()];
    const location: Location =
      job.sessionId === null
        ? { kind: 'job', jobId: job.id }
        : job.kind === 'browser.run'
          ? { kind: 'session', sessionId: job.sessionId }
          : { kind: 'synopsis', sessionId: job.sessionId, versionId: null };
    if (host.isLookedAt() && isSeen(location)) return null;
    const about = { id, jobId: job.id, body: job.title, location, asks: null };
    if (job.state === 'done' && notifyDone && job.kind === 'browser.run') return { ...about, title: text.browserDone };
    if (job.state === 'done' && notifyDone) return { ...about, title: job.outcome === 'issues' ? text.issues : text.done };
    if (job.state === 'failed' && notifyFailed) return { ...about, title: text.failed };
    return null;
  }

  /** Of what its job asks now; nothing when that was answered meanwhile, or is before the person's eyes in its chat or beside it. */
  function toQuestion(id: DeliveryId, jobId: JobId): Announcement | null {
    const [approval] = store.approvals.openOfJob(jobId, now());
    if (approval === undefined || !settings().notifyAsks) return null;
    const location: Location = { kind: 'job', jobId };
    const places: Location[] = approval.sessionId === null ? [location] : [location, { kind: 'session', sessionId: approval.sessionId }];
    if (host.isLookedAt() && places.some(isSeen)) return null;
    const { title, body, ...asks } = askedOutside(approval, language());
    return { id, jobId, title, body, location, asks: { approvalId: approval.id, ...asks } };
  }

  function announcementOf({ id, kind, jobId }: Delivery): Announcement | null {
    if (kind === askedDelivery) return toQuestion(id, jobId);
    const job = jobViews.view(jobId);
    return job === null ? null : toAnnouncement(id, job);
  }

  /** More than a few of one sort are one that counts them. */
  function gathered(worth: readonly Announcement[], title: (count: number) => string): readonly Announcement[] {
    const [first] = worth;
    if (first === undefined || worth.length <= shownOneByOne) return worth;
    return [{ ...first, title: title(worth.length), body: words[language()].manyBody, asks: null }];
  }

  return {
    setShow(next) {
      host = next;
    },
    flush() {
      const pending = store.deliveries.pending(outboxBatch);
      const worth: Announcement[] = [];
      for (const delivery of pending) {
        const announcement = announcementOf(delivery);
        if (announcement === null) store.deliveries.settle(delivery.id, 'dropped', now());
        else worth.push(announcement);
      }
      if (worth.length === 0) return;
      const text = words[language()];
      const together = [
        ...gathered(
          worth.filter(({ asks }) => asks === null),
          text.many,
        ),
        ...gathered(
          worth.filter(({ asks }) => asks !== null),
          text.asksMany,
        ),
      ];
      const wasShown = together.map(announcement => host.show(announcement));
      for (const announcement of worth) store.deliveries.settle(announcement.id, wasShown.some(Boolean) ? 'delivered' : 'dropped', now());
    },
  };
}
