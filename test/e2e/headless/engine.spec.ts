import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { connectToRunning } from '../../../src/main/headless/remote-channel.ts';
import { readControlFile } from '../../../src/main/ipc/control-file.ts';
import { createClient } from '../../../src/shared/contract/client.ts';
import { addSession, addVersion, coverageOf, noonMs, plainStore, sectionOf } from '../../integration/store/store-fixture.ts';
import { launchHeadless, type HeadlessProgram } from '../../support/launch-headless.ts';
import { createBarrier, type Barrier } from '../../support/program/barrier.ts';
import { gatedCli } from '../../support/program/built-program.ts';
import { expectAccessible } from './expect-accessible.ts';

const locale = 'ru_RU.UTF-8';
/** Newest first, as an export writes them. */
const titles = ['Капли', 'Пруды', 'Сады'] as const;

let root: string;
let dataDir: string;
let out: string;
let barrier: Barrier;
let program: HeadlessProgram;

test.beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'konspekt-e2e-'));
  dataDir = join(root, 'data');
  out = join(root, 'out');
  mkdirSync(out);
  barrier = await createBarrier();
  const { store, close } = plainStore(dataDir);
  for (const [n, title] of titles.entries()) {
    const version = addVersion(store, addSession(store, { title }), { title });
    store.synopses.addSection(version, sectionOf('summary', `О чём: ${title}.`));
    store.synopses.finishVersion(version, { state: 'ready', coverage: [coverageOf(title)], issues: [], atMs: noonMs - n * 1_000 });
  }
  close();
});
test.afterEach(async () => {
  expect(await program.stop()).toBe(0);
  await barrier.close();
  rmSync(root, { recursive: true, force: true });
});

const plain = () => launchHeadless({ dataDir, locale });
const gated = (point: string) =>
  launchHeadless({ dataDir, locale, cli: gatedCli(join(root, 'gated'), { worker: 'synopsis', point, port: barrier.port }) });

/** Starts what the window of this host has no dialog for: an export to a folder. */
async function startExport(): Promise<void> {
  const record = readControlFile(dataDir);
  if (record === null) throw new Error('The program is running and left no control file.');
  const remote = await connectToRunning(record);
  const result = await createClient(remote.channel).call('synopses.exportTo', { folder: out });
  remote.close();
  expect(result.ok).toBe(true);
}

async function openTasks(page: Page): Promise<Locator> {
  await page.goto(program.link);
  await page.getByRole('button', { name: 'Новый чат' }).first().waitFor();
  await page.keyboard.press('Control+j');
  return page.getByRole('region', { name: 'Фоновые задачи' });
}

test('a job that failed half-way says why and goes on from the step the person picks', async ({ page }) => {
  program = await gated('before:2');
  await startExport();
  await barrier.reached();
  // The disk with the folder is taken away while the second file is due.
  renameSync(out, `${out}-away`);
  const panel = await openTasks(page);
  const row = panel.getByRole('button', { name: /^Сохранение конспектов: out\./u });
  barrier.open();
  // Between the attempts it says which one comes when.
  await expect(row).toHaveAccessibleName(/Попытка [23] из 3 начнётся в \d\d:\d\d: Папки с сохранёнными файлами нет на месте/u);
  await expect(panel.getByRole('heading', { name: 'Ошибки 1' })).toBeVisible({ timeout: 60_000 });

  // From the keyboard: the list has one stop, Enter opens the steps.
  await row.focus();
  await page.keyboard.press('Enter');
  const inspector = page.getByRole('article', { name: 'out' });
  const steps = inspector.locator('.inspector-steps').first().getByRole('listitem');
  await expect(steps.nth(0)).toContainText('Выбор имён файлов');
  await expect(steps.nth(1)).toContainText('Файл «Капли»');
  await expect(steps.nth(2)).toContainText('не состоялось');
  // The file that was written is out of reach as well: it says what is left, and asks.
  await expect(inspector.getByText('Не отменено: 1 шаг: Файл «Капли»')).toBeVisible();
  await expectAccessible(page);
  renameSync(`${out}-away`, out);
  await inspector.getByRole('region', { name: 'Нужно ваше решение' }).getByRole('button', { name: 'Повторить отмену' }).click();
  await expect(inspector.getByText('Отменено шагов: 1 из 1')).toBeVisible();
  await expect(inspector.getByRole('status')).toContainText('Подключите диск или создайте папку');
  await expect(inspector.getByText('folder_gone', { exact: true })).toBeVisible();
  expect(readdirSync(out)).toEqual([]);

  await inspector.getByRole('button', { name: 'Что сделать с шагом 2' }).click();
  await page.getByRole('menuitem', { name: 'Повторить с этого шага' }).click();
  // Without a question: what these steps had done was undone.
  await expect(inspector.getByRole('status')).toHaveText('Готово');
  expect(readdirSync(out).sort()).toEqual(titles.map(title => `${title}.md`).sort());
  await inspector.getByRole('tab', { name: 'Журнал' }).click();
  await expect(inspector.getByText('Повторена вручную').first()).toBeVisible();
  await inspector.getByRole('tab', { name: 'Обзор' }).click();

  // What has ended can lend its steps to a new job, which points back.
  await inspector.getByRole('button', { name: 'Что сделать с шагом 2' }).click();
  await page.getByRole('menuitem', { name: 'Ответвить отсюда' }).click();
  const confirm = page.getByRole('alertdialog');
  await expect(inspector.getByText('Ответвлена от').or(confirm).first()).toBeVisible();
  if (await confirm.isVisible()) await confirm.getByRole('button', { name: 'Всё равно повторить' }).click();
  await expect(inspector.getByText('Ответвлена от')).toBeVisible();
  await inspector.locator('.inspector-related').getByRole('button', { name: /^out/u }).click();
  await expect(inspector.getByText('От неё ответвлены')).toBeVisible();
});

