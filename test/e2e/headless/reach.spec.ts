import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startWebServer } from '../../support/documents/web-server.ts';
import { launchHeadless } from '../../support/launch-headless.ts';
import { expectAccessible } from './expect-accessible.ts';

const words = {
  ru: {
    locale: 'ru_RU.UTF-8',
    settings: 'Настройки',
    assistant: 'Помощник',
    title: 'Интернет и папки',
    setUp: 'Подключить поиск',
    service: 'Служба',
    address: 'Адрес',
    key: 'Ключ',
    weak: 'Хранить ключ так',
    save: 'Сохранить',
    test: 'Проверить',
    works: 'Поиск работает: нашлось 2 результата.',
    refused: 'Поисковая служба не приняла ключ. Проверьте ключ и введите его заново.',
    change: 'Изменить поиск',
    folder: 'Папка',
    grant: 'Открыть папку',
    tooWide: /Эту папку открыть нельзя/u,
    mayWrite: /^Можно писать: /u,
    asks: /Перед каждой записью/u,
    takeBack: /^Закрыть доступ: /u,
    none: 'Ни одна папка не открыта.',
  },
  en: {
    locale: 'en_US.UTF-8',
    settings: 'Settings',
    assistant: 'Assistant',
    title: 'Web and folders',
    setUp: 'Connect a search',
    service: 'Service',
    address: 'Address',
    key: 'Key',
    weak: 'Keep the key like this',
    save: 'Save',
    test: 'Test',
    works: 'The search works: 2 results found.',
    refused: 'The search service did not accept the key. Check the key and enter it again.',
    change: 'Change the search',
    folder: 'Folder',
    grant: 'Grant the folder',
    tooWide: /This folder cannot be granted/u,
    mayWrite: /^May write: /u,
    asks: /Before each write/u,
    takeBack: /^Take back: /u,
    none: 'No folder is granted.',
  },
} as const;

const key = 'BSA-window-0123456789';

for (const [language, colorScheme, width] of [
  ['ru', 'light', 900],
  ['en', 'dark', 900],
  ['ru', 'dark', 480],
  ['en', 'light', 480],
] as const) {
  test.describe(`${language}, ${colorScheme}, ${width}`, () => {
    test.use({ locale: language });
    test('a search is set up and tested, and a folder is granted', async ({ page }, info) => {
      const said = words[language];
      const root = mkdtempSync(join(realpathSync(tmpdir()), 'konspekt-reach-'));
      const notes = join(root, 'Notes of the year');
      mkdirSync(notes);
      await using server = await startWebServer((request, response) => {
        const results = ['1', '2'].map(at => ({ url: `https://a.example/${at}`, title: at }));
        if (request.headers['x-subscription-token'] !== key) response.writeHead(422).end('{}');
        else response.end(JSON.stringify({ type: 'search', web: { results } }));
      });
      await page.setViewportSize({ width, height: 700 });
      await page.emulateMedia({ colorScheme });
      const program = await launchHeadless({ dataDir: join(root, 'data'), locale: said.locale });
      try {
        await page.goto(program.link);
        await page.getByRole('button', { name: said.settings, exact: true }).click();
        await page.getByRole('tab', { name: said.assistant }).click();
        await page.getByRole('button', { name: said.title }).click();
        const dialog = page.getByRole('dialog', { name: said.title });
        const look = async (name: string) => {
          await page.screenshot({ path: info.outputPath(`reach-${name}-${language}-${colorScheme}-${width}.png`), animations: 'disabled' });
          await expectAccessible(page, '.dialog');
        };
        await expect(dialog.getByText(said.none)).toBeVisible();
        await look('empty');

        await dialog.getByRole('button', { name: said.setUp }).click();
        await dialog.getByLabel(said.service, { exact: true }).selectOption('brave');
        await dialog.getByLabel(said.address, { exact: true }).fill(server.origin);
        await dialog.getByLabel(said.key, { exact: true }).fill('another');
        await expect(dialog.getByRole('button', { name: said.save })).toBeDisabled();
        await dialog.getByRole('switch', { name: said.weak }).click();
        await look('form');
        await dialog.getByRole('button', { name: said.save }).click();
        await dialog.getByRole('button', { name: said.test, exact: true }).click();
        await expect(dialog.getByText(said.refused)).toBeVisible();

        await dialog.getByRole('button', { name: said.change }).click();
        await dialog.getByLabel(said.key, { exact: true }).fill(key);
        await dialog.getByRole('switch', { name: said.weak }).click();
        await dialog.getByRole('button', { name: said.save }).click();
        await dialog.getByRole('button', { name: said.test, exact: true }).click();
        await expect(dialog.getByText(said.works)).toBeVisible();

        await dialog.getByLabel(said.folder, { exact: true }).fill(join(root, 'data'));
        await dialog.getByRole('button', { name: said.grant }).click();
        await expect(dialog.getByText(said.tooWide)).toBeVisible();
        await dialog.getByLabel(said.folder, { exact: true }).fill(notes);
        await dialog.getByRole('button', { name: said.grant }).click();
        await dialog.getByRole('switch', { name: said.mayWrite }).click();
        await expect(dialog.getByText(said.asks)).toBeVisible();
        await look('full');
        expect(await page.content()).not.toContain('0123456789');

        // After a reload it is all there but the key.
        await page.reload();
        await page.getByRole('button', { name: said.settings, exact: true }).click();
        await page.getByRole('tab', { name: said.assistant }).click();
        await page.getByRole('button', { name: said.title }).click();
        await expect(dialog.getByRole('switch', { name: said.mayWrite })).toBeChecked();
        await expect(dialog.getByText(server.origin)).toBeVisible();
        expect(await page.content()).not.toContain('0123456789');
        await dialog.getByRole('button', { name: said.takeBack }).click();
        await expect(dialog.getByText(said.none)).toBeVisible();
      } finally {
        expect(await program.stop()).toBe(0);
        rmSync(root, { recursive: true, force: true });
      }
    });
  });
}
