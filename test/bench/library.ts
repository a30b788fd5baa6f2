/**
 * The library with 10,000 synopses: a page and a search as the window asks for them, and the list while it is scrolled in a real
 * browser. `node test/bench/library.ts`.
 */
import type { CallArgs, CallOutput } from '../../src/shared/contract/contract.ts';
import { noFilter } from '../../src/shared/domain/library.ts';
import { findChromium } from '../../tools/test/find-chromium.ts';
import { benchFolder } from './program/bench-folder.ts';
import { startHostInProcess } from './program/host-in-process.ts';
import { writeLongHistory } from './program/long-history.ts';
import { withWindowPages } from './program/window-page.ts';
import { percentile } from './report/percentile.ts';
import { report, skip } from './report/report.ts';
import { value } from '../support/program/running-program.ts';

const synopses = 10_000;
const pageRows = 100;
/** Of a search, as the window asks for them. */
const foundRows = 40;
/** What a person does not wait for: a tenth of a second with the drawing, half of it for main. */
const target = { atMost: 50 };
/** Words of the texts: frequent and rare ones, inflected, unfinished, two of them, and one that is nowhere. */
const searches = [
  'год',
  'вопросы',
  'решение',
  'the',
  'question',
  'sleep',
  'водой',
  'насос',
  'срок',
  'города',
  'теор',
  'новый год',
  'zzyzx',
];

await measureMain();
const executablePath = findChromium();
if (executablePath === undefined)
  skip('the library is scrolled', 'There is no Chromium, Chrome or Edge here; name one in KONSPEKT_CHROMIUM.');
else await measureWindow(executablePath);

async function measureMain(): Promise<void> {
  using folder = benchFolder();
  await writeLongHistory(folder.path, { finishedJobs: 2 * synopses, synopses });
  const host = await startHostInProcess(folder.path);
  try {
    const caller = { channelId: 'bench', kind: 'window' as const, signal: new AbortController().signal };
    const list = async (input: Partial<CallArgs<'synopses.list'>>): Promise<{ ms: number; page: CallOutput<'synopses.list'> }> => {
      const request = { ...noFilter, before: null, limit: pageRows, search: '', withSnippets: false, ...input };
      const startedAt = performance.now();
      const result = await host.app.dispatch.call('synopses.list', request, caller);
      return { ms: performance.now() - startedAt, page: value(result) as CallOutput<'synopses.list'> };
    };
    const tell = (what: string, times: readonly number[], note: string): void => {
      report(what, percentile(times, 0.95), 'ms', {
        target,
        note: `p50 ${percentile(times, 0.5).toFixed(1)} ms, longest ${percentile(times, 1).toFixed(1)} ms; ${note}`,
      });
    };

    const pages: number[] = [];
    let rows = 0;
    for (let before: string | null = null; ;) {
      const { ms, page } = await list({ before });
      pages.push(ms);
      rows += page.synopses.length;
      before = page.next;
      if (before === null) break;
    }
    tell('a page of the library, p95', pages, `${pages.length} pages of ${pageRows}, ${rows} synopses`);

    const found: number[] = [];
    let hits = 0;
    for (let round = 0; round < 3; round += 1) {
      for (const search of searches) {
        const { ms, page } = await list({ search, withSnippets: true, limit: foundRows });
        found.push(ms);
        hits += page.synopses.length;
      }
    }
    tell(
      'a search of the library with snippets, p95',
      found,
      `${searches.length} searches three times, ${(hits / found.length).toFixed(0)} rows each`,
    );

    const narrowed: number[] = [];
    for (let round = 0; round < 5; round += 1)
      for (const filter of [
        { template: 'lecture' as const },
        { language: 'en' as const },
        { withIssues: true },
        { isStale: true },
        { tag: 'x' },
      ])
        narrowed.push((await list(filter)).ms);
    tell('a page of the library with a filter, p95', narrowed, 'each of the five filters, also those that nothing meets');
  } finally {
    await host.close();
  }
}

async function measureWindow(program: string): Promise<void> {
  await withWindowPages(program, async open => {
    // There before the window opens: it asks for its own first page of chats and is not told of ten thousand new ones.
    const { page, busyMs } = await open(`&library=${synopses}`);
    await page.waitForSelector('.session-open');
    await page.locator('.session-library').click();
    await page.waitForSelector('.library-row');
    const before = await busyMs();
    // As fast as a wheel is turned by a person in a hurry: ten rows between two frames.
    const { frames, tookMs, slow, reached } = await page.evaluate(async rowsPerFrame => {
      const area = document.querySelector('.library-scroll');
      const nextFrame = (): Promise<number> => new Promise(resolve => requestAnimationFrame(resolve));
      let last = await nextFrame();
      const beganAt = last;
      let slowFrames = 0;
      const count = 400;
      for (let frame = 0; frame < count; frame += 1) {
        area?.scrollBy(0, 62 * rowsPerFrame);
        const now = await nextFrame();
        if (now - last > 25) slowFrames += 1;
        last = now;
      }
      const rows = [...document.querySelectorAll<HTMLElement>('.library-row')];
      return { frames: count, tookMs: last - beganAt, slow: slowFrames, reached: Number(rows.at(-1)?.dataset['at'] ?? 0) };
    }, 10);
    const perFrameMs = ((await busyMs()) - before) / frames;
    report('a frame while the library is scrolled', perFrameMs, 'ms', {
      target: { atMost: 1_000 / 60 },
      note: `the page’s thread; ten rows a frame to row ${reached}, ${((frames * 1_000) / tookMs).toFixed(0)} frames/s drawn, ${slow} of ${frames} late`,
    });
  });
}
