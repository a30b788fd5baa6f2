import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { spawnChildProcess } from '../../../src/main/workers/child-process-port.ts';
import { poolSettings, type PoolSettings } from '../../../src/main/workers/pool-settings.ts';
import { residentMemory } from '../../../src/main/workers/resident-memory.ts';
import { createSupervisor } from '../../../src/main/workers/supervisor.ts';
import { systemTimers, type Timers } from '../../../src/main/workers/timers.ts';
import { workerEnvironment } from '../../../src/main/workers/worker-environment.ts';
import type { SpawnWorker } from '../../../src/main/workers/worker-port.ts';
import type { WorkerLog } from '../../../src/main/workers/worker-process.ts';
import type { TaskRunner } from '../../../src/main/engine/task-runner.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export interface TestSupervisor {
  readonly runner: TaskRunner;
  readonly logs: WorkerLog[];
  /** Pids of every process started, in order. */
  readonly pids: number[];
  /** Resolves when so many processes have said they are ready; not with a `spawn` of the test's own. */
  readonly readyPids: (count: number) => Promise<void>;
}

export interface TestSupervisorParams {
  /** One of the test workers beside this file, or the path of a real one from the project's root. */
  readonly entry: 'honest-worker.ts' | 'hostile-worker.ts' | `src/workers/${string}`;
  readonly behaviour?: string;
  readonly settings?: Partial<PoolSettings>;
  readonly timers?: Timers;
  readonly spawn?: SpawnWorker;
  readonly rssOf?: (pid: number) => number | null;
}

/** A supervisor over real Node processes built from the test workers; stopped when the test ends. */
export function startTestSupervisor(params: TestSupervisorParams): TestSupervisor {
  const logs: WorkerLog[] = [];
  const pids: number[] = [];
  const waiting = new Set<() => void>();
  let ready = 0;
  const program = {
    entry: here(params.entry.startsWith('src/') ? `../../../${params.entry}` : params.entry),
    config: { behaviour: params.behaviour ?? '' },
  };
  // Tests count processes: one stands by only where a test asks for it.
  const settings = { ...poolSettings.agent, standbyAfterMs: null, ...params.settings };
  const runner = createSupervisor({
    spawn:
      params.spawn ??
      (spec => {
        const port = spawnChildProcess({ execPath: process.execPath, execArgv: [] }, spec);
        pids.push(port.pid() ?? -1);
        port.onMessage(message => {
          if (!isReady(message)) return;
          ready += 1;
          for (const look of waiting) look();
        });
        return port;
      }),
    programs: { agent: program, documents: program, synopsis: program, files: program, browser: program },
    settings: { agent: settings, documents: settings, synopsis: settings, files: settings, browser: settings },
    environment: workerEnvironment(process.env),
    cwd: tmpdir(),
    timers: params.timers ?? systemTimers,
    rssOf: params.rssOf ?? residentMemory,
    log: entry => {
      logs.push(entry);
    },
  });
  onTestFinished(() => runner.stop());
  return {
    runner,
    logs,
    pids,
    readyPids: count =>
      new Promise(resolve => {
        const look = (): void => {
          if (ready >= count) resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

function isReady(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready';
}
