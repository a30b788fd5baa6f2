import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readControlFile } from '../../src/main/ipc/control-file.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { startCommand, terminalProgram } from '../support/program/command.ts';
import { commandFolder, lecture } from '../support/program/command-folder.ts';

failOnLeaks();
const { at, konspekt, jobs, inspect, heldAt, expectMadeOnce, gone } = commandFolder();

describe('Ctrl+C', () => {
  test('cancels in order, and the same command goes on after the last finished section', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const first = startCommand(['synopsis', lecture], { dataDir: at.dataDir, cli });
    const worker = await barrier.reached();
    first.signal('SIGINT');
    expect(await first.ended).toMatchObject({
      code: 130,
      stdout: '',
      stderr: expect.stringContaining('Cancelled. The same command goes on from the last finished section.'),
    });
    await gone(worker, 'the worker of the cancelled command');
    const [cancelled] = await jobs();
    expect(cancelled).toMatchObject({ kind: 'synopsis.make', state: 'cancelled' });
    const done = (await inspect(cancelled?.id ?? '')).steps.map(step => step.name);
    expect(done.length).toBeGreaterThan(1);

    const second = await konspekt(['synopsis', lecture]);
    expect(second.code).toBe(0);
    await expectMadeOnce(cancelled?.id ?? '');
    expect((await jobs()).filter(job => job.kind === 'synopsis.make')).toHaveLength(1);
  });

  test('twice leaves at once, and the same command goes on all the same', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const first = startCommand(['synopsis', lecture], { dataDir: at.dataDir, cli });
    const worker = await barrier.reached();
    first.signal('SIGINT');
    await first.prints('Ctrl+C again leaves at once.');
    // Pressed until it is heard: what comes right after the first is the same press, passed on.
    const pressing = setInterval(() => first.signal('SIGINT'), 100);
    onTestFinished(() => {
      clearInterval(pressing);
    });
    const { code, stderr } = await first.ended;
    clearInterval(pressing);
    expect(code).toBe(130);
    expect(stderr).not.toContain('Cancelled.');
    await gone(worker, 'the worker of the command that left');
    expect((await konspekt(['synopsis', lecture])).code).toBe(0);
  });

  test('while waiting for a job ends the waiting and not the job', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const making = startCommand(['synopsis', lecture], { dataDir: at.dataDir, cli });
    await barrier.reached();
    const [job] = await jobs();
    const waiting = startCommand(['jobs', 'wait', job?.id ?? ''], { dataDir: at.dataDir });
    await waiting.prints('Section: ');
    waiting.signal('SIGINT');
    expect(await waiting.ended).toMatchObject({ code: 130, stderr: expect.stringContaining('No longer waiting.') });
    barrier.open();
    expect((await making.ended).code).toBe(0);
  });

  test('one press is one, however many pass it on', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const first = startCommand(['synopsis', lecture], { dataDir: at.dataDir, cli });
    const worker = await barrier.reached();
    first.signal('SIGINT');
    await first.prints('Ctrl+C again leaves at once.');
    first.signal('SIGINT');
    first.signal('SIGINT');
    expect(await first.ended).toMatchObject({ code: 130, stderr: expect.stringContaining('Cancelled.') });
    await gone(worker, 'the worker of the cancelled command');
    expect((await jobs())[0]).toMatchObject({ state: 'cancelled' });
  });

  const hasTerminal = process.platform === 'linux' && spawnSync(terminalProgram, ['--version']).status === 0;
  test.skipIf(!hasTerminal)('on a terminal and through npm: the last word is out before the prompt is back', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const first = startCommand(['synopsis', lecture], { dataDir: at.dataDir, cli, terminal: true, throughNpm: true });
    const worker = await barrier.reached();
    await first.prints(/█░+ \d\/\d+ Section: /u);
    first.type('\u0003');
    const { code, stdout } = await first.ended;
    expect(stdout).toContain('Cancelled. The same command goes on from the last finished section.');
    expect(code).toBe(130);
    // Not even the process is left.
    expect(readControlFile(at.dataDir)).toBeNull();
    await gone(worker, 'the worker of the cancelled command');
    expect((await jobs())[0]).toMatchObject({ state: 'cancelled' });
  });

  test.skipIf(!hasTerminal)('on a terminal: a bar, a clean cancel by the key itself, and the bar again', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const first = startCommand(['synopsis', lecture, '--out', join(at.folder, 'x.md')], { dataDir: at.dataDir, cli, terminal: true });
    const worker = await barrier.reached();
    await first.prints(/\r\p{Cc}\[2K█+░+ \d\/\d+ Section: /u);
    first.type('\u0003');
    const { code, stdout } = await first.ended;
    expect(stdout).toContain('Cancelled.');
    expect(code).toBe(130);
    await gone(worker, 'the worker, which the terminal told too');
    const second = await startCommand(['synopsis', lecture, '--out', join(at.folder, 'x.md')], { dataDir: at.dataDir, terminal: true })
      .ended;
    expect(second.code).toBe(0);
    // The bar is gone from the line on which the end is told.
    expect(second.stdout).toContain('\r\u001b[2KSynopsis written: ');
  });
});
