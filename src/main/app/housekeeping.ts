import { cleanHistory } from '../engine/history.ts';
import type { JobStore } from '../engine/job-store.ts';
import { systemClock } from '../engine/system-clock.ts';
import { epochMs } from '../../shared/domain/ids.ts';
import { noticesKept } from '../../shared/domain/notice.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import type { Database } from '../store/connection.ts';
import { checkHealth } from '../store/health.ts';
import type { Reader } from '../store/reader.ts';
import type { Store } from '../store/store.ts';
import type { Log } from './log.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Not at the start, when a person waits for the window. */
const firstAfterMs = 5 * minuteMs;
/** Three backups a day are kept of today; every four hours makes the newest one at most that old. */
const everyMs = 4 * hourMs;
/** Request keys are kept this long: no window retries a click from last week. */
const forgottenAfterMs = 7 * dayMs;
const forgottenAtOnce = 500;
/** Reading the whole file is a matter of seconds for years of work, and damage that sleeps longer outlives the backups. */
const healthEveryMs = 7 * dayMs;
const healthKey = 'health-checked-at-ms';

interface HousekeepingParams {
  readonly store: Store;
  readonly jobs: JobStore;
  readonly connection: Database;
  readonly reader: Reader;
  readonly settings: () => Settings;
  readonly backup: (reason: 'timed') => Promise<unknown>;
  readonly log: Log;
  readonly now: () => number;
}

/** Backups, old history and files that nothing names, some times a day. Returns how to stop it. */
export function startHousekeeping({ store, jobs, connection, reader, settings, backup, log, now }: HousekeepingParams): () => void {
  const stop = new AbortController();
  let timer: NodeJS.Timeout;

  async function clean(): Promise<void> {
    // Room is made whether or not there was enough of it for a backup.
    const backedUp = await backup('timed').then(
      () => null,
      (error: unknown) => ({ error }),
    );
    const removed = await cleanHistory(
      { store: jobs, clock: systemClock },
      { keepDays: settings().jobHistoryDays, keepCount: settings().jobHistoryCount },
      stop.signal,
    );
    store.requests.forgetBefore(now() - forgottenAfterMs, forgottenAtOnce);
    const { jobHistoryDays } = settings();
    store.notices.forget({ beforeMs: now() - jobHistoryDays * dayMs, keep: noticesKept, limit: forgottenAtOnce });
    await lookAfterHealth();
    const garbage = await store.artifacts.collectGarbage(now());
    log.info({ jobs: removed, files: garbage.files }, 'Housekeeping is done.');
    if (backedUp !== null) throw backedUp.error;
  }

  async function lookAfterHealth(): Promise<void> {
    const last = store.settingsState.get(healthKey, epochMs);
    if (last !== null && last + healthEveryMs > now()) return;
    const { found, left } = await checkHealth(connection, reader);
    if (found.length > 0)
      log.error(
        // SQLite's own sentences name rows and indexes; how many there are is enough to know what to do.
        { found: found.length, left: left.length },
        left.length === 0 ? 'Indexes were damaged and have been rebuilt.' : 'The database is damaged. Restore a backup.',
      );
    store.settingsState.set(healthKey, now(), now());
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
