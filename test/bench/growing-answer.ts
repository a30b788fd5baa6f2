/**
 * The window shows an answer that grows, in a real browser over the host in memory: what a line costs in a long answer
 * against a short one. `node test/bench/growing-answer.ts`.
 */
import type { Page } from 'playwright-core';
import { findChromium } from '../../tools/test/find-chromium.ts';
import { withWindowPages } from './program/window-page.ts';
import { report, skip } from './report/report.ts';

/** Lines of an answer as the target names them. */
const lengths = [1_000, 2_000, 4_000] as const;
/** Lines that come between two frames: 240 a second, ten times as many as the fastest models on offer write. */
const linesPerFrame = 4;
/** A line of a long answer may cost this much of one of a short answer: linear, and room for the measuring. */
const most = 1.5;
/** A frame of a screen that draws sixty a second. */
const frameMs = 1_000 / 60;

/** Paragraphs, lists, code and tables, as answers have them. */
function answerOf(lines: number): readonly string[] {
  const chapter = (at: number): string[] => [
    `## Part ${at}`,
    '',
    `The **${at}th** part begins with a paragraph that has _emphasis_, \`code\` and a [link](https://example.org/${at}).`,
    'It goes on for a second line, as paragraphs do.',
    '',
    ...Array.from({ length: 20 }, (_, item) => `- item ${item + 1} of part ${at}, with some words after it`),
    '',
    '```ts',
    ...Array.from({ length: 15 }, (_, line) => `const value${line} = compute(${at}, ${line}); // a line of code`),
    '```',
    '',
    '| name | value |',
    '|---|---:|',
    ...Array.from({ length: 6 }, (_, row) => `| row ${row} | ${at * row} |`),
    '',
  ];
  const text: string[] = [];
  for (let at = 1; text.length < lines; at += 1) text.push(...chapter(at));
  return text.slice(0, lines);
}

/** Lets an answer grow piece by piece, one piece a frame. */
async function grow(page: Page, pieces: readonly string[]): Promise<{ readonly frames: number; readonly tookMs: number }> {
  return page.evaluate(async all => {
    const { answers, backend } = window.scenario;
    const { answer } = answers.ask();
    const nextFrame = (): Promise<number> => new Promise(resolve => requestAnimationFrame(resolve));
    const beganAt = await nextFrame();
    let endedAt = beganAt;
    for (const piece of all) {
      answers.write(answer.id, piece);
      endedAt = await nextFrame();
    }
    answers.end(answer.id, { text: backend.messages.get(answer.id)?.text ?? '' });
    await nextFrame();
    await nextFrame();
    return { frames: all.length, tookMs: endedAt - beganAt };
  }, pieces);
}

const executablePath = findChromium();
if (executablePath === undefined)
  skip('a long answer that grows', 'There is no Chromium, Chrome or Edge here; name one in KONSPEKT_CHROMIUM.');
else await measure(executablePath);

async function measure(program: string): Promise<void> {
  await withWindowPages(program, async open => {
    let shortMs = 0;
    for (const lines of lengths) {
      const { page, busyMs } = await open();
      await page
        .locator('.session-open')
        .filter({ hasText: /lecture and yards/u })
        .click();
      await page.waitForSelector('.markdown');
      const text = answerOf(lines);
      const pieces = Array.from({ length: Math.ceil(lines / linesPerFrame) }, (_, at) =>
        text
          .slice(at * linesPerFrame, (at + 1) * linesPerFrame)
          .map(line => `${line}\n`)
          .join(''),
      );
      const before = await busyMs();
      const { frames, tookMs } = await grow(page, pieces);
      const perLineMs = ((await busyMs()) - before) / lines;
      if (lines === lengths[0]) shortMs = perLineMs;
      report(`a frame while an answer of ${lines} lines grows`, perLineMs * linesPerFrame, 'ms', {
        target: { atMost: frameMs },
        note: `the page’s thread; ${linesPerFrame} lines a frame, ${((frames * 1_000) / tookMs).toFixed(0)} frames/s drawn`,
      });
      if (lines !== lengths[0])
        report(`cost of a line of ${lines} against one of ${lengths[0]}`, perLineMs / shortMs, 'times', {
          target: { atMost: most },
          note: 'the page’s thread: parsing, rendering and layout',
        });
      await page.close();
    }
  });
}
