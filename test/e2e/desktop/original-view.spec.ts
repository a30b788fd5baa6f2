import { expect, test } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { PDFDocument } from 'pdf-lib';
import { column, makePlacedPdf } from '../../support/documents/placed-pdf.ts';
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
  const { bytes } = await makePlacedPdf([column(['The keeper of the lighthouse wrote down the weather of the day.'])]);
  const document = await PDFDocument.load(bytes);
  // Several ranges long.
  await document.attach(randomBytes(2_000_000), 'weather.bin');
  await page.getByRole('button', { name: 'Новый чат' }).click();
  await page
    .locator('.composer input[type=file]:not([webkitdirectory])')
    .setInputFiles({ name: 'книга.pdf', mimeType: 'application/pdf', buffer: Buffer.from(await document.save()) });
  await expect(page.locator('.document-card-ready')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Источники' }).first().click();
  await page.locator('.source-row').filter({ hasText: 'книга.pdf' }).click();
  await expect(page.locator('.pdf-page[data-page="1"] canvas')).toBeVisible({ timeout: 60_000 });
  await expect(page.locator('.pdf-page[data-page="1"] .pdf-words')).toContainText('The keeper of the lighthouse');
  const answer = await page.evaluate(async () => {
    const address = performance.getEntriesByType('resource').find(({ name }) => name.includes('/originals/'))?.name ?? '';
    const part = await fetch(address, { headers: { Range: 'bytes=0-7' } });
    return [part.status, await part.text(), part.headers.get('content-range')?.split('/')[0], (await fetch(`${address}0`)).status];
  });
  expect(answer).toEqual([206, '%PDF-1.7', 'bytes 0-7', 404]);
});
