import { join } from 'node:path';
import type { WorkerName } from '../../shared/domain/job.ts';
import { poolSettings } from '../workers/pool-settings.ts';
import { residentMemory } from '../workers/resident-memory.ts';
import { createSupervisor, type Supervisor, type WorkerProgram } from '../workers/supervisor.ts';
import { systemTimers } from '../workers/timers.ts';
import { workerEnvironment } from '../workers/worker-environment.ts';
import type { AppOptions } from './app-api.ts';

type Say = (level: 'debug' | 'info' | 'warn' | 'error', fields: object, message: string) => void;

/** The worker processes of the program; none runs before there is a job for it. */
export function createWorkerProcesses({ spawnWorker, bundlesDir, dataDir }: AppOptions, say: Say): Supervisor {
  return createSupervisor({
    spawn: spawnWorker,
    programs: programsIn(bundlesDir),
    settings: poolSettings,
    environment: workerEnvironment(process.env),
    // A real folder: in the packaged program the bundles lie in an archive, where no process can stand.
    cwd: dataDir,
    timers: systemTimers,
    rssOf: residentMemory,
    log: ({ level, message, ...fields }) => {
      say(level, fields, message);
    },
  });
}

function programsIn(bundlesDir: string): Readonly<Record<WorkerName, WorkerProgram>> {
  const program = (name: string): WorkerProgram => ({ entry: join(bundlesDir, `worker-${name}.js`), config: {} });
  return {
    documents: program('documents'),
    synopsis: program('synopsis'),
    agent: program('agent'),
    files: program('files'),
    browser: program('browser'),
  };
}
