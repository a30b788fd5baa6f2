/**
 * Start with 10,000 chats, 107,000 messages, 10,000 finished jobs and 1,000 synopses against an empty database: until the first
 * calls are answered, until a person can type in a real browser, and both together, from nothing. Runs alternate, so that a busy minute meets both. `node test/bench/start-to-usable.ts`.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../tools/test/find-chromium.ts';
import { value } from '../support/program/running-program.ts';
import { benchFolder } from './program/bench-folder.ts';
import { startBuilt } from './program/built-program.ts';
import { writeLongHistory } from './program/long-history.ts';
import { writeLongTalk } from './program/long-talk.ts';
import { quietArguments } from './program/quiet-arguments.ts';
import { median } from './report/percentile.ts';
import { report, skip } from './report/report.ts';

const size = { finishedJobs: 10_000, synopses: 1_000 };
/** Besides one chat for each synopsis. */
const talks = { chats: 9_000, messages: 10 };
/** Odd, so that the median is a run; enough that one disturbed run does not move it. */
const runs = 9;
const mostSlower = { atMost: 1.2 };
const mostFromNothingMs = { atMost: 1_500 };

using folder = benchFolder();
const dataDirs = { empty: folder.at('empty'), filled: folder.at('filled') } as const;
type Which = keyof typeof dataDirs;

await writeLongHistory(dataDirs.filled, size);
await writeLongTalk(
  dataDirs.filled,
  Array.from({ length: talks.chats }, (_, n) => ({ title: `Разговор ${n + 1}`, messages: talks.messages })),
);
// The first start makes the empty database; it is not measured.
await (await startBuilt(dataDirs.empty)).stop();

const answered: Record<Which, number[]> = { empty: [], filled: [] };
const typed: Record<Which, number[]> = { empty: [], filled: [] };
const fromNothing: Record<Which, number[]> = { empty: [], filled: [] };
await inTurns(async which => {
  const startedAt = performance.now();
  const program = await startBuilt(dataDirs[which]);
  try {
    const client = await program.connect();
    const [opened, sessions, jobs] = await Promise.all([
      client.call('app.open', {}),
      client.call('sessions.list', {}),
      client.call('jobs.now', {}),
    ]);
    answered[which].push(performance.now() - startedAt);
    value(opened);
    expectHistory(which, value(sessions).sessions.length, value(jobs).counts.done);
  } finally {
    await program.stop();
  }
});
// Not in the same runs: a browser that is still closing its page would slow the next start down.
const browser = await openBrowser();
if (browser !== null) {
  try {
    await inTurns(async which => {
      const startedAt = performance.now();
      const program = await startBuilt(dataDirs[which]);
      const upMs = performance.now() - startedAt;
      try {
        const typedMs = await untilTyped(browser, program.link);
        typed[which].push(typedMs);
        fromNothing[which].push(upMs + typedMs);
      } finally {
        await program.stop();
      }
    });
  } finally {
    await browser.close();
  }
}

/** Whoever goes second meets what the first one's end left to do, so they take turns at that too. */
async function inTurns(measure: (which: Which) => Promise<void>): Promise<void> {
  for (let run = 0; run < runs; run += 1) {
    for (const which of run % 2 === 0 ? (['empty', 'filled'] as const) : (['filled', 'empty'] as const)) await measure(which);
  }
}

function tell(what: string, values: Record<Which, number[]>): void {
  report(`${what}, long history against empty`, median(values.filled) / median(values.empty), '×', {
    target: mostSlower,
    note: `medians of ${runs}: empty ${median(values.empty).toFixed(0)} ms, full ${median(values.filled).toFixed(0)} ms`,
  });
}
tell('start until the first calls are answered', answered);
if (browser === null)
  skip('page until the composer takes typing', 'There is no Chromium, Chrome or Edge here; name one in KONSPEKT_CHROMIUM.');
else {
  tell('page until the composer takes typing', typed);
  report('no process until the composer takes typing, full folder', median(fromNothing.filled), 'ms', {
    target: mostFromNothingMs,
    note: `median of ${runs}, a browser open already; empty folder ${median(fromNothing.empty).toFixed(0)} ms`,
  });
}

/** A bench of the wrong folder measures nothing. */
function expectHistory(which: Which, sessionCount: number, doneCount: number): void {
  const wanted = which === 'empty' ? 0 : size.finishedJobs;
  if (doneCount !== wanted || sessionCount > 0 !== wanted > 0)
    throw new Error(`The ${which} folder holds ${sessionCount} chats on its first page and ${doneCount} finished jobs.`);
}

async function openBrowser(): Promise<Browser | null> {
  const executablePath = findChromium();
  if (executablePath === undefined) return null;
  const opened = await chromium.launch({ executablePath, args: quietArguments });
  // The browser's own first page load costs more than any later one and is not the program's.
  const server = createServer((_, response) => response.end('<!doctype html><textarea></textarea>')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The warm-up page has no port.');
  const page = await opened.newPage();
  await page.goto(`http://127.0.0.1:${address.port}/`);
  await page.locator('textarea').fill('а');
  await page.close();
  server.close();
  return opened;
}

/** From the navigation until a typed letter stands in the composer, in a browser profile without a cache. */
async function untilTyped(opened: Browser, link: string): Promise<number> {
  const context = await opened.newContext({ locale: 'ru-RU' });
  try {
    const page = await context.newPage();
    const startedAt = performance.now();
    await page.goto(link, { waitUntil: 'commit' });
    await page.locator('.composer textarea').pressSequentially('а');
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('.composer textarea')?.value === 'а');
    return performance.now() - startedAt;
  } finally {
    await context.close();
  }
}
