import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readControlFile } from '../../src/main/ipc/control-file.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { patienceMs } from '../support/patience.ts';
import { startCommand } from '../support/program/command.ts';
import { commandFolder, lecture, meeting } from '../support/program/command-folder.ts';
import { writeSourceBundles } from '../support/program/source-bundles.ts';
import { startProgram, value } from '../support/program/running-program.ts';

failOnLeaks();
const { at, konspekt, heldAt, gone, holder } = commandFolder();

describe('--background', () => {
  test('prints the job and returns; a program works on and leaves when nothing is left to do', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const { code, stdout, stderr } = await konspekt(['synopsis', lecture, '--background'], { cli });
    expect(code).toBe(0);
    const id = stdout.trim();
    expect(stderr).toContain(`konspekt jobs wait ${id}`);
    // Held at the gate: the command has returned before the work was done.
    const worker = await barrier.reached();
    const background = holder();
    // The program in the background has no page, and says so.
    expect(await konspekt(['open'])).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('has the data folder and no page to show'),
    });
    const waiting = startCommand(['jobs', 'wait', id], { dataDir: at.dataDir });
    await waiting.prints('Section: ');
    barrier.open();
    expect(await waiting.ended).toMatchObject({ code: 0, stdout: expect.stringContaining('done') });
    expect(await konspekt(['synopsis', lecture])).toMatchObject({ code: 0, stdout: expect.stringContaining('## In short') });
    expect(await konspekt(['synopsis', lecture, '--background'])).toMatchObject({
      code: 0,
      stdout: `${id}\n`,
      stderr: expect.stringContaining('This synopsis is ready.'),
    });
    await gone(background, 'the background program');
    await gone(worker, 'its worker');
  });

  test('work handed to a passing command outlives it', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const passing = startCommand(['synopsis', lecture], { dataDir: at.dataDir, cli });
    await barrier.reached();
    const { code, stdout } = await konspekt(['synopsis', meeting, '--background'], { cli });
    expect(code).toBe(0);
    passing.signal('SIGINT');
    expect((await passing.ended).code).toBe(130);
    await expect.poll(() => readControlFile(at.dataDir)?.host, { timeout: patienceMs }).toBe('background');
    const background = holder();
    barrier.open();
    expect((await konspekt(['jobs', 'wait', stdout.trim()])).code).toBe(0);
    await gone(background, 'the background program');
  });
});

test('a program started without the command line’s help is talked to as well', async () => {
  const program = await startProgram(at.dataDir, writeSourceBundles(join(at.folder, 'plain'), null));
  expect((await konspekt(['synopsis', lecture])).code).toBe(0);
  expect(value(await program.client.call('jobs.list', {})).counts.done).toBe(2);
  expect(await program.stop()).toBe(0);
});
