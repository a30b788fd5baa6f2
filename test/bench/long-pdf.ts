/**
 * Prints how fast a PDF of 1,000 pages is read and how much memory that takes, against the bare library that gives the text of each
 * page and nothing else; each in a process of its own with the limits of the worker: `node test/bench/long-pdf.ts`. Nothing is asserted.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { poolSettings } from '../../src/main/workers/pool-settings.ts';
import { importTask } from '../../src/workers/documents/import-document.ts';
import { anyDocumentId } from '../support/documents/import-bytes.ts';
import { tempDir } from '../support/documents/temp-dir.ts';
import { makeBook } from './program/book.ts';
import { report } from './report/report.ts';

const pageCount = 1_000;
/** Readings of each kind, by turns; the best counts, as a busy machine only ever makes one slower. */
const rounds = 3;
/** What a task has of its program, where nobody listens. */
const alone = {
  attempt: 1,
  report: () => {},
  charge: () => {},
  log: () => {},
  hostCall: () => Promise.reject(new Error('Nothing is asked of main.')),
};
const reading = z.strictObject({ seconds: z.number(), busySeconds: z.number(), peakMb: z.number(), chars: z.number() });
type Reading = z.output<typeof reading>;

const [, script, given, how] = process.argv;
if (given !== undefined && how !== undefined) {
  process.send?.(how === 'bare' ? await readBare(given) : await readWhole(given));
} else if (script === fileURLToPath(import.meta.url)) {
  await using dir = await tempDir();
  const path = join(dir.path, 'book.pdf');
  await writeFile(path, await makeBook(pageCount, 1));
  const best: Record<string, Reading> = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of ['bare', 'whole']) {
      const found = await inProcess(script, path, kind);
      const before = best[kind];
      best[kind] = before === undefined || found.seconds < before.seconds ? found : before;
    }
  }
  const { bare, whole } = best;
  if (bare === undefined || whole === undefined) throw new Error('Nothing was read.');
  report('text of 1,000 pages by pdf.js alone', pageCount / bare.seconds, 'pages/s', { note: `peak ${bare.peakMb.toFixed(0)} MB` });
  report('a book of 1,000 pages as a document', pageCount / whole.seconds, 'pages/s', { note: `${whole.chars} chars, steps recorded` });
  report('the same against pdf.js alone', bare.seconds / whole.seconds, 'x', { note: 'at least 0.7' });
  report('the same by processor time', bare.busySeconds / whole.busySeconds, 'x', { note: 'whatever else the machine does' });
  report('resident memory at its peak', whole.peakMb, 'MB', { note: 'at most 500' });
}

async function inProcess(module: string, path: string, kind: string): Promise<Reading> {
  const child = fork(module, [path, kind], { execArgv: [`--max-old-space-size=${poolSettings.documents.heapLimitMb}`] });
  const exited = once(child, 'exit');
  const answer = await Promise.race([once(child, 'message'), exited.then(() => null)]);
  await exited;
  if (answer === null) throw new Error(`The process that read the book (${kind}) left without an answer.`);
  return reading.parse(answer[0]);
}

async function readBare(path: string): Promise<Reading> {
  const startedAt = performance.now();
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  // Registers itself, so that the library works in this process, as in the worker.
  await import('pdfjs-dist/legacy/build/pdf.worker.mjs' as string);
  const task = getDocument({ data: new Uint8Array(await readFile(path)), verbosity: 0, useSystemFonts: false, disableFontFace: true });
  const document = await task.promise;
  let chars = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent({ includeMarkedContent: false });
    for (const item of items) if ('str' in item) chars += item.str.length;
    page.cleanup();
  }
  await task.destroy();
  return taken(startedAt, chars);
}

async function readWhole(path: string): Promise<Reading> {
  await using dir = await tempDir();
  const startedAt = performance.now();
  const { charCount } = await importTask(
    { documentId: anyDocumentId, from: { kind: 'file', path, name: 'book.pdf' }, stagingDir: dir.path, canLook: false, language: 'en' },
    { ...alone, signal: new AbortController().signal, step: async (_name, run) => run() },
  );
  return taken(startedAt, charCount);
}

function taken(startedAt: number, chars: number): Reading {
  const { user, system } = process.cpuUsage();
  return {
    seconds: (performance.now() - startedAt) / 1_000,
    busySeconds: (user + system) / 1_000_000,
    peakMb: process.resourceUsage().maxRSS / 1_024,
    chars,
  };
}
