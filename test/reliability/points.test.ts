import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createJobRepository } from '../../src/main/store/jobs/job-repository.ts';
import { pointsOfRunner } from '../support/fail-points/failing-runner.ts';
import { pointsOfStore } from '../support/fail-points/failing-store.ts';
import { pointsOfFrames } from '../support/fail-points/failing-worker-port.ts';
import { pointsOfTask } from '../support/chaos/orders.ts';
import { runInProcesses } from '../support/chaos/run-in-processes.ts';
import { openJobDatabase } from '../support/job-database.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { startLedger } from '../support/ledger/ledger.ts';
import { runInMemory } from '../support/scenarios/run-in-memory.ts';
import { scenarios } from '../support/scenarios/scenarios.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

/** Methods that no scenario calls, each with its reason; whoever tells a scenario that does takes it off. */
const untold: Readonly<Record<string, string>> = {
  removeFinished: 'Housekeeping, in transactions of its own: the soak calls it.',
  finishedCount: 'Asked by the same housekeeping.',
  pointTo: 'Of a job begun anew by hand after another service was chosen: the contract suite and the tests of running again have it.',
  forgetSteps: 'Of a kind that starts over, or of a step that no longer fits: the recovery tests have both.',
};

test('every method of the store is a point that the scenarios reach, or says why not', async () => {
  const folder = tempFolder();
  const db = openJobDatabase(join(folder.path, 'jobs.db'));
  const named = pointsOfStore(createJobRepository(db));
  db.close();
  folder.remove();
  const reached = new Set<string>();
  for (const scenario of scenarios) {
    // Once with a crash, for the recovery, and once with a full disk, for the probe.
    for (const fates of [[{ at: 150, deed: 'kill main' as const }], [{ at: 150, deed: 'full' as const }]])
      for (const points of (await runInMemory(scenario, fates)).points) for (const name of points.keys()) reached.add(name);
  }
  const missed = named.filter(name => !reached.has(name) && !Object.keys(untold).some(method => name.startsWith(`store.${method}:`)));
  expect(missed).toEqual([]);
  expect(pointsOfRunner.filter(name => !reached.has(name))).toEqual([]);
});

test('what real processes reach are points that have a name', async () => {
  const ledger = await startLedger();
  const run = await runInProcesses(ledger, 3, []);
  await ledger.stop();
  expect(run.violations).toEqual([]);
  const known = new Set([...pointsOfFrames, ...pointsOfTask]);
  expect(Object.keys(run.reached).filter(name => !name.startsWith('store.') && !known.has(name))).toEqual([]);
});
