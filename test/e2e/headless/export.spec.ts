import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import mammoth from 'mammoth';
import { findChromium } from '../../../tools/test/find-chromium.ts';
import { textOfPdf } from '../../support/synopsis/text-of-pdf.ts';
import { test } from './program-test.ts';

test.use({ systemEnv: { KONSPEKT_BROWSER: findChromium() ?? '' } });

/** Chooses a kind of file and takes what the browser is handed. */
async function saved(page: Page, label: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  await page.getByRole('button', { name: 'Экспорт' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: label }).click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test('each export is handed over, and opens in its own program’s parser', async ({ page, program }) => {
  await page.goto(program.link);
  await page.getByRole('button', { name: 'Открыть пример' }).click();
  await expect(page.getByText('Забывание и интервальное повторение').first()).toBeVisible();
  await page.locator('.composer').getByRole('button', { name: 'Конспект' }).click();
  await expect(page.locator('article.synopsis')).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });
  const claim = (await page.locator('article.synopsis .synopsis-items p').first().innerText()).split('.')[0] ?? '';
  expect(claim.length).toBeGreaterThan(20);

  const markdown = await saved(page, 'Markdown (.md)');
  expect(markdown.name).toMatch(/\.md$/u);
  expect(markdown.bytes.toString()).toContain(claim);
  const html = await saved(page, 'Страница (.html)');
  expect(html.bytes.toString()).toContain('<!doctype html>');
  expect(html.bytes.toString()).toContain(claim);
  const pdf = await saved(page, 'PDF (.pdf)');
  expect(pdf.name).toMatch(/\.pdf$/u);
  // Lines are broken, and words with them.
  const loose = (text: string) => text.replace(/[\s\u00AD-]+/gu, '');
  expect(loose(await textOfPdf(pdf.bytes))).toContain(loose(claim));
  const docx = await saved(page, 'Документ Word (.docx)');
  expect((await mammoth.extractRawText({ buffer: docx.bytes })).value).toContain(claim);
  const deck = await saved(page, 'Колода Anki (.apkg)');
  expect(Object.keys(unzipSync(deck.bytes)).sort()).toEqual(['collection.anki2', 'media']);
  const cards = await saved(page, 'Карточки текстом (.txt)');
  expect(cards.bytes.toString()).toMatch(/^#separator:tab\n/u);
  const bundle = unzipSync((await saved(page, 'Файл Konspekt (.konspekt)')).bytes);
  const manifest = JSON.parse(strFromU8(bundle['manifest.json'] ?? new Uint8Array())) as { sources: { snapshotHash: string }[] };
  expect(manifest.sources).not.toHaveLength(0);
  for (const { snapshotHash } of manifest.sources) expect(bundle[`snapshots/${snapshotHash}.json`]).toBeDefined();
});

test('what nobody was told of is not served, and a file is for those who were let in', async ({ page, request, program }) => {
  await page.goto(program.link);
  const { origin } = new URL(program.link);
  expect((await page.request.get(`${origin}/files/${'0'.repeat(32)}`)).status()).toBe(404);
  expect((await page.request.get(`${origin}/files/..%2F..%2Fcontrol.json`)).status()).toBe(404);
  expect((await request.get(`${origin}/files/${'0'.repeat(32)}`)).status()).toBe(401);
});
