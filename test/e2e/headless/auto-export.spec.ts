import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { test as base } from './program-test.ts';

/** A folder of the person's own notes. */
const test = base.extend<{ vault: string }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright asks for the pattern.
  vault: async ({}, testWith) => {
    const vault = realpathSync(mkdtempSync(join(tmpdir(), 'konspekt-vault-')));
    await testWith(vault);
    rmSync(vault, { recursive: true });
  },
});

async function openFolders(page: Page): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Данные' }).click();
  await page.getByRole('button', { name: 'Папки для конспектов' }).click();
}

test('a folder named in the settings gets the synopsis by itself, and keeps what a person wrote into it', async ({
  page,
  program,
  vault,
}) => {
  await page.goto(program.link);
  await page.getByRole('button', { name: 'Открыть пример' }).click();
  await expect(page.getByText('Забывание и интервальное повторение').first()).toBeVisible();
  await openFolders(page);
  const dialog = page.getByRole('dialog', { name: 'Папки для конспектов' });
  await expect(dialog.getByText('Папка не выбрана.')).toBeVisible();

  await dialog.getByLabel('Папка', { exact: true }).fill(join(vault, 'none'));
  await dialog.getByRole('button', { name: 'Добавить папку' }).click();
  await expect(dialog.getByText('Такой папки нет или в неё нельзя писать.')).toBeVisible();
  await dialog.getByLabel('Папка', { exact: true }).fill(vault);
  await dialog.getByRole('button', { name: 'Добавить папку' }).click();
  await expect(dialog.getByText(vault, { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.keyboard.press('Escape');
  await page.locator('.composer').getByRole('button', { name: 'Конспект' }).click();
  await expect(page.locator('article.synopsis')).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });
  await expect.poll(() => readdirSync(vault).filter(name => name.endsWith('.md'))).toHaveLength(1);
  const [name = ''] = readdirSync(vault);
  const path = join(vault, name);
  expect(readFileSync(path, 'utf8')).toMatch(/^---\nid: "/u);

  writeFileSync(path, 'Моё.\n');
  await openFolders(page);
  await expect(dialog.getByText('1 файл', { exact: false }).first()).toBeVisible();
  await dialog.getByRole('button', { name: `Обновить сейчас: ${vault}` }).click();
  await expect(dialog.getByText('Вы изменили 1 файл, он оставлен как есть:')).toBeVisible();
  await expect(dialog.getByText(name, { exact: true })).toBeVisible();
  expect(readFileSync(path, 'utf8')).toBe('Моё.\n');

  rmSync(path);
  await dialog.getByRole('button', { name: `Обновить сейчас: ${vault}` }).click();
  await dialog.getByRole('button', { name: 'Вернуть удалённые' }).click();
  await expect.poll(() => readdirSync(vault)).toEqual([name]);
  await dialog.getByRole('button', { name: `Больше не сохранять: ${vault}` }).click();
  await expect(dialog.getByText('Папка не выбрана.')).toBeVisible();
});
