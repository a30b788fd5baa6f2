// The desktop program as it was built, through Electron's public API and its page alone. What looks at the stand-in's record of
// trays and notifications says so and is skipped on the real Electron (`STANDIN=0`), which has no way to ask for them.
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchWithoutWindow, onStandIn } from '../../support/launch-desktop.ts';
import { descendants, isAlive } from '../../support/process-tree.ts';
import { textOfPdf } from '../../support/synopsis/text-of-pdf.ts';
import {
  controlFiles,
  createDesk,
  expectReady,
  expectState,
  newestJob,
  openDemo,
  pageOrigin,
  pressSynopsis,
  startLongSynopsis,
  value,
  type Desk,
  type DesktopProgram,
} from './desktop-program.ts';

const RECORD_ONLY = 'the record of trays and notifications exists on the stand-in only';

declare global {
  /** In the main process: the questions that were asked, with the answer a spec gave. */
  var asked: Electron.MessageBoxOptions[];
}

let desk: Desk;

test.beforeEach(() => {
  desk = createDesk();
});
test.afterEach(async () => {
  await desk.clear();
});

/** Answers every question from now on with the same button and the box ticked. */
async function answerWith({ app }: DesktopProgram, response: number): Promise<void> {
  await app.evaluate(({ dialog }, button) => {
    globalThis.asked = [];
    // In front of the options stands the window the question belongs to.
    dialog.showMessageBox = (async (...args: unknown[]) => {
      globalThis.asked.push(args.at(-1) as Electron.MessageBoxOptions);
      return { response: button, checkboxChecked: true };
    }) as typeof dialog.showMessageBox;
  }, response);
}
const questions = ({ app }: DesktopProgram) => app.evaluate(() => globalThis.asked.map(({ message, buttons }) => ({ message, buttons })));
const closeWindow = ({ app }: DesktopProgram) =>
  app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close();
  });
/** A page is up that {@link crashPage} did not mark. */
const isPageThere = ({ app }: DesktopProgram) =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]
      ?.webContents.executeJavaScript('document.querySelector("footer.strip") !== null && !("doomed" in document.documentElement.dataset)')
      .catch(() => false),
  );
/** Kills the process of the page once it is up. The page is marked first: one that still answers for a moment is not taken for the next. */
async function crashPage(program: DesktopProgram): Promise<void> {
  await expect.poll(() => isPageThere(program)).toBe(true);
  await program.app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    await contents?.executeJavaScript('void (document.documentElement.dataset.doomed = "")');
    contents?.forcefullyCrashRenderer();
  });
}
const isVisible = ({ app }: DesktopProgram) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map(window => window.isVisible()));
const trayTip = ({ app }: DesktopProgram) => app.evaluate(() => process.standIn?.record.trays[0]?.toolTip);
const trayLabels = ({ app }: DesktopProgram) =>
  app.evaluate(() =>
    process.standIn?.record.trays[0]?.contextMenu?.items.filter(item => item.type !== 'separator').map(item => item.label),
  );
const clickTray = ({ app }: DesktopProgram, id: string) =>
  app.evaluate((_electron, item) => {
    process.standIn?.record.trays[0]?.contextMenu?.getMenuItemById(item)?.click();
  }, id);
const notices = ({ app }: DesktopProgram) =>
  app.evaluate(() => process.standIn?.record.notifications.map(({ title, body }) => ({ title, body })));

/** The store was closed, not cut off, and nobody will look for a program that is gone. */
function expectClosedInOrder(): void {
  expect(readFileSync(join(desk.dataDir, 'run-state.json'), 'utf8')).toContain('closed');
  expect(controlFiles(desk.dataDir)).toEqual([]);
}

/** Starts the program a second time on the same folder; resolves when that start has ended. */
async function startAgain({ dataDir }: Desk): Promise<string> {
  // It ends before Playwright has got hold of it, which Playwright calls a failed launch.
  return launchWithoutWindow({ dataDir }).then(
    () => 'launched',
    (error: Error) => error.message,
  );
}