test('an effect that nobody can tell the outcome of waits for the person, over a restart, and obeys', async ({ page }) => {
  program = await gated('sending:2');
  await startExport();
  await barrier.reached();
  await program.kill();
  // Somebody has put a file of this name there since.
  writeFileSync(join(out, 'Пруды.md'), 'чужое');
  program = await plain();
  const panel = await openTasks(page);
  await expect(panel.getByRole('heading', { name: 'Ждёт вас 1' })).toBeVisible();
  await panel.getByRole('button', { name: 'Сохранение конспектов: out. Ждёт вашего решения' }).click();
  const question = page.getByRole('region', { name: 'Нужно ваше решение' });
  await expect(question).toContainText('Программа начала записывать файл конспекта «Пруды» в папку «out» и прервалась');
  await expect(question.getByRole('button', { name: 'Отбросить' })).toHaveAccessibleDescription(
    'Задача остановится, сделанное до этого шага отменится.',
  );
  // What a window is told of the time before it: this one may have been there before the job had come to its question.
  await openTasks(page);
  const away = page.locator('.away-bar').filter({ hasText: 'ждёт вас' });
  await expect(away).toBeVisible();
  await panel.getByRole('button', { name: 'Сохранение конспектов: out. Ждёт вашего решения' }).click();
  await expectAccessible(page);
  await question.getByRole('button', { name: 'Отметить выполненным' }).click();
  const inspector = page.getByRole('article', { name: 'out' });
  await expect(inspector.getByRole('status')).toHaveText('Готово');
  await expect(question).toHaveCount(0);
  // Nothing says that it waits still, and the person's time is not the step's.
  await expect(away).toHaveCount(0);
  await expect(inspector.getByRole('listitem').filter({ hasText: 'Файл «Пруды»' }).locator('.step-time')).toHaveText('');
  await inspector.getByRole('tab', { name: 'Журнал' }).click();
  await expect(inspector.getByText('Возвращена в очередь: программа закрылась во время работы')).toBeVisible();
  await expect(inspector.getByText('Решено вами: Файл «Пруды» (вы отметили выполненным)')).toBeVisible();
  expect(readdirSync(out).sort()).toEqual(titles.map(title => `${title}.md`).sort());
});

test('what a stopped job has done is taken back, and the window says so', async ({ page }) => {
  program = await gated('before:3');
  await startExport();
  await barrier.reached();
  const panel = await openTasks(page);
  const row = panel.getByRole('button', { name: /^Сохранение конспектов: out\./u });
  await row.focus();
  await page.keyboard.press('Delete');
  await expect(row).toHaveAccessibleName(/Останавливается|Отменяет сделанное/u);
  barrier.open();
  await expect(row).toHaveAccessibleName(/Остановлено/u);
  await row.click();
  const inspector = page.getByRole('article', { name: 'out' });
  await expect(inspector.getByText('Отменено шагов: 2 из 2')).toBeVisible();
  expect(readdirSync(out)).toEqual([]);
});

