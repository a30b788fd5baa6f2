import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { encodeOneByte } from '../../support/documents/one-byte-text.ts';
import { expectAccessible } from './expect-accessible.ts';
import { test, type ProgramUnderTest } from './program-test.ts';

const samples = join(import.meta.dirname, '..', '..', '..', 'resources', 'samples');

async function openDemo(page: Page, program: ProgramUnderTest): Promise<void> {
  await page.goto(program.link);
  await page.getByRole('button', { name: 'Открыть пример' }).click();
  await expect(page.getByText('Забывание и интервальное повторение').first()).toBeVisible();
}

/** The composer's button, not the bar's, which opens the pane. */
async function pressSynopsis(page: Page): Promise<void> {
  await page.locator('.composer').getByRole('button', { name: 'Конспект' }).click();
}

async function expectReady(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Ключевые тезисы' })).toBeVisible();
  await expect(page.locator('article.synopsis')).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });
}

test('the demo becomes a synopsis whose claims lead to their passages, also after a restart', async ({ page, program }) => {
  await openDemo(page, program);
  await pressSynopsis(page);
  await expectReady(page);
  await expect(page.getByText('Без модели', { exact: false }).first()).toBeVisible();

  // A claim leads to its passage.
  const chip = page.locator('article.synopsis .citation').first();
  await chip.hover();
  await chip.click();
  await expect(page.locator('.reader mark').first()).toBeVisible();
  const passage = (await page.locator('.reader mark').allInnerTexts()).join(' ');
  expect(passage.length).toBeGreaterThan(10);

  // Killed without a word and started again: everything is there.
  await program.kill();
  await program.startAgain();
  await page.goto(program.link);
  await page
    .getByRole('button', { name: /Пример: как работает память/u })
    .first()
    .click();
  await page.keyboard.press('Control+Shift+K');
  await expectReady(page);
  await page.locator('article.synopsis .citation').first().click();
  await expect(page.locator('.reader mark').first()).toBeVisible();
});

test('the chat answers from the documents in their own words while no model is set', async ({ page, program }) => {
  await openDemo(page, program);
  await page.getByRole('textbox', { name: 'Сообщение' }).fill('Что такое кривая забывания?');
  await page.keyboard.press('Enter');
  const log = page.getByRole('log');
  await expect(log.getByText('зависимость доли сохранённого в памяти материала', { exact: false }).first()).toBeVisible({
    timeout: 30_000,
  });
  await expect(
    log
      .getByText('модель не подключена', { exact: false })
      .or(log.getByText('Модель не подключена', { exact: false }))
      .first(),
  ).toBeVisible();
  await log.locator('.citation').first().click();
  await expect(page.locator('.reader mark').first()).toBeVisible();
});

test('a dropped file is read; a broken one says why and harms nothing', async ({ page, program }) => {
  await page.goto(program.link);
  const good = join(program.dataDir, 'заметки.txt');
  writeFileSync(good, encodeOneByte(readFileSync(join(samples, 'ru-meeting.txt'), 'utf8'), 'windows-1251'));
  const broken = join(program.dataDir, 'сломан.pdf');
  writeFileSync(broken, '%PDF-1.7\nthis is not a document');
  await page.locator('.composer input[type=file]:not([webkitdirectory])').setInputFiles([good, broken]);
  await expect(page.getByText('Встреча учебной группы, 15 марта 2024 года').first()).toBeVisible();
  await expect(page.getByText('Файл повреждён', { exact: false }).first()).toBeVisible({ timeout: 30_000 });
  await pressSynopsis(page);
  await expect(page.locator('article.synopsis')).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });
  await expect(page.getByText('готовим общий набор карточек', { exact: false }).first()).toBeVisible();
});

test('the window has no serious accessibility violations', async ({ page, program }) => {
  await openDemo(page, program);
  await pressSynopsis(page);
  await expectReady(page);
  await expectAccessible(page);
});

test('the page runs under its policy without a violation and calls nobody else', async ({ page, program }) => {
  const complaints: string[] = [];
  const foreign: string[] = [];
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', request => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') foreign.push(request.url());
  });
  await openDemo(page, program);
  await pressSynopsis(page);
  await expectReady(page);
  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
});