test.describe('the main job', () => {
  test('the demo becomes a synopsis whose claims lead to their passages, with nothing asked of any network, also after kill -9', async () => {
    const first = await desk.start();
    const foreign: string[] = [];
    const complaints: string[] = [];
    first.page.on('request', request => {
      if (!request.url().startsWith(`${pageOrigin}/`) && !/^(?:blob|data):/u.test(request.url())) foreign.push(request.url());
    });
    first.page.on('console', message => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await openDemo(first.page);
    await pressSynopsis(first.page);
    await expectReady(first.page);
    await expect(first.page.getByText('Без модели', { exact: false }).first()).toBeVisible();
    await first.page.locator('article.synopsis .citation').first().click();
    await expect(first.page.locator('.reader mark').first()).toBeVisible();
    const passage = (await first.page.locator('.reader mark').allInnerTexts()).join(' ');
    expect(passage.length).toBeGreaterThan(10);
    // What is said of an export comes from the dialog: nothing when it was cancelled, the name given when it was not.
    const exported = join(desk.dataDir, 'мой конспект.md');
    await first.app.evaluate(({ dialog }, filePath) => {
      const answers = [
        { canceled: true, filePath: '' },
        { canceled: false, filePath },
      ];
      dialog.showSaveDialog = () => Promise.resolve(answers.shift() ?? { canceled: true, filePath: '' });
    }, exported);
    for (const isSaved of [false, true]) {
      await first.page.getByRole('button', { name: 'Экспорт' }).click();
      await first.page.getByRole('menuitem', { name: 'Markdown (.md)' }).click();
      if (isSaved) await expect(first.page.getByText('Сохранено: мой конспект.md')).toBeVisible();
      else await expect(first.page.getByText('Сохранено:')).toHaveCount(0);
      expect(existsSync(exported)).toBe(isSaved);
    }
    expect(readFileSync(exported, 'utf8')).toContain('## Коротко');
    const printed = join(desk.dataDir, 'мой конспект.pdf');
    await first.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, printed);
    await first.page.getByRole('button', { name: 'Экспорт' }).click();
    await first.page.getByRole('menuitem', { name: 'PDF (.pdf)' }).click();
    await expect(first.page.getByText('Сохранено: мой конспект.pdf')).toBeVisible();
    expect(await textOfPdf(readFileSync(printed))).toContain('Коротко');
    // All of them go to a folder that only the system's dialog names.
    const folder = join(desk.dataDir, 'выгрузка');
    mkdirSync(folder);
    await first.app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, folder);
    await first.page.getByRole('button', { name: 'Экспорт' }).click();
    await first.page.getByRole('menuitem', { name: 'Сохранить все конспекты в папку…' }).click();
    await expect(first.page.getByText('1 конспект сохраняется в папку «выгрузка».')).toBeVisible();
    await expect.poll(() => readdirSync(folder).filter(name => name.endsWith('.md'))).toHaveLength(1);
    await first.page.reload();
    await expect(first.page.getByRole('button', { name: /Пример: как работает память/u }).first()).toBeVisible();
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);

    await first.kill();
    const { page } = await desk.start();
    await page
      .getByRole('button', { name: /Пример: как работает память/u })
      .first()
      .click();
    await page.keyboard.press('Control+Shift+K');
    await expectReady(page);
    await page.locator('article.synopsis .citation').first().click();
    await expect(page.locator('.reader mark').first()).toBeVisible();
  });

  test('everything of a person lies in the one data folder, the window’s place included', async () => {
    const first = await desk.start();
    expect(await first.app.evaluate(({ app }) => app.getPath('userData'))).toBe(join(desk.dataDir, 'window'));
    await first.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 50, width: 900, height: 700 });
    });
    await first.quit();
    expect(controlFiles(desk.dataDir)).toEqual([]);

    const second = await desk.start();
    expect(await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toEqual({
      x: 40,
      y: 50,
      width: 900,
      height: 700,
    });
  });

  test('a page that dies is loaded again and the job does not notice', async () => {
    const program = await desk.start();
    await startLongSynopsis(program);
    const before = await newestJob(program, 'synopsis.make');
    await crashPage(program);
    await expect.poll(() => isPageThere(program)).toBe(true);
    await expectState(program, 'synopsis.make', 'done');
    const after = await newestJob(program, 'synopsis.make');
    expect([after?.id, after?.attempt]).toEqual([before?.id, before?.attempt]);
  });
});

