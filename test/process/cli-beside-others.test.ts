import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { writeControlFile } from '../../src/main/ipc/control-file.ts';
import { startWebServer } from '../support/documents/web-server.ts';
import { launchHeadless } from '../support/launch-headless.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { patienceMs } from '../support/patience.ts';
import { createBarrier } from '../support/program/barrier.ts';
import { startCommand } from '../support/program/command.ts';
import { commandFolder, lecture, meeting } from '../support/program/command-folder.ts';
import { writeSourceBundles } from '../support/program/source-bundles.ts';
import { startProgram } from '../support/program/running-program.ts';

failOnLeaks();
const { at, konspekt, jobs, inspect, heldAt, expectMadeOnce, holder } = commandFolder();

describe('beside others on one data folder', () => {
  test('the running program does the work, and goes on running', async () => {
    const program = await launchHeadless({ dataDir: at.dataDir, locale: 'en_US.UTF-8' });
    const pid = holder();
    expect((await konspekt(['synopsis', lecture])).code).toBe(0);
    expect((await jobs()).map(job => job.state)).toEqual(['done', 'done']);
    expect(holder()).toBe(pid);
    expect(await konspekt(['open'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Konspekt is open at http:\/\/127\.0\.0\.1:\d+\/open\?token=/u),
    });
    // A second one shows the first one's window.
    expect(await konspekt(['serve', '--port', '0'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Konspekt is open at') });
    expect(await program.stop()).toBe(0);
  });

  test('two commands at once: the second goes on alone when the first, whose process did the work, is done', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const first = startCommand(['synopsis', lecture], { dataDir: at.dataDir, cli });
    await barrier.reached();
    const second = startCommand(['synopsis', meeting], { dataDir: at.dataDir, cli });
    // Both synopses are the first one's process to make, the second after the first.
    await expect.poll(async () => (await jobs()).filter(job => job.kind === 'synopsis.make').length, { timeout: patienceMs }).toBe(2);
    expect(holder()).toBe(first.pid);
    first.signal('SIGINT');
    expect((await first.ended).code).toBe(130);
    barrier.open();
    const { code, stdout } = await second.ended;
    expect(code).toBe(0);
    expect(stdout).toContain('## In short');
    const made = (await jobs()).find(job => job.kind === 'synopsis.make' && job.state === 'done');
    await expectMadeOnce(made?.id ?? '');
  });

  test('the same command twice at once is one synopsis', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const first = startCommand(['synopsis', lecture], { dataDir: at.dataDir, cli });
    await barrier.reached();
    const second = startCommand(['synopsis', lecture], { dataDir: at.dataDir, cli });
    await second.prints('Section: ');
    barrier.open();
    const ends = await Promise.all([first.ended, second.ended]);
    expect(ends.map(end => end.code)).toEqual([0, 0]);
    expect(ends[0].stdout).toBe(ends[1].stdout);
    expect((await jobs()).filter(job => job.kind === 'synopsis.make')).toHaveLength(1);
  });

  test('a command goes on by itself when the program it talks to is killed', async () => {
    const barrier = await createBarrier();
    onTestFinished(() => barrier.close());
    const program = await startProgram(
      at.dataDir,
      writeSourceBundles(join(at.folder, 'gated'), { worker: 'synopsis', point: 'section:figures', port: barrier.port }),
    );
    const command = startCommand(['synopsis', lecture], { dataDir: at.dataDir });
    await barrier.reached();
    await program.kill();
    expect((await command.ended).code).toBe(0);
    await expectMadeOnce((await jobs())[0]?.id ?? '');
  });

  test('the control file of a program that died is no obstacle', async () => {
    mkdirSync(at.dataDir);
    const other = await startWebServer((_request, response) => response.writeHead(404).end());
    writeControlFile(at.dataDir, { pid: 1, port: Number(new URL(other.origin).port), token: 'x', host: 'headless', version: '0' });
    expect(await konspekt(['jobs'])).toMatchObject({ code: 0, stdout: 'There are no tasks.\n' });
    await other[Symbol.asyncDispose]();
    writeFileSync(join(at.dataDir, 'control.json'), 'half a fi');
    expect((await konspekt(['jobs'])).code).toBe(0);
  });

  test('looking at the jobs starts none of them', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const first = startCommand(['synopsis', lecture], { dataDir: at.dataDir, cli });
    await barrier.reached();
    first.signal('SIGKILL');
    await first.ended;
    const [job] = await jobs();
    expect(job).toMatchObject({ kind: 'synopsis.make', state: 'queued' });
    expect(await konspekt(['jobs', 'list', '--group', 'queued'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(job?.id ?? ''),
    });
    expect((await inspect(job?.id ?? '')).events.filter(event => event.type === 'started')).toHaveLength(1);
    // Waiting for it is asking for it.
    expect((await konspekt(['jobs', 'wait', job?.id ?? ''])).code).toBe(0);
    await expectMadeOnce(job?.id ?? '');
  });
});
