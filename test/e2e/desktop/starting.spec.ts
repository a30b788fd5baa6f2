// How the desktop program starts when something is in its way: it says so in a dialog, and leaves no process behind.
import { once } from 'node:events';
import { chmodSync, existsSync, openSync, closeSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchWithoutWindow } from '../../support/launch-desktop.ts';
import { launchHeadless } from '../../support/launch-headless.ts';
import { createDesk, expectReady, expectState, openDemo, pressSynopsis, value, type Desk } from './desktop-program.ts';

const preload = join(import.meta.dirname, 'answer-dialogs.cjs');

let desk: Desk;
let dialogs: string;

test.beforeEach(() => {
  desk = createDesk();
  dialogs = `${desk.dataDir}-dialogs.jsonl`;
});
test.afterEach(async () => {
  await desk.clear();
  rmSync(dialogs, { force: true });
});

const answering = (button: number) => ({ KONSPEKT_SPEC_DIALOGS: dialogs, KONSPEKT_SPEC_ANSWER: String(button) });
const told = (): unknown[] =>
  existsSync(dialogs)
    ? readFileSync(dialogs, 'utf8')
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as unknown)
    : [];

/** A start that is to end by itself; gives its exit code. */
async function startInVain(env: Readonly<Record<string, string>>): Promise<number> {
  const failed = (message: string) => Number(/exitCode=(\d+)/u.exec(message)?.[1] ?? Number.NaN);
  return launchWithoutWindow({ dataDir: desk.dataDir, preload, env: { LANGUAGE: '', LC_ALL: 'ru_RU.UTF-8', ...env } }).then(
    // Playwright got hold of it before it ended.
    async app => {
      const program = app.process();
      if (program.exitCode === null) await once(program, 'exit');
      return program.exitCode ?? Number.NaN;
    },
    // It ended first, which Playwright calls a failed launch.
    (error: Error) => failed(error.message),
  );
}

/** Makes a folder with a synopsis in it, then overwrites the database's first pages. */
async function damage(): Promise<void> {
  const program = await desk.start();
  await openDemo(program.page);
  await pressSynopsis(program.page);
  await expectReady(program.page);
  await program.quit();
  const file = openSync(join(desk.dataDir, 'konspekt.db'), 'r+');
  writeSync(file, Buffer.alloc(8_192, 0x5a), 0, 8_192, 0);
  closeSync(file);
}

test.describe('a damaged database', () => {
  test('is left as it is when the person leaves, and restored when they say so', async () => {
    await damage();
    expect(await startInVain(answering(1))).toBe(0);
    expect(told()).toEqual([
      {
        kind: 'question',
        message: 'Konspekt не может открыть данные',
        detail: expect.stringContaining('Можно восстановить резервную копию'),
        buttons: ['Восстановить из копии', 'Выйти'],
        cancelId: 1,
      },
    ]);
    expect(readdirSync(desk.dataDir)).not.toContain('set-aside');

    const restored = await desk.start({ preload, env: answering(0) });
    expect(readdirSync(join(desk.dataDir, 'set-aside'))).toHaveLength(1);
    await restored.page
      .getByRole('button', { name: /Пример: как работает память/u })
      .first()
      .click();
    await restored.page.keyboard.press('Control+Shift+K');
    await expectReady(restored.page);
  });
});

test('a folder that the headless program has open is not opened twice; the dialog names the process', async () => {
  const other = await launchHeadless({ dataDir: desk.dataDir, locale: 'ru_RU.UTF-8' });
  try {
    expect(await startInVain(answering(1))).toBe(1);
    expect(told()).toEqual([
      {
        kind: 'error',
        title: 'Konspekt не может открыть данные',
        content: expect.stringMatching(/запущенный из терминала \(процесс \d+\)/u),
      },
    ]);
    // The other one's door is still there.
    expect(existsSync(join(desk.dataDir, 'control.json'))).toBe(true);
  } finally {
    expect(await other.stop()).toBe(0);
  }
});

test('a folder that cannot be written is told, not crashed on', async () => {
  test.skip(process.getuid?.() === 0, 'root may write everywhere');
  chmodSync(desk.dataDir, 0o500);
  try {
    expect(await startInVain(answering(1))).toBe(1);
    expect(told()).toEqual([expect.objectContaining({ kind: 'error', content: expect.stringContaining(desk.dataDir) })]);
  } finally {
    chmodSync(desk.dataDir, 0o700);
  }
});

test('a folder whose place is taken by a file is told, not crashed on', async () => {
  const taken = join(desk.dataDir, 'a-file');
  closeSync(openSync(taken, 'w'));
  expect(await startInVain({ LC_ALL: 'en_US.UTF-8', KONSPEKT_DATA: taken, ...answering(1) })).toBe(1);
  expect(told()).toEqual([{ kind: 'error', title: 'Konspekt cannot open its data', content: expect.stringContaining(taken) }]);
});

test('a folder is opened by a second program only after the first has left', async () => {
  const first = await desk.start();
  expect(value(await first.client.call('app.open', {})).host).toBe('desktop');
  await first.quit();
  const headless = await launchHeadless({ dataDir: desk.dataDir, locale: 'ru_RU.UTF-8' });
  expect(await headless.stop()).toBe(0);
  const again = await desk.start();
  await openDemo(again.page);
  await expectState(again, 'document.import', 'done');
});
