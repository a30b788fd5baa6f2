import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchHeadless, type HeadlessProgram } from '../../support/launch-headless.ts';
import { embedParaphrase, paraphrase } from '../../support/scripted-models/paraphrase.ts';
import { startScriptedServer, type ScriptedServer } from '../../support/scripted-models/scripted-server.ts';

const words = {
  ru: {
    locale: 'ru_RU.UTF-8',
    newChat: 'Новый чат',
    settings: 'Настройки',
    assistant: 'Помощник',
    manage: 'Поставщики и модели',
    title: 'Модели',
    add: 'Добавить поставщика',
    name: 'Название',
    address: 'Адрес',
    save: 'Сохранить',
    role: 'Поиск по смыслу',
    ready: /готово всё: 2/u,
    material: 'В материалах',
  },
  en: {
    locale: 'en_US.UTF-8',
    newChat: 'New chat',
    settings: 'Settings',
    assistant: 'Assistant',
    manage: 'Providers and models',
    title: 'Models',
    add: 'Add a provider',
    name: 'Name',
    address: 'Address',
    save: 'Save',
    role: 'Search by meaning',
    ready: /Everything is ready for search by meaning: 2/u,
    material: 'In the material',
  },
} as const;

let dataDir: string;
let program: HeadlessProgram;
let server: ScriptedServer;

for (const language of ['ru', 'en'] as const) {
  const said = words[language];
  test.describe(language, () => {
    test.use({ locale: language });
    test.beforeEach(async ({ page }) => {
      dataDir = mkdtempSync(join(tmpdir(), 'konspekt-meaning-'));
      server = await startScriptedServer({ script: [{ kind: 'answer', text: 'OK' }], embed: embedParaphrase });
      program = await launchHeadless({ dataDir, locale: said.locale });
      await page.goto(program.link);
    });
    test.afterEach(async () => {
      expect(await program.stop()).toBe(0);
      await server.close();
      rmSync(dataDir, { recursive: true, force: true });
    });

    test(`the palette finds by its meaning what shares no word with the question, in ${language}`, async ({ page }, info) => {
      await page.getByRole('button', { name: said.newChat }).click();
      await page.locator('.composer input[type=file]:not([webkitdirectory])').setInputFiles(
        [paraphrase.document, paraphrase.other].map((text, at) => ({
          name: ['кот.txt', 'крыша.txt'][at] ?? '',
          mimeType: 'text/plain',
          buffer: Buffer.from(text),
        })),
      );
      await expect(page.locator('.document-card')).toHaveCount(2);

      await page.getByRole('button', { name: said.settings, exact: true }).click();
      await page.getByRole('tab', { name: said.assistant }).click();
      await page.getByRole('button', { name: said.manage }).click();
      await page.getByRole('button', { name: said.add }).click();
      await page.getByLabel(said.name, { exact: true }).fill('Scripted');
      await page.getByLabel(said.address, { exact: true }).fill(server.baseUrl);
      await page.getByRole('button', { name: said.save }).click();
      const dialog = page.getByRole('dialog', { name: said.title });
      await dialog.getByLabel(said.role, { exact: true }).selectOption({ label: 'scripted · Scripted' });
      await expect(dialog.getByText(said.ready)).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);

      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill(paraphrase.question);
      const found = page.getByRole('group', { name: said.material }).getByRole('option');
      await expect(found.first()).toContainText('кот.txt');
      await expect(found.first()).toContainText('проглотил нитку');
      await page.screenshot({ path: info.outputPath(`found-by-meaning-${language}.png`), animations: 'disabled' });
      await found.first().click();
      await expect(page.locator('.segment-text mark').first()).toContainText('Кот проглотил нитку');
    });
  });
}
