import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { spawnChildProcess } from '../../../src/main/workers/child-process-port.ts';
import { poolSettings } from '../../../src/main/workers/pool-settings.ts';
import { createSupervisor } from '../../../src/main/workers/supervisor.ts';
import { systemTimers } from '../../../src/main/workers/timers.ts';
import { workerEnvironment } from '../../../src/main/workers/worker-environment.ts';
import { chatTask, watch } from './tasks.ts';

/** A program with one busy worker, to be killed from outside. Prints the worker's pid once the task is at its named point. */
let pid: number | null = null;
const program = { entry: fileURLToPath(new URL('honest-worker.ts', import.meta.url)), config: {} };
const runner = createSupervisor({
  spawn: spec => {
    const port = spawnChildProcess({ execPath: process.execPath, execArgv: [] }, spec);
    // The one with the task is the first.
    pid ??= port.pid();
    return port;
  },
  programs: { agent: program, documents: program, synopsis: program, files: program, browser: program },
  settings: poolSettings,
  environment: workerEnvironment(process.env),
  cwd: tmpdir(),
  timers: systemTimers,
  rssOf: () => null,
  log: () => {},
});
const watched = watch();
runner.run(chatTask(process.argv[2] ?? 'wait'), watched);
await watched.here;
process.stdout.write(`${pid}\n`);
