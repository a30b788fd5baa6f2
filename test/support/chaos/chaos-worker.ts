/** The program's own worker runtime with steps that have an effect on the ledger, and a fate. */
import { mkdirSync } from 'node:fs';
import { serve } from '../../../src/workers/runtime/serve.ts';
import { openLedgerClient } from '../ledger/ledger-client.ts';
import { createFailPoints } from '../fail-points/fail-points.ts';
import { emptySection } from '../workers/honest-tasks.ts';
import { orders, stepsOfAJob } from './orders.ts';

const { fate, marker, ledgerPort, ledgerFile } = orders.parse(JSON.parse(process.env['KONSPEKT_TEST_ORDERS'] ?? ''));
const ledger = openLedgerClient(ledgerPort, ledgerFile);

const points = createFailPoints((point, nth) => {
  if (fate === null || fate.point !== point || fate.nth !== nth || !comesNow()) return;
  if (fate.deed === 'kill main' || fate.deed === 'kill both') process.kill(process.ppid, 'SIGKILL');
  if (fate.deed === 'stop') process.kill(process.ppid, 'SIGTERM');
  if (fate.deed === 'kill worker' || fate.deed === 'kill both') process.kill(process.pid, 'SIGKILL');
});

function comesNow(): boolean {
  try {
    mkdirSync(marker);
    return true;
  } catch {
    return false;
  }
}

serve({
  worker: 'synopsis',
  tasks: {
    'synopsis.make': async (input, context) => {
      points.reach('task.start');
      // The job's id; the task itself does not know it.
      const jobId = input.title;
      const steps = input.sections.length === 1 ? [] : stepsOfAJob;
      for (const step of steps) {
        let ran = false;
        await context.step(step, async () => {
          points.reach('task.step:before');
          ran = true;
          await ledger.tell({ what: 'effect', jobId, step, first: false });
          points.reach('task.step:worked');
          return emptySection('summary');
        });
        if (!ran) continue;
        await ledger.tell({ what: 'recorded', jobId, step });
        points.reach('task.step:recorded');
      }
      points.reach('task.end');
      return { coverage: [], issues: [] };
    },
  },
});
