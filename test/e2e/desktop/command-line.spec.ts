// The command line beside the running desktop program: it talks to it instead of opening the folder a second time.
import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { createDesk, expectReady, newestJob, type Desk } from './desktop-program.ts';

const root = join(import.meta.dirname, '../../..');

let desk: Desk;

test.beforeEach(() => {
  desk = createDesk();
});
test.afterEach(async () => {
  await desk.clear();
});

function konspekt(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  return new Promise(resolve => {
    execFile(
      process.execPath,
      [join(root, 'out/main/cli.js'), '--data', desk.dataDir, ...args],
      { env: { ...process.env, LC_ALL: 'en_US.UTF-8' } },
      (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, err });
      },
    );
  });
}

test('a synopsis asked for on the command line is made by the desktop program and seen in its window', async () => {
  const program = await desk.start();
  const record = join(desk.dataDir, 'control.json');
  // SECURITY: it holds the token, so it is this person's alone.
  if (process.platform !== 'win32') expect((statSync(record).mode & 0o777).toString(8)).toBe('600');
  expect(await konspekt('jobs', 'list', '--json')).toEqual({ code: 0, out: '', err: '' });

  const made = await konspekt('synopsis', join(root, 'resources/samples/ru-lecture.md'));
  expect([made.code, made.err.includes('ru-lecture.md')]).toEqual([0, true]);
  expect(made.out).toContain('#');
  const job = await newestJob(program, 'synopsis.make');
  expect(job?.state).toBe('done');
  const listed = await konspekt('jobs', 'list', '--json');
  expect(
    listed.out
      .trim()
      .split('\n')
      .map(line => (JSON.parse(line) as { id: string }).id),
  ).toContain(job?.id);

  await program.page.locator('.session-title').first().click();
  await program.page.keyboard.press('Control+Shift+K');
  await expectReady(program.page);

  await program.quit();
  expect(existsSync(record)).toBe(false);
  // With nobody there the command line opens the folder itself, and leaves nothing behind.
  expect((await konspekt('jobs', 'list', '--json')).out).toContain(job?.id ?? 'no job');
  expect(existsSync(record)).toBe(false);
});
