// A person's own backup: made in the settings, put back by a restart, and what was there before is kept too.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { createDesk, openDemo, value, type Desk, type DesktopProgram } from './desktop-program.ts';

let desk: Desk;
let saved: string;
test.beforeEach(() => {
  desk = createDesk();
  saved = `${desk.dataDir}-diagnostics.txt`;
});
test.afterEach(async () => {
  await desk.clear();
  rmSync(saved, { force: true });
});

async function runInPalette({ page }: DesktopProgram, command: string): Promise<void> {
  // Before the window is there, keys go nowhere.
  await expect(page.locator('.composer')).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(command);
  await page.getByRole('option', { name: command }).click();
}

async function openData(program: DesktopProgram): Promise<void> {
  const { page } = program;
  await runInPalette(program, 'Резервные копии');
  await expect(page.getByRole('heading', { name: 'Резервные копии' })).toBeVisible();
}

test('a backup made in the settings is put back by a restart, the queue stands, and the state before is a backup too', async () => {
  const program = await desk.start();
  const { page } = program;
  await openData(program);
  await page.getByRole('button', { name: 'Сделать копию сейчас' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'сделана вами' });
  await expect(row).toContainText('0 чатов, 0 документов, 0 конспектов');
  await row.getByRole('button', { name: /^Проверить копию/u }).click();
  await expect(row).toContainText('Прочитана целиком, всё в порядке.');
  await page.keyboard.press('Escape');
  await openDemo(page);

  await openData(program);
  await row.getByRole('button', { name: /^Вернуть копию/u }).click();
  const asked = page.getByRole('alertdialog');
  await expect(asked).toContainText('сохранится отдельной копией');
  await asked.getByRole('button', { name: 'Не возвращать' }).click();
  expect(value(await program.client.call('backups.list', {})).wanted).toBeNull();
  await row.getByRole('button', { name: /^Вернуть копию/u }).click();
  await asked.getByRole('button', { name: 'Вернуть и перезапустить' }).click();
  expect(await program.ended()).toBe(0);

  const next = await desk.start();
  await expect(next.page.getByText('Возвращена выбранная копия')).toBeVisible();
  expect(value(await next.client.call('sessions.list', {})).sessions).toEqual([]);
  expect(value(await next.client.call('app.status', {})).paused).toBe(true);
  const { backups } = value(await next.client.call('backups.list', {}));
  expect(backups.find(({ reason }) => reason === 'restore')).toMatchObject({ contents: { chats: 1, documents: 2, missingFiles: 0 } });
});

test('the program starts at login only once the person wants it', async () => {
  test.skip(process.platform !== 'linux', 'elsewhere the system keeps it');
  const config = `${desk.dataDir}-config`;
  try {
    const program = await desk.start({ env: { XDG_CONFIG_HOME: config } });
    const entry = (): string[] => (existsSync(join(config, 'autostart')) ? readdirSync(join(config, 'autostart')) : []);
    expect(entry()).toEqual([]);
    await expect(program.page.locator('.composer')).toBeVisible();
    await program.page.keyboard.press('Control+,');
    const wanted = program.page.getByRole('switch', { name: 'Запускать при входе в систему' });
    await wanted.click();
    await expect.poll(entry).toEqual(['app.konspekt.desktop.desktop']);
    await wanted.click();
    await expect.poll(entry).toEqual([]);
    await program.quit();
  } finally {
    rmSync(config, { recursive: true, force: true });
  }
});

test('the diagnostics that are saved are those that were shown', async () => {
  const program = await desk.start();
  const { app, page } = program;
  await runInPalette(program, 'Диагностика');
  await page.getByText('Программа и система').click();
  const shown = await page.getByRole('region', { name: 'Программа и система' }).innerText();
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, saved);
  await page.getByRole('button', { name: 'Сохранить…' }).click();
  await expect.poll(() => readFileSync(saved, { encoding: 'utf8', flag: 'a+' })).toContain(shown);
});