test('a paused queue stands still and says so until it goes on, over a restart too', async ({ page }) => {
  program = await plain();
  const panel = await openTasks(page);
  await panel.getByRole('button', { name: 'Пауза очереди' }).click();
  const banner = panel.getByRole('status').filter({ hasText: 'Очередь на паузе.' });
  await expect(banner).toBeVisible();
  await startExport();
  const row = panel.getByRole('button', { name: 'Сохранение конспектов: out. В очереди: очередь на паузе' });
  await expect(row).toBeVisible();
  await program.kill();
  program = await plain();
  await openTasks(page);
  await expect(row).toBeVisible();
  await expectAccessible(page);
  expect(readdirSync(out)).toEqual([]);
  await banner.getByRole('button', { name: 'Продолжить' }).click();
  await expect(panel.getByRole('button', { name: 'Сохранение конспектов: out. Готово' })).toBeVisible();
  await expect(banner).toHaveCount(0);

  // One kind alone.
  await panel.getByRole('button', { name: 'Пауза по видам задач' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Сохранение в папку' }).click();
  await expect(panel.getByRole('status').filter({ hasText: 'На паузе: Сохранение в папку.' })).toBeVisible();
  await startExport();
  await expect(panel.getByRole('button', { name: /В очереди: на паузе «Сохранение в папку»/u })).toBeVisible();
  await panel.getByRole('button', { name: 'Продолжить', exact: true }).click();
  await expect(panel.getByRole('button', { name: 'Сохранение конспектов: out. Готово' })).toHaveCount(2);
});

test('a pause lets what has begun come to its end, and says when nothing runs any more', async ({ page }) => {
  program = await gated('before:2');
  await startExport();
  await barrier.reached();
  const panel = await openTasks(page);
  const pause = panel.getByRole('button', { name: 'Пауза очереди' });
  await expect(pause).toHaveAccessibleDescription('Начатое закончится, новое не начнётся');
  await pause.click();
  const banner = panel.getByRole('status').filter({ hasText: 'Очередь на паузе.' });
  await expect(banner).toContainText('Заканчивается 1 начатая задача, новое не начинается.');
  barrier.open();
  await expect(banner).toContainText('Начатое закончено, новое не начинается.');
  await expect(panel.getByRole('button', { name: 'Сохранение конспектов: out. Готово' })).toBeVisible();
  await banner.getByRole('button', { name: 'Продолжить' }).click();

  // Of one kind nothing runs from the beginning.
  await panel.getByRole('button', { name: 'Пауза по видам задач' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Сохранение в папку' }).click();
  await expect(panel.getByRole('status').filter({ hasText: 'На паузе: Сохранение в папку.' })).toContainText(
    'Начатое закончено, новое не начинается. Остальное идёт своим чередом.',
  );
});

test('the synopsis of a chat is put on a schedule from its menu, switched off, removed and taken back', async ({ page }) => {
  program = await plain();
  await page.goto(program.link);
  await page.getByRole('button', { name: 'Ещё: Пруды' }).click();
  await page.getByRole('menuitem', { name: 'Конспект по расписанию…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Новое расписание' });
  await expect(dialog.getByRole('combobox', { name: 'Чат' })).toHaveValue(/.+/u);
  await expect(dialog.locator('.schedule-preview li')).toHaveCount(5);
  await expect(dialog.locator('.schedule-preview li').first()).toContainText('09:00');
  await dialog.getByRole('combobox', { name: 'Повторять' }).selectOption({ label: 'Своё расписание (cron)' });
  const cron = dialog.getByRole('textbox', { name: 'Выражение cron' });
  await expect(cron).toHaveValue('0 9 * * 1-5');
  await cron.fill('0 9 30 2 *');
  await expect(dialog.getByText('никогда не сработает', { exact: false })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Сохранить' })).toBeDisabled();
  await cron.fill('30 18 * * 5');
  await expect(dialog.locator('.schedule-preview li').first()).toContainText('пт');
  await expect(dialog.locator('.schedule-preview li').first()).toContainText('18:30');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Сохранить' }).click();

  const list = page.getByRole('dialog', { name: 'Расписания' });
  const row = list.getByRole('listitem').filter({ hasText: 'Конспект: Пруды' });
  await expect(row).toContainText('Каждую неделю, пятница, в 18:30');
  await expect(row).toContainText('Следующий раз');
  await expect(row).toContainText('Ещё не срабатывало');
  await row.getByRole('switch').click();
  await expect(row).toContainText('Выключено');
  await row.getByRole('button', { name: /^Ещё/u }).click();
  await page.getByRole('menuitem', { name: 'Удалить' }).click();
  await expect(list.getByText('Расписаний пока нет')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Вернуть' }).click();
  await page.keyboard.press('Control+j');
  await page.getByRole('button', { name: 'Расписания' }).click();
  await expect(row).toContainText('Выключено');
});

test('a limit is set in the settings and taken away', async ({ page }) => {
  program = await plain();
  await page.goto(program.link);
  // A key is nobody's before the window is there.
  await expect(page.getByRole('contentinfo')).toBeVisible();
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Пределы' }).click();
  const limits = page.getByRole('region', { name: 'Пределы' });
  await limits.getByRole('button', { name: 'Добавить предел' }).click();
  await limits.getByRole('textbox', { name: 'Не больше' }).fill('ноль');
  await limits.getByRole('button', { name: 'Сохранить' }).click();
  await expect(limits.getByText('Нужно число больше нуля', { exact: false })).toBeVisible();
  await limits.getByRole('textbox', { name: 'Не больше' }).fill('90');
  await limits.getByRole('button', { name: 'Сохранить' }).click();
  await expect(limits.getByText('Вся программа: не больше 90 мин в день')).toBeVisible();
  await expectAccessible(page);
  await limits.getByRole('button', { name: /^Убрать предел/u }).click();
  await expect(limits.getByText('Пределов нет', { exact: false })).toBeVisible();
});
