/**
 * Prints how long documents take to read and how much memory their reading needs, each in a process of its own:
 * `node test/bench/document-speed.ts`. Figures of one machine; nothing is asserted.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { poolSettings } from '../../src/main/workers/pool-settings.ts';
import { importDocument } from '../../src/workers/documents/import-document.ts';
import { makeRawDocx, wordXml } from '../support/documents/docx-file.ts';
import { makeHtmlPage } from '../support/documents/html-page.ts';
import { encodeOneByte } from '../support/documents/one-byte-text.ts';
import { makePdf } from '../support/documents/pdf-file.ts';
import { tempDir } from '../support/documents/temp-dir.ts';
import { report } from './report/report.ts';

const paragraph =
  'Руководство проекта решило перенести запуск системы учёта на апрель, потому что поставщик задержал оборудование, а команда не успела закончить нагрузочные испытания до конца года. ';
const chapter = [{ text: 'Глава о сроках', size: 16 }, ...Array.from({ length: 5 }, () => ({ text: paragraph.repeat(2).trim() }))];
/** V8 limit of the worker process that reads documents. */
const { heapLimitMb } = poolSettings.documents;
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

const documents: readonly { name: string; make: () => Promise<Uint8Array | string> | Uint8Array | string }[] = [
  { name: '300-pages.pdf', make: () => makePdf(times(300, chapter), { runningHead: 'Отчёт · 2026' }) },
  { name: '10-mb-one-line.txt', make: () => paragraph.repeat(32_000) },
  { name: '5-mb-cp1251.txt', make: () => encodeOneByte(`${paragraph}\r\n`.repeat(28_000), 'windows-1251') },
  { name: '2-mb.md', make: () => `# Глава\n\n${paragraph.repeat(3)}\n\n- пункт **важный**\n\n`.repeat(1_800) },
  { name: '2-mb-page.html', make: () => makeHtmlPage({ title: 'Книга', article: `<h2>Глава</h2><p>${paragraph}</p>`.repeat(6_000) }) },
  { name: '12-mb-page.html', make: () => makeHtmlPage({ title: 'Книга', article: `<h2>Глава</h2><p>${paragraph}</p>`.repeat(55_000) }) },
  { name: '10-mb-inflated.docx', make: () => makeRawDocx({ data: wordXml(times(28_000, paragraph)) }) },
  {
    name: '30-mb-inflated.docx',
    make: () => makeRawDocx({ data: wordXml(Array.from({ length: 78_000 }, (_, index) => paragraph + String(index * 7_919))) }),
  },
  { name: '70-mb-utf8.txt', make: () => `${paragraph}\n`.repeat(210_000) },
  { name: '70-mb-short-lines.txt', make: () => 'строка\n'.repeat(5_400_000) },
];

const reading = z.strictObject({ seconds: z.number(), peakMb: z.number(), what: z.string() });

const [, script, given, name] = process.argv;
if (given !== undefined && name !== undefined) {
  await measure(given, name);
} else if (script === fileURLToPath(import.meta.url)) {
  await using dir = await tempDir();
  for (const document of documents) {
    const path = join(dir.path, document.name);
    await writeFile(path, await document.make());
    const child = fork(script, [path, document.name], { execArgv: [`--max-old-space-size=${heapLimitMb}`] });
    const exited = once(child, 'exit');
    const answer = await Promise.race([once(child, 'message'), exited.then(() => null)]);
    await exited;
    if (answer === null) throw new Error(`The process that read ${document.name} left without an answer.`);
    const { seconds, peakMb, what } = reading.parse(answer[0]);
    report(`reading ${document.name}`, seconds, 's', { note: `peak ${peakMb.toFixed(0)} MB resident; ${what}` });
  }
}

async function measure(path: string, name: string): Promise<void> {
  await using dir = await tempDir();
  const startedAt = performance.now();
  const output = await importDocument(
    { from: { kind: 'file', path, name }, stagingDir: dir.path },
    { signal: new AbortController().signal, report: () => {} },
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  const peakMb = process.resourceUsage().maxRSS / 1_024;
  const what =
    output.result === 'read'
      ? `${output.charCount} chars, ${output.pageCount ?? '-'} pages`
      : `refused: ${output.error.code} ${output.error.detail ?? ''}`;
  process.send?.({ seconds, peakMb, what } satisfies z.output<typeof reading>);
}
