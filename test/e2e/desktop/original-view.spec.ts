import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { makeManyPagesPdf } from '../../support/documents/encrypted-pdf.ts';
import { createDesk, type Desk } from './desktop-program.ts';

let desk: Desk;

test.beforeEach(() => {
  desk = createDesk();
});
test.afterEach(async () => {
  await desk.clear();
});

test('the pages of an original are read by ranges through the program’s own scheme', async () => {
  const { page } = await desk.start();
  const path = join(desk.dataDir, 'книга.pdf');
  // Several ranges long.
  const bytes = makeManyPagesPdf(5_000, 'The keeper of the lighthouse wrote down the weather of the day.');
  writeFileSync(path, bytes);
  await page.getByRole('button', { name: 'Новый чат' }).click();
  await page.locator('.composer input[type=file]:not([webkitdirectory])').setInputFiles(path);
  await expect(page.locator('.document-card-ready')).toBeVisible({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Источники' }).first().click();
  await page.locator('.source-row').filter({ hasText: 'книга.pdf' }).click();
  await expect(page.locator('.pdf-page[data-page="1"] canvas')).toBeVisible({ timeout: 60_000 });
  await expect(page.locator('.pdf-page[data-page="1"] .pdf-words')).toContainText('The keeper of the lighthouse');
  const answer = await page.evaluate(async () => {
    const address = performance.getEntriesByType('resource').find(({ name }) => name.includes('/originals/'))?.name ?? '';
    const part = await fetch(address, { headers: { Range: 'bytes=0-7' } });
    return [part.status, await part.text(), part.headers.get('content-range')?.split('/')[0], (await fetch(`${address}0`)).status];
  });
  expect(answer).toEqual([206, '%PDF-1.4', 'bytes 0-7', 404]);
});