test.describe('a program in trouble', () => {
  test('a page that dies of being loaded is not loaded for ever: the person is asked, the jobs go on', async () => {
    const program = await desk.start();
    await answerWith(program, 0);
    for (const _death of ['first', 'second']) {
      await crashPage(program);
      await expect.poll(() => isPageThere(program)).toBe(true);
      expect(await questions(program)).toEqual([]);
    }
    await crashPage(program);
    await expect.poll(() => questions(program).then(all => all.map(({ buttons }) => buttons))).toEqual([['Открыть снова', 'Отмена']]);
    await expect.poll(() => isPageThere(program)).toBe(true);
    expect(value(await program.client.call('app.open', {})).host).toBe('desktop');
  });

  test('an error that nothing handles is told, written down and ends the program in order', async () => {
    const program = await desk.start();
    const started = descendants(program.pid);
    await program.app
      .evaluate(({ dialog }) => {
        dialog.showErrorBox = (_title, content) => {
          process.stderr.write(`told: ${content}\n`);
        };
        setTimeout(() => {
          throw new RangeError('nobody expects this');
        });
      })
      .catch(() => undefined);
    expect(await program.ended()).toBe(1);
    await expect.poll(() => started.filter(isAlive)).toEqual([]);
    expectClosedInOrder();
    const log = readFileSync(join(desk.dataDir, 'logs', 'konspekt.log'), 'utf8');
    // Its type and place; what an error says may be somebody's text.
    expect(log).toMatch(/"err":\{"type":"RangeError".*"The program met an error that nothing handles and leaves\."/u);
    expect(log).not.toContain('nobody expects this');
    const again = await desk.start();
    await expect(again.page.locator('footer.strip')).toBeVisible();
  });
});

test.describe('closing and quitting while a job runs', () => {
  test('asks once, keeps working in the tray and tells the end; a click leads to the synopsis', async () => {
    const program = await desk.start();
    await answerWith(program, 0);
    await startLongSynopsis(program);
    await closeWindow(program);
    await expect.poll(() => isVisible(program)).toEqual([false]);
    expect(await questions(program)).toEqual([
      { message: 'Ещё не закончено: 1 задача. Продолжить работу в фоне?', buttons: ['Работать в фоне', 'Остановить и выйти', 'Отмена'] },
    ]);
    expect(value(await program.client.call('app.open', {})).settings.onCloseWithJobs).toBe('keep');
    if (onStandIn) expect(await trayTip(program)).toBe('Konspekt: выполняется 1 задача');

    // A second start shows the first one's window; closing it again asks nothing.
    expect(await startAgain(desk)).toContain('exitCode=0');
    await expect.poll(() => isVisible(program)).toEqual([true]);
    await closeWindow(program);
    await expect.poll(() => isVisible(program)).toEqual([false]);
    expect(await questions(program)).toHaveLength(1);

    await expectState(program, 'synopsis.make', 'done');
    test.skip(!onStandIn, RECORD_ONLY);
    // The page behind the hidden window is at this very chat; nobody looks at it.
    await expect.poll(() => notices(program)).toEqual([{ title: expect.stringContaining('Конспект готов'), body: expect.any(String) }]);
    await expect.poll(() => trayTip(program)).toBe('Konspekt');
    // Elsewhere, so that the click has somewhere to lead.
    await clickTray(program, 'open');
    await program.page.getByRole('button', { name: 'Новый чат' }).first().click();
    await expect(program.page.locator('article.synopsis')).toBeHidden();
    await closeWindow(program);
    await expect.poll(() => isVisible(program)).toEqual([false]);
    await program.app.evaluate(() => process.standIn?.record.notifications[0]?.emit('click', {}));
    expect(await isVisible(program)).toEqual([true]);
    await expectReady(program.page);
  });

  test('“cancel” keeps the window and asks again the next time', async () => {
    const program = await desk.start();
    await answerWith(program, 2);
    await startLongSynopsis(program);
    await closeWindow(program);
    await closeWindow(program);
    await expect.poll(() => questions(program).then(all => all.length)).toBe(2);
    expect(await isVisible(program)).toEqual([true]);
    expect(value(await program.client.call('app.open', {})).settings.onCloseWithJobs).toBe('ask');
  });

  test('the tray’s “quit” leaves no process, and the next start goes on with the same job', async () => {
    test.skip(!onStandIn, RECORD_ONLY);
    const first = await desk.start();
    await startLongSynopsis(first);
    const before = await newestJob(first, 'synopsis.make');
    const started = descendants(first.pid);
    await clickTray(first, 'quit').catch(() => undefined);
    expect(await first.ended()).toBe(0);
    await expect.poll(() => started.filter(isAlive)).toEqual([]);
    expectClosedInOrder();

    const second = await desk.start();
    await expectState(second, 'synopsis.make', 'done');
    expect((await newestJob(second, 'synopsis.make'))?.id).toBe(before?.id);
  });

  test('SIGTERM ends it in order', async () => {
    const first = await desk.start();
    await startLongSynopsis(first);
    const started = descendants(first.pid);
    first.app.process().kill('SIGTERM');
    expect(await first.ended()).toBe(0);
    await expect.poll(() => started.filter(isAlive)).toEqual([]);
    expectClosedInOrder();
  });

  test('kill -9 in the middle leaves no worker, and the next start goes on with the same job', async () => {
    const first = await desk.start();
    await startLongSynopsis(first);
    const before = await newestJob(first, 'synopsis.make');
    const started = descendants(first.pid);
    await first.kill();
    await expect.poll(() => started.filter(isAlive)).toEqual([]);

    const second = await desk.start();
    expect((await newestJob(second, 'synopsis.make'))?.id).toBe(before?.id);
    await expectState(second, 'synopsis.make', 'done');
    await second.page.locator('.session-title').first().click();
    await second.page.keyboard.press('Control+Shift+K');
    await expectReady(second.page);
  });
});

test.describe('the tray', () => {
  test.skip(!onStandIn, RECORD_ONLY);

  test('opens the window, pauses the queue and speaks the language that was chosen', async () => {
    const program = await desk.start();
    expect(await trayLabels(program)).toEqual(['Открыть Konspekt', 'Приостановить очередь', 'Выйти']);
    await closeWindow(program);
    await expect.poll(() => isVisible(program)).toEqual([false]);
    await clickTray(program, 'open');
    expect(await isVisible(program)).toEqual([true]);

    await clickTray(program, 'pause');
    await expect.poll(() => trayLabels(program)).toEqual(['Открыть Konspekt', 'Продолжить очередь', 'Выйти']);
    expect(value(await program.client.call('app.open', {})).status.paused).toBe(true);
    await clickTray(program, 'pause');
    await expect.poll(() => trayLabels(program)).toContain('Приостановить очередь');

    const menuLabels = () => program.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(item => item.label));
    const inRussian = await menuLabels();
    value(await program.client.call('settings.set', { language: 'en', theme: 'dark' }));
    await expect.poll(() => trayLabels(program)).toEqual(['Open Konspekt', 'Pause the queue', 'Quit']);
    expect(inRussian).toEqual(expect.arrayContaining(['Правка', 'Вид']));
    expect(await menuLabels()).toEqual(expect.arrayContaining(['Edit', 'View']));
    expect(await program.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBackgroundColor().toLowerCase())).toBe(
      '#1c1b19',
    );
  });
});
