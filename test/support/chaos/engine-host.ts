/**
 * The engine, its store and real workers as a process of their own, under load and with a fate. `node engine-host.ts <orders>`.
 * Prints `ready`, `worker <pid>` for each worker, and `over <points as JSON>` when every job has ended.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { newId } from '../../../src/main/app/new-id.ts';
import { createEngine } from '../../../src/main/engine/engine.ts';
import { defaultLimits } from '../../../src/main/engine/limits.ts';
import { systemClock } from '../../../src/main/engine/system-clock.ts';
import { createJobRepository } from '../../../src/main/store/jobs/job-repository.ts';
import { spawnChildProcess } from '../../../src/main/workers/child-process-port.ts';
import { poolSettings } from '../../../src/main/workers/pool-settings.ts';
import { createSupervisor } from '../../../src/main/workers/supervisor.ts';
import { systemTimers } from '../../../src/main/workers/timers.ts';
import { workerEnvironment } from '../../../src/main/workers/worker-environment.ts';
import { jobId } from '../../../src/shared/domain/ids.ts';
import { openLedgerClient } from '../ledger/ledger-client.ts';
import { createFailPoints } from '../fail-points/fail-points.ts';
import { withFailPoints } from '../fail-points/failing-store.ts';
import { withFramePoints } from '../fail-points/failing-worker-port.ts';
import { openJobDatabase } from '../job-database.ts';
import { makeHookTables, scenarioKind } from '../scenarios/scenario-kind.ts';
import { orders } from './orders.ts';

const [given = ''] = process.argv.slice(2);
const { folder, ledgerPort, ledgerFile, marker, fate, jobs } = orders.parse(JSON.parse(given));
/** Enough that several attempts overlap, few enough that a kill meets jobs in every state. */
const atOnce = 3;

const ledger = openLedgerClient(ledgerPort, ledgerFile);
const workers = new Set<number>();
let leaving = false;

function comesNow(): boolean {
  try {
    mkdirSync(marker);
    return true;
  } catch {
    return false;
  }
}

const points = createFailPoints((point, nth, nthOfAll) => {
  if (fate === null || leaving) return;
  if (!(fate.point === 'any' ? nthOfAll === fate.nth : fate.point === point && fate.nth === nth) || !comesNow()) return;
  if (fate.deed === 'kill worker' || fate.deed === 'kill both')
    for (const pid of workers) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has left by itself a moment ago.
      }
    }
  if (fate.deed === 'stop') process.kill(process.pid, 'SIGTERM');
  if (fate.deed === 'kill main' || fate.deed === 'kill both') process.kill(process.pid, 'SIGKILL');
});

const program = { entry: join(import.meta.dirname, 'chaos-worker.ts'), config: {} };
const supervisor = createSupervisor({
  spawn: withFramePoints(spec => {
    const port = spawnChildProcess({ execPath: process.execPath, execArgv: [] }, spec);
    const pid = port.pid();
    if (pid !== null) {
      workers.add(pid);
      port.onExit(() => workers.delete(pid));
      process.stdout.write(`worker ${pid}\n`);
    }
    return port;
  }, points),
  programs: { agent: program, documents: program, synopsis: program, files: program, browser: program },
  settings: { ...poolSettings, synopsis: { ...poolSettings.synopsis, tasksPerProcess: atOnce } },
  environment: workerEnvironment(process.env, { KONSPEKT_TEST_ORDERS: given }),
  cwd: folder,
  timers: systemTimers,
  rssOf: () => null,
  log: () => undefined,
});

const db = openJobDatabase(join(folder, 'jobs.db'));
makeHookTables(db);
const store = withFailPoints(createJobRepository(db), points);
const stage = () => ({ engine, db, nowMs: Date.now, job: () => newId(jobId) });
const engine = createEngine({
  store,
  runner: supervisor,
  kinds: [
    scenarioKind(stage, 'synopsis.make', {
      concurrency: atOnce,
      steps: { section: z.unknown() },
      // So it may be handed out ahead of its place.
      effects: {},
      compensations: {},
      output: z.any(),
      retry: { delaysMs: [50, 50], jitter: 0 },
      prepare: job =>
        Promise.resolve({
          title: job.id,
          detail: 'short',
          template: 'lecture',
          language: 'ru',
          sections: job.payload.key.endsWith('0') ? ['summary'] : ['summary', 'theses'],
          sources: [],
          coverage: [],
          stagingDir: folder,
        }),
    }),
  ],
  clock: systemClock,
  ids: { jobId: () => newId(jobId), leaseToken: randomUUID, traceId: randomUUID },
  random: Math.random,
  log: () => undefined,
  // A task tells the ledger and takes longer than one that is handed out ahead in the program.
  limits: { ...defaultLimits, losses: 1_000, workerDeaths: 1_000, aheadMs: 200 },
});

const { promise: allOver, resolve: over } = Promise.withResolvers<void>();
const left = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM job WHERE finished_at_ms IS NOT NULL');
const look = (): void => {
  if ((left.get()?.n ?? 0) >= jobs) over();
};
void ledger.tell({ what: 'began' });
engine.subscribe(event => {
  if (event.type !== 'ended') return;
  void ledger.tell({ what: 'ended', jobId: event.jobId, state: event.state });
  look();
});

async function leave(): Promise<void> {
  leaving = true;
  await engine.stop();
  await ledger.close();
  db.close();
}
process.on('SIGTERM', () => {
  if (!leaving) void leave().then(() => process.exit(0));
});

engine.start();
process.stdout.write('ready\n');
const byKey = db.prepare<[string], { id: string }>('SELECT id FROM job WHERE idempotency_key = ?');
async function enqueue(key: string): Promise<void> {
  // A caller that was not answered looks before it asks again.
  if (byKey.get(key) !== undefined) return;
  const { jobId: id } = await engine.enqueue({ kind: 'synopsis.make', payload: { key }, idempotencyKey: key, sessionId: null, title: key });
  await ledger.tell({ what: 'enqueued', key, jobId: id });
}
await Promise.all(Array.from({ length: jobs }, (_, n) => enqueue(`job ${n}`)));
look();
await allOver;
await leave();
process.stdout.write(`over ${JSON.stringify(Object.fromEntries(points.reached))}\n`);
