import { cleanHistory } from '../engine/history.ts';
import type { JobStore } from '../engine/job-store.ts';
import { systemClock } from '../engine/system-clock.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import type { Store } from '../store/store.ts';
import type { Log } from './log.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Not at the start, when a person waits for the window. */
const firstAfterMs = 5 * minuteMs;
/** Three backups a day are kept of today; every four hours makes the newest one at most that old. */
const everyMs = 4 * hourMs;
/** Request keys and settled announcements are kept this long: no window retries a click from last week. */
const forgottenAfterMs = 7 * dayMs;
const forgottenAtOnce = 500;

interface HousekeepingParams {
  readonly store: Store;
  readonly jobs: JobStore;
  readonly settings: () => Settings;
  readonly backup: () => Promise<void>;
  readonly log: Log;
  readonly now: () => number;
}

/** Backups, old history and files that nothing names, some times a day. Returns how to stop it. */
export function startHousekeeping({ store, jobs, settings, backup, log, now }: HousekeepingParams): () => void {
  const stop = new AbortController();
  let timer: NodeJS.Timeout;

  async function clean(): Promise<void> {
    await backup();
    const removed = await cleanHistory({ store: jobs, clock: systemClock }, settings().jobHistoryDays, stop.signal);
    store.requests.forgetBefore(now() - forgottenAfterMs, forgottenAtOnce);
    store.deliveries.forgetSettledBefore(now() - forgottenAfterMs, forgottenAtOnce);
    const garbage = await store.artifacts.collectGarbage(now());
    log.info({ jobs: removed, files: garbage.files }, 'Housekeeping is done.');
  }

  function plan(afterMs: number): void {
    timer = setTimeout(() => {
      void clean()
        .catch((error: unknown) => {
          log.warn({ err: error }, 'Housekeeping could not finish; it is tried again later.');
        })
        .finally(() => {
          if (!stop.signal.aborted) plan(everyMs);
        });
    }, afterMs);
    timer.unref();
  }

  plan(firstAfterMs);
  return () => {
    stop.abort();
    clearTimeout(timer);
  };
}
