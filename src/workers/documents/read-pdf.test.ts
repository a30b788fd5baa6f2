import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { makeEncryptedPdf, makeManyPagesPdf } from '../../../test/support/documents/encrypted-pdf.ts';
import { importBytes, outline, readSnapshot } from '../../../test/support/documents/import-bytes.ts';
import { makePdf, makeScannedPdf } from '../../../test/support/documents/pdf-file.ts';
import { tempDir } from '../../../test/support/documents/temp-dir.ts';
import { importDocument } from './import-document.ts';
import type { ReadContext } from './read-original.ts';

const first =
  'Руководство проекта решило перенести запуск системы учёта на апрель, потому что поставщик задержал оборудование, а команда не успела закончить нагрузочные испытания.';
const second =
  'Ирина Петрова подготовит смету до пятницы; остальные участники согласны, что бюджет нельзя увеличивать больше чем на десять процентов без отдельного решения совета.';

describe('PDF', () => {
  test('gives Cyrillic paragraphs, headings, lists and pages', async () => {
    const bytes = await makePdf(
      [
        [
          { text: 'Отчёт о запуске', size: 20 },
          { text: first },
          { text: 'Причины', size: 15 },
          { text: `${second} ${first}` },
          { text: '• первый пункт' },
          { text: '• второй пункт' },
        ],
        [{ text: second }, { text: 'Это слово пере-\nнесено по слогам, а кто-\nнибудь нет.' }],
      ],
      { title: 'Запуск' },
    );
    const { output, snapshot, progress } = await importBytes(bytes, 'report.pdf');
    if (snapshot === null) throw new Error(JSON.stringify(output));
    expect(output).toMatchObject({ format: 'pdf', title: 'Запуск', language: 'ru', pageCount: 2, warnings: [] });
    expect(outline(snapshot)).toEqual([
      ['h1', 'Отчёт о запуске'],
      ['paragraph', first],
      ['h2', 'Причины'],
      ['paragraph', `${second} ${first}`],
      ['list-item', 'первый пункт'],
      ['list-item', 'второй пункт'],
      ['paragraph', second],
      ['paragraph', 'Это слово перенесено по слогам, а кто-нибудь нет.'],
    ]);
    expect(snapshot.segments.map(segment => segment.page)).toEqual([1, 1, 1, 1, 1, 1, 2, 2]);
    for (const { number, start, end } of snapshot.pages) {
      expect(
        snapshot.segments.filter(segment => segment.page === number).every(segment => segment.start >= start && segment.end <= end),
      ).toBe(true);
    }
    expect(progress.filter(line => line.phase === 'extracting').map(({ done, total }) => [done, total])).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  test('takes out running heads and page numbers, and nothing that belongs to the text', async () => {
    const pages = Array.from({ length: 5 }, (_, index) => [{ text: first }, { text: `Страница о предмете номер ${index + 1}.` }]);
    const snapshot = await readSnapshot(await makePdf(pages, { runningHead: 'Отчёт · 2026' }), 'r.pdf');
    expect(outline(snapshot)).toEqual(pages.flat().map(({ text }) => ['paragraph', text]));
  });

  test('reads columns one after the other', async () => {
    const document = await PDFDocument.create();
    const font = await document.embedFont(StandardFonts.Helvetica);
    const page = document.addPage([595, 842]);
    const left = ['The left column begins here and goes', 'on for some lines of even length as', 'columns do, until the sentence flows'];
    const right = ['over into the right column, where it', 'comes to its end after a few words.'];
    for (const [index, text] of left.entries()) page.drawText(text, { x: 60, y: 700 - index * 14, size: 11, font });
    for (const [index, text] of right.entries()) page.drawText(text, { x: 320, y: 700 - index * 14, size: 11, font });
    expect(outline(await readSnapshot(await document.save(), 'two.pdf'))).toEqual([['paragraph', [...left, ...right].join(' ')]]);
  });

  test('says which pages need recognition, and refuses what is all pictures', async () => {
    const text = await PDFDocument.load(await makePdf([[{ text: first }]]));
    const scan = await PDFDocument.load(await makeScannedPdf(2, 1));
    for (const page of await text.copyPages(scan, [0, 1, 2])) text.addPage(page);
    expect((await importBytes(await text.save(), 'mixed.pdf')).output).toMatchObject({
      result: 'read',
      pageCount: 4,
      warnings: [{ code: 'pages_need_ocr', count: 2, detail: '2–3' }],
    });
    expect((await importBytes(await makeScannedPdf(3), 'scan.pdf')).output).toEqual({
      result: 'refused',
      error: { code: 'no_text', detail: 'scans-need-vision-model' },
    });
  });

  test('keeps blocks of pages for one edition and no other', async () => {
    const book = (words: string) => makePdf(Array.from({ length: 101 }, () => [{ text: words }]));
    const [earlier, later] = [await book('The first edition of the book.'), await book('The second edition of the book.')];
    const kept = new Map<string, unknown>();
    let made = 0;
    const keep: ReadContext['keep'] = async (name, schema, make) => {
      if (!kept.has(name)) {
        made += 1;
        kept.set(name, await make());
      }
      return schema.parse(kept.get(name));
    };
    const read = async (bytes: Uint8Array) => (await importBytes(bytes, 'book.pdf', undefined, keep)).snapshot?.text;
    expect(await read(earlier)).toContain('first edition');
    expect(made).toBe(2);
    expect(await read(earlier)).toContain('first edition');
    expect(made).toBe(2);
    // What an address gives the next attempt may be another file.
    const text = await read(later);
    expect(text).toContain('second edition');
    expect(text).not.toContain('first edition');
  });

  test('asks for no password that is not there, and refuses what has one', async () => {
    expect((await importBytes(makeEncryptedPdf('Hello secret world of papers', 'pw'), 'locked.pdf')).output).toEqual({
      result: 'refused',
      error: { code: 'encrypted', detail: 'pdf' },
    });
    expect((await readSnapshot(makeEncryptedPdf('Hello secret world of papers', ''), 'restricted.pdf')).text).toBe(
      'Hello secret world of papers',
    );
  });

  test('refuses ten thousand pages with their number', async () => {
    expect((await importBytes(makeManyPagesPdf(10_000, 'Hi'), 'many.pdf')).output).toEqual({
      result: 'refused',
      error: { code: 'too_many_pages', detail: '10000 pages, at most 5000 are read' },
    });
  });

  test('refuses half a file as damaged', async () => {
    const bytes = await makePdf([[{ text: first }]]);
    for (const part of [bytes.subarray(0, 600), Buffer.from('%PDF-1.7\nnothing behind it')]) {
      expect((await importBytes(part, 'cut.pdf')).output).toMatchObject({ result: 'refused', error: { code: 'damaged' } });
    }
  });

  test('stops between two pages when asked to', async () => {
    await using dir = await tempDir();
    const path = join(dir.path, 'given');
    await writeFile(path, makeManyPagesPdf(50, 'A page with more than twenty letters.'));
    const controller = new AbortController();
    const seen: (number | null)[] = [];
    const reading = importDocument(
      { from: { kind: 'file', path, name: 'long.pdf' }, stagingDir: dir.path },
      {
        signal: controller.signal,
        report: ({ phase, done }) => {
          if (phase !== 'extracting') return;
          seen.push(done);
          if (done === 3) controller.abort(new Error('stopped by the person'));
        },
      },
    );
    await expect(reading).rejects.toThrow('stopped by the person');
    expect(seen).toEqual([1, 2, 3]);
  });
});
