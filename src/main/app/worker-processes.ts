import { join } from 'node:path';
import type { WorkerName } from '../../shared/domain/job.ts';
import type { TaskRunner } from '../engine/task-runner.ts';
import { poolSettings } from '../workers/pool-settings.ts';
import { residentMemory } from '../workers/resident-memory.ts';
import { createSupervisor, type WorkerProgram } from '../workers/supervisor.ts';
import { systemTimers } from '../workers/timers.ts';
import { workerEnvironment } from '../workers/worker-environment.ts';
import type { AppOptions } from './app-api.ts';
import type { Log } from './log.ts';

/** The worker processes of the program; none of them has room for a job where the host only looks. */
export function createWorkerProcesses({ spawnWorker, bundlesDir, dataDir, works }: AppOptions, log: Log): TaskRunner {
  const supervisor = createSupervisor({
    spawn: spawnWorker,
    programs: programsIn(bundlesDir),
    settings: poolSettings,
    environment: workerEnvironment(process.env),
    // A real folder: in the packaged program the bundles lie in an archive, where no process can stand.
    cwd: dataDir,
    timers: systemTimers,
    rssOf: residentMemory,
    log: ({ level, message, ...fields }) => {
      log[level](fields, message);
    },
  });
  return works === false ? { ...supervisor, capacity: () => 0 } : supervisor;
}

function programsIn(bundlesDir: string): Readonly<Record<WorkerName, WorkerProgram>> {
  const program = (name: string): WorkerProgram => ({ entry: join(bundlesDir, `worker-${name}.js`), config: {} });
  return { documents: program('documents'), synopsis: program('synopsis'), agent: program('agent') };
}
