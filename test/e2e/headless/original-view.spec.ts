import { readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { makeManyPagesPdf } from '../../support/documents/encrypted-pdf.ts';
import { column, makePlacedPdf, placedPage, type PlacedPdf } from '../../support/documents/placed-pdf.ts';
import { expectAccessible } from './expect-accessible.ts';
import { test, type ProgramUnderTest } from './program-test.ts';

let refused: string[];

test.beforeEach(async ({ page, program }) => {
  refused = [];
  // What the policy refuses, and what is asked of anybody else.
  page.on('console', message => {
    if (message.type() === 'error') refused.push(message.text());
  });
  page.on('request', request => {
    if (!request.url().startsWith('http://127.0.0.1:')) refused.push(request.url());
  });
  await page.goto(program.link);
});

const citedPage = 31;
const citedLines = ['Смотритель Игнатов записал в журнале, что фонарь маяка', 'зажгли впервые в ноябре 1871 года.'];

/** A report whose pages say little, with what is asked about on one of them. */
async function report(): Promise<PlacedPdf> {
  return await makePlacedPdf(
    Array.from({ length: 40 }, (_, index) =>
      index + 1 === citedPage
        ? [{ text: 'О береге', x: 90, y: 530, size: 20 }, ...column(citedLines, 90, 485)]
        : column([`Лист ${index + 1}: погода стояла тихая, лодки вернулись к вечеру.`]),
    ),
  );
}

async function add(page: Page, program: ProgramUnderTest, name: string, bytes: Uint8Array): Promise<void> {
  await page.getByRole('button', { name: 'Новый чат' }).click();
  const path = join(program.dataDir, name);
  writeFileSync(path, bytes);
  await page.locator('.composer input[type=file]:not([webkitdirectory])').setInputFiles(path);
  await expect(page.locator('.document-card-ready')).toBeVisible({ timeout: 120_000 });
}

async function openSource(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Источники' }).first().click();
  await page.locator('.source-row').filter({ hasText: name }).click();
}

test('a citation opens its page of the original, marked where its words stand, and the text is one press away', async ({
  page,
  program,
}) => {
  const { bytes, measure } = await report();
  await add(page, program, 'отчёт.pdf', bytes);
  await page.getByRole('textbox', { name: 'Сообщение' }).fill('Когда зажгли фонарь маяка?');
  await page.keyboard.press('Enter');
  await page.getByRole('log').locator('.citation').first().click();

  const cited = page.locator(`.pdf-page[data-page="${citedPage}"]`);
  const marks = cited.locator('.pdf-mark');
  await expect(marks.first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('textbox', { name: 'Страница' })).toHaveValue(String(citedPage));
  await expect(cited.locator('canvas')).toHaveCount(1);
  const frame = await cited.boundingBox();
  const boxes = await marks.evaluateAll(all => all.map(mark => mark.getBoundingClientRect().toJSON() as DOMRect));
  if (frame === null) throw new Error('The cited page has no place.');
  expect(boxes).toHaveLength(citedLines.length);
  for (const [at, line] of column(citedLines, 90, 485).entries()) {
    const box = boxes[at];
    if (!box) throw new Error('A line has no mark.');
    const left = (box.left - frame.x) / frame.width;
    const right = (box.right - frame.x) / frame.width;
    expect(Math.abs(left - line.x / placedPage.width)).toBeLessThan(0.01);
    expect(Math.abs(right - (line.x + measure(line.text)) / placedPage.width)).toBeLessThan(0.01);
    const baseline = 1 - line.y / placedPage.height;
    expect((box.top - frame.y) / frame.height).toBeLessThan(baseline - 0.008);
    expect((box.bottom - frame.y) / frame.height).toBeGreaterThan(baseline);
  }
  // There is ink under the marks, and the letters that can be selected are the page's.
  const ink = await cited.evaluate(element => {
    const canvas = element.querySelector('canvas');
    const mark = element.querySelector('.pdf-mark')?.getBoundingClientRect();
    const whole = element.getBoundingClientRect();
    const context = canvas?.getContext('2d');
    if (!canvas || !mark || !context) return 0;
    const per = canvas.width / whole.width;
    const { data } = context.getImageData(
      (mark.left - whole.left) * per,
      (mark.top - whole.top) * per,
      mark.width * per,
      mark.height * per,
    );
    return data.filter((value, index) => index % 4 === 0 && value < 96).length;
  });
  expect(ink).toBeGreaterThan(50);
  await expect(cited.locator('.pdf-words')).toContainText(citedLines[0] ?? '');
  const [x, y] = [(boxes[0]?.left ?? 0) + 4, (boxes[0]?.top ?? 0) + (boxes[0]?.height ?? 0) / 2];
  await page.mouse.dblclick(x, y);
  expect(await page.evaluate(() => getSelection()?.toString().trim())).toBe('Смотритель');

  await expectAccessible(page, '.reader');

  // The other form shows the same passage; coming back, the page is where it was. Both are remembered.
  await page.getByRole('radio', { name: 'Текст' }).click();
  await expect(page.locator('.reader mark').first()).toContainText('1871');
  await page.reload();
  await openSource(page, 'отчёт.pdf');
  await expect(page.locator('.reader-scroll')).toContainText('погода стояла тихая');
  await page.getByRole('radio', { name: 'Оригинал' }).click();
  await expect(page.locator('.pdf-page[data-page="1"] canvas')).toBeVisible();
  await page.reload();
  await openSource(page, 'отчёт.pdf');
  await expect(page.locator('.pdf-page[data-page="1"] canvas')).toBeVisible();
  expect(refused).toEqual([]);
});

test('a thousand pages scroll with a handful of canvases; keys, the page field and zoom keep the place', async ({ page, program }) => {
  await add(page, program, 'книга.pdf', makeManyPagesPdf(1_000, 'The keeper of the lighthouse wrote down the weather of the day.'));
  await openSource(page, 'книга.pdf');
  const area = page.locator('.pdf-area');
  const field = page.getByRole('textbox', { name: 'Страница' });
  const drawn = page.locator('.pdf-page canvas');
  await expect(page.locator('.pdf-page[data-page="1"] canvas')).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('.pdf-tools')).toContainText(/из 1\D?000/u);

  let most = 0;
  for (let step = 1; step <= 20; step += 1) {
    await area.evaluate((element, share) => {
      element.scrollTop = element.scrollHeight * share;
    }, step / 21);
    const wanted = Math.round((step / 21) * 1_000);
    await expect(async () => {
      const shown = Number(await field.inputValue());
      expect(Math.abs(shown - wanted)).toBeLessThan(3);
      await expect(page.locator(`.pdf-page[data-page="${shown}"] canvas`)).toBeVisible({ timeout: 1_000 });
    }).toPass();
    most = Math.max(most, await drawn.count());
  }
  expect(most).toBeLessThanOrEqual(6);
  // Decoders of images are there without WebAssembly, which the policy refuses.
  const decoders = ['jbig2', 'openjpeg'].map(name => `/pdfjs/wasm/${name}_nowasm_fallback.js`);
  expect(
    await page.evaluate(async addresses => {
      const found = [];
      for (const address of addresses) found.push(typeof ((await import(address)) as { default: unknown }).default);
      return found;
    }, decoders),
  ).toEqual(['function', 'function']);

  await area.focus();
  await page.keyboard.press('End');
  await expect(field).toHaveValue('1000');
  await page.keyboard.press('Home');
  await expect(field).toHaveValue('1');
  await field.fill('512');
  await field.press('Enter');
  await expect(field).toHaveValue('512');
  await expect(page.locator('.pdf-page[data-page="512"] canvas')).toBeVisible();
  const before = await page.locator('.pdf-page[data-page="512"]').boundingBox();
  await area.focus();
  await page.keyboard.press('+');
  await expect(async () => {
    const after = await page.locator('.pdf-page[data-page="512"]').boundingBox();
    expect(after?.width ?? 0).toBeGreaterThan((before?.width ?? 0) * 1.1);
  }).toPass();
  await expect(field).toHaveValue('512');
  await page.keyboard.press('0');
  await expect(page.getByRole('button', { name: 'По ширине' })).toHaveAttribute('aria-pressed', 'true');
  expect(refused).toEqual([]);
});

