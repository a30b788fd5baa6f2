import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '../../../../src/main/app/new-id.ts';
import type { EnqueueRequest } from '../../../../src/main/engine/engine-api.ts';
import { createJobRepository } from '../../../../src/main/store/jobs/job-repository.ts';
import type { Database } from '../../../../src/main/store/connection.ts';
import { jobId } from '../../../../src/shared/domain/ids.ts';
import { machineMs } from '../clock.ts';
import type { Contestant, Session } from '../contestant.ts';
import { processorMicros } from '../processor-time.ts';
import { openOurDatabase, startOurHost, type OurHost } from './our-host.ts';
import { claimFirst } from '../../../support/claim-first.ts';
import { newJob } from '../../../support/new-job.ts';

/** Tasks in the worker process at best: beyond it the gain of a larger group commit is lost in the noise. */
const bestAtOnce = 256;
/** Between two jobs for an idle worker, as for the others. */
const idleGapMs = 7.3;
/** Jobs that record steps side by side. */
const stepJobs = 16;

export interface OurSession extends Session {
  /** Milliseconds for `count` steps of 1 kB over all jobs. */
  steps(jobs: 'one' | 'several', count: number): Promise<number>;
  /** As `rerunAfterKill` for the only process at work, with the one that stands by beside it or before that one was started. */
  rerunOfOnly(beside: 'standby' | 'nothing'): Promise<number>;
  /** Puts so many finished and as many scheduled jobs into the database. */
  fill(history: number): void;
}

export interface OurContestant extends Contestant {
  open(): Promise<OurSession>;
}

export function ourContestant(folder: string): OurContestant {
  let sessions = 0;
  return {
    name: 'Konspekt',
    settings: `SQLite synchronous=FULL; one worker process, ${bestAtOnce} tasks in it at best; group commit, trail, counts and keys on`,
    jobs: { enqueue: 3_000, bulk: 50_000, one: 1_500, best: 15_000 },
    open() {
      sessions += 1;
      return Promise.resolve(openSession(folder, join(folder, `ours-${sessions}.db`)));
    },
  };
}

