// The system goes down under a running job: the program leaves in order and at once, and goes on at the next start.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { onStandIn } from '../../support/launch-desktop.ts';
import { descendants, isAlive } from '../../support/process-tree.ts';
import {
  controlFiles,
  createDesk,
  expectState,
  newestJob,
  startLongSynopsis,
  value,
  type Desk,
  type DesktopProgram,
} from './desktop-program.ts';

let desk: Desk;
test.beforeEach(() => {
  desk = createDesk();
});
test.afterEach(async () => {
  await desk.clear();
});

/** What only the system says, played. */
const ends: Readonly<Record<string, (program: DesktopProgram) => Promise<unknown>>> = {
  'the end of a session on Windows': ({ app }) =>
    app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const event = { reasons: ['shutdown'], preventDefault: () => undefined };
      window?.emit('query-session-end', event);
      window?.emit('session-end', event);
    }),
  'the shutdown of macOS or Linux': ({ app }) =>
    app.evaluate(({ powerMonitor }) => {
      // The system waits only for a program that asks it to.
      let waits = false;
      powerMonitor.emit('shutdown', {
        preventDefault: () => {
          waits = true;
        },
      });
      if (!waits) throw new Error('The system was not asked to wait.');
    }),
};

for (const [what, end] of Object.entries(ends)) {
  test(`${what} hands the job back and makes no backup`, async () => {
    test.skip(!onStandIn && process.platform !== 'linux', 'the events are played on Linux');
    const program = await desk.start();
    const started = descendants(program.pid);
    await startLongSynopsis(program);
    const id = (await newestJob(program, 'synopsis.make'))?.id;
    await end(program);
    expect(await program.ended()).toBe(0);
    await expect.poll(() => started.filter(isAlive)).toEqual([]);
    expect(readFileSync(join(desk.dataDir, 'run-state.json'), 'utf8')).toContain('closed');
    expect(controlFiles(desk.dataDir)).toEqual([]);
    expect(readdirSync(join(desk.dataDir, 'backups'))).toEqual([]);

    const again = await desk.start();
    await expectState(again, 'synopsis.make', 'done');
    const job = await newestJob(again, 'synopsis.make');
    expect(job?.id).toBe(id);
    const { events } = value(await again.client.call('jobs.inspect', { jobId: job?.id as never }));
    expect(events.map(event => event.type)).toContain('returned');
  });
}

test('a session that is only asked about goes on', async () => {
  const program = await desk.start();
  await program.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.emit('query-session-end', { reasons: ['logoff'], preventDefault: () => undefined });
  });
  expect(value(await program.client.call('app.open', {})).status.paused).toBe(false);
  expect(readdirSync(join(desk.dataDir, 'window'))).toContain('place.json');
});
