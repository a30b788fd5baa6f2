import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { newId } from '../../../../src/main/app/new-id.ts';
import type { Engine, EngineEvent, EnqueueRequest } from '../../../../src/main/engine/engine-api.ts';
import { createEngine } from '../../../../src/main/engine/engine.ts';
import type { JobKind } from '../../../../src/main/engine/job-kind.ts';
import { defaultLimits } from '../../../../src/main/engine/limits.ts';
import { systemClock } from '../../../../src/main/engine/system-clock.ts';
import type { Database } from '../../../../src/main/store/connection.ts';
import { keepUndoInMemory, openConnection } from '../../../../src/main/store/connection.ts';
import { createJobRepository } from '../../../../src/main/store/jobs/job-repository.ts';
import { makeLogRoom } from '../../../../src/main/store/log-room.ts';
import { migrate } from '../../../../src/main/store/migrate.ts';
import { migrations } from '../../../../src/main/store/migrations/all.ts';
import { spawnChildProcess } from '../../../../src/main/workers/child-process-port.ts';
import { poolSettings } from '../../../../src/main/workers/pool-settings.ts';
import { residentMemory } from '../../../../src/main/workers/resident-memory.ts';
import { createSupervisor } from '../../../../src/main/workers/supervisor.ts';
import { systemTimers } from '../../../../src/main/workers/timers.ts';
import { workerEnvironment } from '../../../../src/main/workers/worker-environment.ts';
import { taskSpecs } from '../../../../src/shared/contract/worker/tasks.ts';
import { jobId, messageId, sha256Hex, type JobId } from '../../../../src/shared/domain/ids.ts';

const payload = z.strictObject({ n: z.int(), sentAtMs: z.number(), work: z.enum(['nothing', 'hang']), padding: z.string() });
export type OurPayload = z.output<typeof payload>;

/** A database with every table of the program, opened as the program opens it. */
export function openOurDatabase(file: string): Database {
  const db = openConnection(file);
  migrate(db, migrations, () => {
    throw new Error('A fresh database needs no backup.');
  });
  makeLogRoom(db);
  keepUndoInMemory(db);
  return db;
}

export interface OurHost {
  readonly engine: Engine;
  /** Processes started, the newest last. */
  readonly pids: readonly number[];
  request(work?: OurPayload['work']): EnqueueRequest;
  stepsRequest(steps: number): EnqueueRequest;
  /** Resolves when this many more jobs have ended and are on disk; rejects when one of them is not done. */
  ended(count: number): Promise<void>;
  /** Resolves when so many processes have been ready since the start. */
  ready(count: number): Promise<void>;
  /** The next time the worker says this, on the machine's clock. */
  heard(what: 'started' | 'aborted'): Promise<number>;
  stop(): Promise<void>;
}

