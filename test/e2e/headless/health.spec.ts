import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { otlpTraces } from '../../support/otlp-schema.ts';
import { expectAccessible } from './expect-accessible.ts';
import { test, type ProgramUnderTest } from './program-test.ts';

const words = {
  ru: {
    locale: 'ru_RU.UTF-8',
    demo: 'Открыть пример',
    synopsis: 'Конспект',
    strip: 'Всё на этом компьютере',
    open: 'Состояние подробно',
    title: 'Состояние программы',
    well: 'Всё работает.',
    minute: /готово [1-9]/u,
    tasks: 'Фоновые задачи',
    trace: 'Экспорт трассы',
  },
  en: {
    locale: 'en_US.UTF-8',
    demo: 'Open the sample',
    synopsis: 'Synopsis',
    strip: 'Everything is on this computer',
    open: 'Health in detail',
    title: 'Health of the program',
    well: 'Everything is working.',
    minute: /[1-9]\d* done/u,
    tasks: 'Background tasks',
    trace: 'Export trace',
  },
} as const;

async function start(language: keyof typeof words, page: Page, program: ProgramUnderTest): Promise<void> {
  // The window speaks the browser's language.
  await page.addInitScript(tag => Object.defineProperty(navigator, 'language', { get: () => tag }), language);
  await page.goto(program.link);
  await page.getByRole('button', { name: words[language].demo }).click();
  await expect(page.getByRole('log').locator('.message').first()).toBeVisible();
  await page.locator('.composer').getByRole('button', { name: words[language].synopsis }).click();
  await expect(page.locator('article.synopsis')).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });
}

/** From the palette. */
async function command(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('contentinfo')).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(name);
  await page.getByRole('option', { name }).click();
}

for (const language of ['ru', 'en'] as const) {
  test.describe(() => {
    test.use({ systemLocale: words[language].locale });
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`the health of the program is told in ${language}, ${colorScheme}, to the keyboard and the screen reader too`, async ({
        page,
        program,
      }, info) => {
        const said = words[language];
        await page.emulateMedia({ colorScheme });
        await start(language, page, program);

        await page.getByRole('button', { name: said.strip }).focus();
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: said.open }).focus();
        await page.keyboard.press('Enter');
        const dialog = page.getByRole('dialog', { name: said.title });
        await expect(dialog).toBeVisible();
        await expect(dialog.getByRole('status')).toHaveText(said.well);
        await expect(dialog.getByText(said.minute)).toBeVisible();
        // The worker that made the synopsis is there, with its process.
        await expect(dialog.locator('.health-process').first()).toBeVisible();
        await page.screenshot({ path: info.outputPath(`health-${language}-${colorScheme}.png`), animations: 'disabled' });

        await expectAccessible(page, '.dialog');
        await page.keyboard.press('Escape');
        await expect(dialog).toBeHidden();
      });
    }
  });
}

test('figures follow the news: a pause from elsewhere is told in the open view', async ({ page, program }) => {
  await start('ru', page, program);
  await command(page, 'Состояние программы');
  const dialog = page.getByRole('dialog', { name: words.ru.title });
  await expect(dialog.getByRole('status')).toHaveText(words.ru.well);
  const other = await page.context().newPage();
  await other.goto(new URL('/', program.link).href);
  await command(other, 'Приостановить или продолжить очередь');
  await expect(dialog.getByRole('status')).toHaveText('Очередь приостановлена');
});

test.describe(() => {
  test.use({ systemLocale: words.en.locale });
  test('the trace of a job is exported for OpenTelemetry', async ({ page, program }) => {
    await start('en', page, program);
    await page.keyboard.press('Control+j');
    await page.locator('.job-row-main').first().click();
    await page.getByRole('button', { name: words.en.trace }).click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: /OpenTelemetry/u }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^konspekt-trace-[0-9a-f-]{36}\.otlp\.json$/u);
    const traces = otlpTraces.parse(JSON.parse(readFileSync(await download.path(), 'utf8')));
    const names = traces.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans.map(({ name }) => name)));
    expect(names).toEqual(expect.arrayContaining(['synopsis.make', 'attempt 1', 'section:summary']));
  });
});
