/**
 * A quick look at the engine's speed on a real file with synchronous=FULL. Run: `node test/bench/engine-quick.ts [folder]`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { jobId } from '../../src/shared/domain/ids.ts';
import type { JobId } from '../../src/shared/domain/ids.ts';
import type { EnqueueRequest } from '../../src/main/engine/engine-api.ts';
import { createEngine } from '../../src/main/engine/engine.ts';
import { defaultLimits } from '../../src/main/engine/limits.ts';
import { systemClock } from '../../src/main/engine/system-clock.ts';
import { createJobRepository } from '../../src/main/store/jobs/job-repository.ts';
import { createJobViews } from '../../src/main/store/jobs/job-views.ts';
import { createFakeRunner } from '../support/fake-runner.ts';
import { openJobDatabase } from '../support/job-database.ts';
import { testKind } from '../support/job-kinds.ts';
import { median as medianOf } from './report/percentile.ts';
import { report } from './report/report.ts';
import { claimFirst } from '../support/claim-first.ts';
import { newJob } from '../support/new-job.ts';

const jobs = 20_000;
const history = 100_000;
const concurrency = 256;
const oneByOne = 500;
const nextId = (): JobId => jobId.parse(uuid());

const folder = mkdtempSync(join(process.argv[2] ?? tmpdir(), 'konspekt-bench-'));
const db = openJobDatabase(join(folder, 'jobs.db'));
const store = createJobRepository(db);
const views = createJobViews(db);

/** Says wall time and processor time: the second holds on a busy machine too. */
async function timed(what: string, times: number, work: () => Promise<void>): Promise<void> {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const used = process.cpuUsage(before);
  report(what, (times / (performance.now() - start)) * 1_000, 'jobs/s', {
    note: `${((used.user + used.system) / times).toFixed(0)} µs of processor a job`,
  });
}
/** Median of single calls in microseconds. */
function median(times: number, work: () => void): number {
  return medianOf(
    Array.from({ length: times }, () => {
      const start = performance.now();
      work();
      return (performance.now() - start) * 1_000;
    }),
  );
}

async function engineRun(label: string): Promise<void> {
  const runner = createFakeRunner(concurrency);
  runner.onTask = held => {
    held.end({ type: 'done', output: '{"n":1}', issues: [] });
  };
  const engine = createEngine({
    store,
    runner,
    kinds: [testKind('chat.answer', { concurrency })],
    clock: systemClock,
    random: Math.random,
    log: () => undefined,
    ids: { jobId: nextId, leaseToken: () => uuid(), traceId: () => uuid() },
    limits: { ...defaultLimits, queueLength: 1_000_000 },
  });
  const { promise: allEnded, resolve } = Promise.withResolvers<void>();
  let ended = 0;
  engine.subscribe(event => {
    if (event.type !== 'ended') return;
    ended += 1;
    if (ended === jobs) resolve();
  });
  engine.setPaused(true);
  engine.start();
  const request = (n: number): EnqueueRequest => ({
    kind: 'chat.answer',
    payload: { n },
    idempotencyKey: uuid(),
    sessionId: null,
    title: `Задача ${n}`,
  });
  const enqueue = (n: number) => engine.enqueue(request(n));
  await timed(`${label}: enqueue, a call each`, jobs / 2, async () => {
    await Promise.all(Array.from({ length: jobs / 2 }, (_, n) => enqueue(n)));
  });
  const requests = Array.from({ length: jobs / 2 }, (_, n) => request(n));
  await timed(`${label}: enqueue, one call`, jobs / 2, async () => {
    await engine.enqueueAll(requests);
  });
  await timed(`${label}: claim, run, finish, ${concurrency} at once`, jobs, async () => {
    engine.setPaused(false);
    await allEnded;
  });
  engine.setPaused(true);
  await timed(`${label}: enqueue, a sync each`, oneByOne, async () => {
    for (let n = 0; n < oneByOne; n += 1) await enqueue(n);
  });
  await engine.stop();
  store.transaction(() => {
    for (;;) {
      const lease = claimFirst(store, ['chat.answer'], uuid(), 1, defaultLimits.msPerPriorityPoint);
      if (lease === null) break;
    }
  });
  store.transaction(() => {
    for (const row of store.running())
      if (row.leaseToken !== null) store.finish([{ lease: { jobId: row.id, leaseToken: row.leaseToken }, issues: [] }], Date.now());
  });
}

function fill(): void {
  const insert = (state: 'scheduled' | 'queued', n: number): void => {
    const id = nextId();
    store.insert([
      newJob(id, {
        state,
        kind: 'document.import',
        payload: '{"n":1}',
        title: `Документ ${n}`,
        dueAtMs: state === 'scheduled' ? Date.now() + 1e9 : Date.now(),
        maxAttempts: 3,
        traceId: id,
        nowMs: Date.now(),
      }),
    ]);
  };
  for (let done = 0; done < history; done += 1_000) {
    store.transaction(() => {
      for (let n = 0; n < 1_000; n += 1) {
        insert('queued', done + n);
        insert('scheduled', done + n);
        const leaseToken = uuid();
        const claimed = claimFirst(store, ['document.import'], leaseToken, Date.now(), defaultLimits.msPerPriorityPoint);
        if (claimed !== null) store.finish([{ lease: { jobId: claimed.id, leaseToken }, issues: [] }], Date.now());
      }
    });
  }
}

function looks(label: string): void {
  const id = nextId();
  store.transaction(() => {
    store.insert([newJob(id, { payload: '{"n":1}', title: 'x', maxAttempts: 3, traceId: id })]);
  });
  const undo = new Error('undo');
  const claim = median(500, () => {
    try {
      store.transaction(() => {
        claimFirst(store, ['chat.answer'], 'bench', 1, defaultLimits.msPerPriorityPoint);
        throw undo;
      });
    } catch (error) {
      if (error !== undo) throw error;
    }
  });
  report(`${label}: one claim, undone`, claim, 'µs');
  report(
    `${label}: counts of the panel`,
    median(500, () => {
      views.counts();
    }),
    'µs',
  );
  report(
    `${label}: a page of 50 finished jobs`,
    median(200, () => {
      views.page({ group: 'done', search: '', before: null, limit: 50 });
    }),
    'µs',
  );
  report(
    `${label}: a search without a hit`,
    median(5, () => {
      views.page({ group: null, search: 'нет такого', before: null, limit: 50 });
    }),
    'µs',
  );
}

await engineRun('empty');
looks('20,000 finished');
fill();
await engineRun('+100k finished, +100k scheduled');
looks('+100k finished, +100k scheduled');
db.close();
rmSync(folder, { recursive: true });