test('an original that is gone is said, with the text in its place; nobody else is served it', async ({ page, playwright, program }) => {
  const { bytes } = await report();
  await add(page, program, 'отчёт.pdf', bytes);
  await openSource(page, 'отчёт.pdf');
  await expect(page.locator('.pdf-page[data-page="1"] canvas')).toBeVisible({ timeout: 30_000 });
  const address = await page.evaluate(
    () => performance.getEntriesByType('resource').find(({ name }) => name.includes('/originals/'))?.name ?? '',
  );
  const answer = await page.request.get(address, { headers: { Range: 'bytes=0-4' } });
  expect([answer.status(), await answer.text(), answer.headers()['content-type']]).toEqual([206, '%PDF-', 'application/pdf']);
  expect((await page.request.get(address, { headers: { Range: `bytes=${bytes.byteLength}-` } })).status()).toBe(416);
  for (const other of [`${address}0`, address.replace(/[^/]+$/u, '0'.repeat(64)), `${address}/../x`])
    expect((await page.request.get(other)).status()).toBe(404);
  const stranger = await playwright.request.newContext();
  expect((await stranger.get(address)).status()).toBe(401);
  await stranger.dispose();

  const stored = storedFile(program, bytes.byteLength);
  writeFileSync(stored, Buffer.alloc(bytes.byteLength, 'spoilt '));
  await reopen(page);
  await expect(page.locator('.reader')).toContainText('Файл оригинала повреждён');
  await page.getByRole('button', { name: 'Показать текст' }).click();
  await expect(page.locator('.reader-scroll')).toContainText('погода стояла тихая');

  truncateSync(stored, 100);
  await reopen(page);
  await expect(page.locator('.reader-absence')).toContainText('пропал или обрезан');
  await expect(page.locator('.reader-scroll')).toContainText('погода стояла тихая');
  await expect(page.getByRole('radio', { name: 'Оригинал' })).toHaveCount(0);
});

async function reopen(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Все источники' }).click();
  await page.locator('.source-row').filter({ hasText: 'отчёт.pdf' }).click();
}

/** Where the file of that length is stored. */
function storedFile({ dataDir }: ProgramUnderTest, byteCount: number): string {
  const stored = readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
    .filter(name => /(?:^|[\\/])[0-9a-f]{64}$/u.test(name))
    .map(name => join(dataDir, name))
    .find(path => statSync(path).size === byteCount);
  if (stored === undefined) throw new Error('The original is not stored.');
  return stored;
}