function openSession(folder: string, file: string): OurSession {
  const db = openOurDatabase(file);

  async function withHost<T>(
    setup: {
      readonly atOnce: number;
      readonly processes?: number;
      readonly paused?: boolean;
      readonly standby?: boolean;
      readonly onPickup?: (ms: number) => void;
    },
    work: (host: OurHost) => Promise<T>,
  ): Promise<T> {
    const host = startOurHost(db, { processes: 1, paused: false, standby: false, cwd: folder, ...setup });
    try {
      return await work(host);
    } finally {
      await host.stop();
    }
  }
  /** A process that is there and has run its first task. */
  async function warmUp(host: OurHost): Promise<void> {
    const ended = host.ended(1);
    await host.engine.enqueue(host.request());
    await ended;
  }
  function requests(host: OurHost, count: number): readonly EnqueueRequest[] {
    return Array.from({ length: count }, () => host.request());
  }

  return {
    enqueueOneByOne: count =>
      withHost({ atOnce: 1, paused: true }, async host => {
        const start = performance.now();
        for (let n = 0; n < count; n += 1) await host.engine.enqueue(host.request());
        return performance.now() - start;
      }),
    enqueueBulk: count =>
      withHost({ atOnce: 1, paused: true }, async host => {
        const all = requests(host, count);
        const start = performance.now();
        await host.engine.enqueueAll(all);
        return performance.now() - start;
      }),
    drain: (mode, count) =>
      withHost({ atOnce: mode === 'one' ? 1 : bestAtOnce }, async host => {
        await warmUp(host);
        host.engine.setPaused(true);
        await host.engine.enqueueAll(requests(host, count));
        const before = processorMicros([process.pid]);
        const start = performance.now();
        const ended = host.ended(count);
        host.engine.setPaused(false);
        await ended;
        const ms = performance.now() - start;
        const after = processorMicros([process.pid]);
        return { jobs: count, ms, cpuMicros: before === null || after === null ? null : after - before };
      }),
    async pickups(count) {
      const found: number[] = [];
      await withHost(
        {
          atOnce: 1,
          onPickup: ms => {
            found.push(ms);
          },
        },
        async host => {
          await warmUp(host);
          found.length = 0;
          for (let n = 0; n < count; n += 1) {
            const ended = host.ended(1);
            await host.engine.enqueue(host.request());
            await ended;
            await pause(idleGapMs);
          }
        },
      );
      return found;
    },
    rerunAfterKill: () =>
      withHost({ atOnce: 2, processes: 2 }, async host => {
        const ended = host.ended(1);
        const started = host.heard('started');
        await host.engine.enqueue(host.request('hang'));
        await started;
        const [victim] = host.pids;
        // The one seat is taken, so this one starts the process that stands by.
        await host.engine.enqueue(host.request());
        await ended;
        return killAndWait(host, victim);
      }),
    rerunOfOnly: beside =>
      withHost({ atOnce: 1, standby: beside === 'standby' }, async host => {
        const started = host.heard('started');
        await host.engine.enqueue(host.request('hang'));
        await started;
        if (beside === 'standby') await host.ready(2);
        return killAndWait(host, host.pids[0]);
      }),
    cancelReach: () =>
      withHost({ atOnce: 1 }, async host => {
        const started = host.heard('started');
        const { jobId: id } = await host.engine.enqueue(host.request('hang'));
        await started;
        const aborted = host.heard('aborted');
        const askedAtMs = machineMs();
        await host.engine.cancel(id);
        return (await aborted) - askedAtMs;
      }),
    steps: (jobs, count) =>
      withHost({ atOnce: jobs === 'one' ? 1 : stepJobs }, async host => {
        await warmUp(host);
        const number = jobs === 'one' ? 1 : stepJobs;
        const ended = host.ended(number);
        const start = performance.now();
        await Promise.all(Array.from({ length: number }, () => host.engine.enqueue(host.stepsRequest(Math.ceil(count / number)))));
        await ended;
        return performance.now() - start;
      }),
    fill: history => {
      fill(db, history);
    },
    close() {
      db.close();
      for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
      return Promise.resolve();
    },
  };
}

/** Between SIGKILL and the start of the job in another process. */
async function killAndWait(host: OurHost, victim: number | undefined): Promise<number> {
  if (victim === undefined) throw new Error('No worker process was started.');
  const again = host.heard('started');
  const killedAtMs = machineMs();
  process.kill(victim, 'SIGKILL');
  return (await again) - killedAtMs;
}

/** Rows of one transaction while filling. */
const fillBatch = 1_000;

function fill(db: Database, history: number): void {
  const store = createJobRepository(db);
  const insert = (state: 'scheduled' | 'queued', n: number): void => {
    const nowMs = Date.now();
    store.insert([
      newJob(newId(jobId), {
        state,
        kind: 'synopsis.make',
        payload: '{"n":1}',
        idempotencyKey: `synopsis.make:${newId(jobId)}`,
        title: `Document ${n}`,
        dueAtMs: state === 'scheduled' ? nowMs + 1e9 : nowMs,
        maxAttempts: 3,
        traceId: randomUUID(),
        nowMs,
      }),
    ]);
  };
  // Of a kind the bench's engine knows, since its start fails jobs of unknown kinds.
  for (let done = 0; done < history; done += fillBatch) {
    store.transaction(() => {
      for (let n = 0; n < fillBatch; n += 1) {
        insert('scheduled', done + n);
        insert('queued', done + n);
        const leaseToken = randomUUID();
        const claimed = claimFirst(store, ['synopsis.make'], leaseToken, Date.now(), 30_000);
        if (claimed !== null) store.finish([{ lease: { jobId: claimed.id, leaseToken }, issues: [] }], Date.now());
      }
    });
  }
}
