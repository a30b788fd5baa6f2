import type { Location } from '../../shared/contract/app.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { DeliveryId, JobId } from '../../shared/domain/ids.ts';
import type { JobView } from '../../shared/domain/job.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import type { JobViews } from '../store/jobs/job-views.ts';
import type { Store } from '../store/store.ts';

/** Something worth telling a person who does not look at the window. */
export interface Announcement {
  readonly id: DeliveryId;
  readonly jobId: JobId;
  readonly title: string;
  readonly body: string;
  readonly location: Location;
}

/** Announcements shown one by one; more at once are one sentence that counts them. */
const shownOneByOne = 3;
/** Rows of the outbox looked at together. */
const outboxBatch = 100;

const words = {
  ru: {
    done: 'Конспект готов',
    issues: 'Конспект готов, есть замечания',
    failed: 'Не получилось',
    many: (count: number) => `Завершено заданий: ${count}`,
    manyBody: 'Откройте Konspekt, чтобы посмотреть.',
  },
  en: {
    done: 'Your synopsis is ready',
    issues: 'Your synopsis is ready, with issues',
    failed: 'It did not work',
    many: (count: number) => `${count} tasks have ended`,
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

/** Empties the outbox that jobs fill in the transaction of their end: at most once each, and none for what is seen. */
export function createAnnouncer({ store, jobViews, settings, language, isSeen, now }: AnnouncerParams): Announcer {
  let host: AnnouncingHost = { show: () => false, isLookedAt: () => true };

  function toAnnouncement(id: DeliveryId, job: JobView): Announcement | null {
    const { notifyDone, notifyFailed } = settings();
    const text = words[language()];
    const location: Location =
      job.sessionId === null ? { kind: 'job', jobId: job.id } : { kind: 'synopsis', sessionId: job.sessionId, versionId: null };
    if (host.isLookedAt() && isSeen(location)) return null;
    if (job.state === 'done' && notifyDone)
      return { id, jobId: job.id, title: job.outcome === 'issues' ? text.issues : text.done, body: job.title, location };
    if (job.state === 'failed' && notifyFailed) return { id, jobId: job.id, title: text.failed, body: job.title, location };
    return null;
  }

  return {
    setShow(next) {
      host = next;
    },
    flush() {
      const pending = store.deliveries.pending(outboxBatch);
      const worth: Announcement[] = [];
      for (const delivery of pending) {
        const job = jobViews.view(delivery.jobId);
        const announcement = job === null ? null : toAnnouncement(delivery.id, job);
        if (announcement === null) store.deliveries.settle(delivery.id, 'dropped', now());
        else worth.push(announcement);
      }
      const [first] = worth;
      if (first === undefined) return;
      const text = words[language()];
      const together = worth.length > shownOneByOne ? [{ ...first, title: text.many(worth.length), body: text.manyBody }] : worth;
      const wasShown = together.map(announcement => host.show(announcement));
      for (const announcement of worth) store.deliveries.settle(announcement.id, wasShown.some(Boolean) ? 'delivered' : 'dropped', now());
    },
  };
}
