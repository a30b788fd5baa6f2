import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { spawnChildProcess } from '../../src/main/workers/child-process-port.ts';
import { forkUtilityProcess } from '../../src/main/workers/utility-process-port.ts';
import { describe, expect, test } from 'vitest';
import type { WorkerSpec } from '../../src/main/workers/worker-port.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { forkFakeUtilityProcess } from '../support/workers/fake-utility-process.ts';
import { startInMemory } from '../support/workers/in-memory-port.ts';
import { runPortFixture } from '../support/workers/port-fixture.ts';
import { describeWorkerPort } from './worker-port.suite.ts';

const spec: WorkerSpec = {
  worker: 'agent',
  entry: fileURLToPath(new URL('../support/workers/port-fixture-entry.ts', import.meta.url)),
  heapLimitMb: 256,
  environment: { TZ: 'UTC' },
  cwd: tmpdir(),
};
const node = { execPath: process.execPath, execArgv: [] };

failOnLeaks();

describeWorkerPort({ name: 'child process', isProcess: true, start: () => spawnChildProcess(node, spec) });
describeWorkerPort({
  name: 'utility process',
  isProcess: true,
  start: () =>
    forkUtilityProcess(
      {
        fork: forkFakeUtilityProcess,
        killPid: (pid, signal) => {
          process.kill(pid, signal);
        },
      },
      spec,
    ),
});
describeWorkerPort({ name: 'in memory', isProcess: false, start: () => startInMemory(runPortFixture) });

describe('child process that cannot be started', () => {
  test('is an exit with a reason and not a throw', async () => {
    const port = spawnChildProcess({ execPath: '/nowhere/node', execArgv: [] }, spec);
    const exit = await new Promise(resolve => port.onExit(resolve));
    expect(exit).toEqual({ code: null, signal: null });
    expect(port.pid()).toBeNull();
    expect(port.outputTail()).toContain('could not be started');
  });
});