/** The real engine on the given database with the real supervisor over child processes. */
export function startOurHost(
  db: Database,
  params: {
    readonly atOnce: number;
    readonly processes: number;
    readonly cwd: string;
    readonly paused: boolean;
    /** Whether a process stands by beside those that work. */
    readonly standby: boolean;
    readonly onPickup?: (ms: number) => void;
  },
): OurHost {
  const pids: number[] = [];
  let ready = 0;
  const waitingForReady = new Set<() => void>();
  const countReady = (): void => {
    ready += 1;
    for (const look of waitingForReady) look();
  };
  const listening = new Map<string, (atMs: number) => void>();
  const answerSpec = taskSpecs['chat.answer'];
  const synopsisSpec = taskSpecs['synopsis.make'];
  const someSession = randomUUID().replace(/^(.{14})./u, '$17');
  const noOp = {
    name: 'chat.answer',
    worker: 'agent',
    payload,
    input: answerSpec.input,
    output: answerSpec.output,
    steps: answerSpec.steps,
    concurrency: params.atOnce,
    priority: 0,
    timeLimitMs: 60_000,
    retry: { delaysMs: [1_000], jitter: 0 },
    recovery: 'resume',
    prepare: job =>
      Promise.resolve({
        sessionId: someSession,
        messageId: someSession,
        question: job.payload.work,
        language: 'en',
        hasDocuments: false,
        documentsNotReady: 0,
        model: null,
      }),
    ...(params.onPickup === undefined
      ? {}
      : {
          onEnd(job, end) {
            if (end.state === 'done') params.onPickup?.(Number(end.output.text) - job.payload.sentAtMs);
          },
        }),
  } as JobKind<OurPayload, unknown, z.output<typeof answerSpec.output>>;
  const steps = {
    name: 'synopsis.make',
    worker: 'agent',
    payload: z.strictObject({ steps: z.int() }),
    input: synopsisSpec.input,
    output: synopsisSpec.output,
    steps: synopsisSpec.steps,
    concurrency: params.atOnce,
    priority: 0,
    timeLimitMs: 60_000,
    retry: { delaysMs: [], jitter: 0 },
    recovery: 'resume',
    prepare: job =>
      Promise.resolve({
        title: String(job.payload.steps),
        detail: 'short',
        template: 'lecture',
        language: 'en',
        sections: ['summary'],
        coverage: [],
        stagingDir: '/nowhere',
        sources: [{ source: { kind: 'chat' }, title: 'bench', snapshotHash: sha256Hex.parse('0'.repeat(64)), path: '/nowhere' }],
      }),
  } as JobKind<{ steps: number }>;

  const settings = {
    ...poolSettings.agent,
    maxProcesses: params.processes,
    tasksPerProcess: Math.ceil(params.atOnce / params.processes),
    recycleAfterTasks: null,
    ...(params.standby ? {} : { standbyAfterMs: null }),
  };
  const program = { entry: join(import.meta.dirname, 'bench-worker.ts'), config: {} };
  const supervisor = createSupervisor({
    spawn(spec) {
      const port = spawnChildProcess({ execPath: process.execPath, execArgv: ['--disable-warning=ExperimentalWarning'] }, spec);
      pids.push(port.pid() ?? 0);
      port.onMessage(message => {
        if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready') countReady();
      });
      return port;
    },
    programs: { agent: program, documents: program, synopsis: program, files: program, browser: program },
    settings: { agent: settings, documents: settings, synopsis: settings, files: settings, browser: settings },
    environment: workerEnvironment(process.env),
    cwd: params.cwd,
    timers: systemTimers,
    rssOf: residentMemory,
    log({ level, said }) {
      if (level !== 'info' || said === undefined) return;
      const [what = '', atMs] = said.split(' ');
      listening.get(what)?.(Number(atMs));
    },
  });
  const engine = createEngine({
    store: createJobRepository(db),
    runner: supervisor,
    kinds: [noOp as unknown as JobKind, steps as unknown as JobKind],
    clock: systemClock,
    ids: { jobId: () => newId(jobId), leaseToken: randomUUID, traceId: () => randomUUID().replaceAll('-', '') },
    random: Math.random,
    log: (level, message) => {
      if (level === 'error') console.error(message);
    },
    limits: { ...defaultLimits, queueLength: 1_000_000 },
  });
  let made = 0;
  let countdown: { left: number; resolve(): void; reject(error: Error): void } | null = null;
  engine.subscribe((event: EngineEvent) => {
    if (event.type !== 'ended' || countdown === null) return;
    countdown.left -= 1;
    if (event.state === 'failed') countdown.reject(new Error(`Job ${event.jobId} failed: ${reasonOf(db, event.jobId)}`));
    if (countdown.left === 0) countdown.resolve();
  });
  engine.setPaused(params.paused);
  engine.start();

  return {
    engine,
    pids,
    request(work = 'nothing') {
      made += 1;
      return {
        kind: 'chat.answer',
        payload: { n: made, sentAtMs: Number(process.hrtime.bigint() / 1_000n) / 1_000, work, padding: 'x'.repeat(40) },
        // As the program makes them: the kind and a time-ordered id.
        idempotencyKey: `chat.answer:${newId(messageId)}`,
        sessionId: null,
        title: `Job ${made}`,
      };
    },
    stepsRequest: count => ({
      kind: 'synopsis.make',
      payload: { steps: count },
      idempotencyKey: `synopsis.make:${newId(messageId)}`,
      sessionId: null,
      title: 'Steps',
    }),
    ended: count =>
      new Promise((resolve, reject) => {
        countdown = { left: count, resolve, reject };
      }),
    heard: what =>
      new Promise(resolve => {
        listening.set(what, resolve);
      }),
    ready: count =>
      new Promise(resolve => {
        const look = (): void => {
          if (ready < count) return;
          waitingForReady.delete(look);
          resolve();
        };
        waitingForReady.add(look);
        look();
      }),
    stop: () => engine.stop(),
  };
}

function reasonOf(db: Database, id: JobId): string {
  return db.prepare<[string], { error: string }>('SELECT error_message AS error FROM job WHERE id = ?').get(id)?.error ?? 'it is gone';
}
