/**
 * The built program in a real Chromium with 10,000 chats in its folder: letters typed beside eight answers and a long queue, a
 * change of the chat, a search in the palette, a chat of 5,000 messages scrolled to its beginning, and what a hundred changes of
 * the chat leave in memory. `node test/bench/window-speed.ts`.
 */
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { chromium, type CDPSession, type Page } from 'playwright-core';
import type { Client } from '../../src/shared/contract/client.ts';
import { findChromium } from '../../tools/test/find-chromium.ts';
import { startScriptedServer, type ScriptedServer } from '../support/scripted-models/scripted-server.ts';
import { value } from '../support/program/running-program.ts';
import { benchFolder } from './program/bench-folder.ts';
import { startBuilt } from './program/built-program.ts';
import { writeLongHistory } from './program/long-history.ts';
import { writeLongTalk } from './program/long-talk.ts';
import { quietArguments } from './program/quiet-arguments.ts';
import { ask, connectScripted, newChat } from './program/scripted-chat.ts';
import { percentile } from './report/percentile.ts';
import { report, skip } from './report/report.ts';

const history = { finishedJobs: 10_000, synopses: 1_000 };
const quietChats = { count: 9_000, messages: 10 };
const longChat = { title: 'Длинный разговор', messages: 5_000 };
const queued = { jobs: 1_000, perChat: 250 };
const streams = { count: 8, tokensPerSecond: 200 };
const typedLetters = 120;
/** A quick typist: ten letters a second. */
const typePauseMs = 100;
const switches = 40;
const switchesForHeap = 100;
const searches = 20;
/** A wheel flung by a person who wants to the beginning, in CSS pixels a frame: a screen and a half between two blinks of an eye. */
const scrolledPerFrame = 300;
/** Ten times as long as the scroll needs at full speed: then it stands still somewhere. */
const scrollPatienceMs = 300_000;

const quietTitle = (n: number): string => `Разговор ${n}`;

const executablePath = findChromium();
if (executablePath === undefined) skip('speed of the window', 'There is no Chromium, Chrome or Edge here; name one in KONSPEKT_CHROMIUM.');
else await measure(executablePath);

async function measure(browserPath: string): Promise<void> {
  using folder = benchFolder();
  const dataDir = folder.at('data');
  await writeLongHistory(dataDir, history);
  await writeLongTalk(dataDir, [
    { title: longChat.title, messages: longChat.messages },
    ...Array.from({ length: quietChats.count }, (_, n) => ({ title: quietTitle(n + 1), messages: quietChats.messages })),
  ]);
  const server = await startScriptedServer({ script: [{ kind: 'answer', text: 'Готово.' }] });
  const program = await startBuilt(dataDir);
  const browser = await chromium.launch({ executablePath: browserPath, args: quietArguments });
  try {
    const client = await program.connect();
    await connectScripted(client, server.baseUrl);
    const page = await browser.newPage({ locale: 'ru-RU', viewport: { width: 1_280, height: 800 } });
    const devtools = await page.context().newCDPSession(page);
    await firstLoad(page, program.link);
    await changeOfChat(page);
    await paletteSearch(page);
    await longScroll(page, client);
    await heapAfterSwitches(page, devtools);
    await typingBesideWork(page, client, server);
  } finally {
    await browser.close();
    await program.stop();
    await server.close();
  }
}

/** What has to be there before the composer takes typing, as a server would compress it. */
async function firstLoad(page: Page, link: string): Promise<void> {
  const scripts: Promise<Buffer>[] = [];
  page.on('response', response => {
    if (/javascript/u.test(response.headers()['content-type'] ?? '')) scripts.push(response.body());
  });
  await page.goto(link);
  await page.locator('.composer textarea').waitFor();
  const bodies = await Promise.all(scripts);
  page.removeAllListeners('response');
  const bytes = bodies.reduce((sum, body) => sum + gzipSync(body).byteLength, 0);
  report('JavaScript of the first load, gzipped', bytes / 1_000, 'kB', {
    target: { atMost: 350 },
    note: `${bodies.length} files, ${(bodies.reduce((sum, { byteLength }) => sum + byteLength, 0) / 1_000).toFixed(0)} kB as they are`,
  });
}

declare global {
  interface Window {
    drawn: Promise<number>;
    framesOf: { readonly gaps: number[]; isOn: boolean };
  }
}

interface Shown {
  readonly by: 'keydown' | 'pointerdown';
  /** The first element of this kind … */
  readonly selector: string;
  /** … has this in its text, or in its value. */
  readonly text: string;
}

/** Milliseconds from the time stamp of the event that `act` causes until the frame with what it leads to has been drawn. */
async function untilDrawn(page: Page, shown: Shown, act: () => Promise<void>): Promise<number> {
  await page.evaluate(
    ({ by, selector, text, patienceMs }) => {
      window.drawn = new Promise((resolve, reject) => {
        const isShown = (): boolean => {
          const found = document.querySelector(selector);
          return (found instanceof HTMLTextAreaElement ? found.value : (found?.textContent ?? '')).includes(text);
        };
        const watch = ({ timeStamp }: Event): void => {
          const look = (now: number): void => {
            if (now - timeStamp > patienceMs) return reject(new Error(`"${text}" was not drawn in ${selector}.`));
            if (!isShown()) return void requestAnimationFrame(look);
            // After the style, layout and paint of this very frame.
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now() - timeStamp);
            port2.postMessage(null);
          };
          requestAnimationFrame(look);
        };
        addEventListener(by, watch, { capture: true, once: true });
      });
    },
    { ...shown, patienceMs: 10_000 },
  );
  await act();
  return page.evaluate(() => window.drawn);
}

async function countFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frames = { gaps: [] as number[], isOn: true };
    window.framesOf = frames;
    requestAnimationFrame(first => {
      let last = first;
      const count = (now: number): void => {
        frames.gaps.push(now - last);
        last = now;
        if (frames.isOn) requestAnimationFrame(count);
      };
      requestAnimationFrame(count);
    });
  });
}

/** Opens the row at this place of the list, and says how long it took until what is said in that chat was drawn. */
async function openRow(page: Page, at: number): Promise<number> {
  const row = page.locator('.session-open').nth(at);
  const title = (await row.locator('.session-title').textContent()) ?? '';
  return untilDrawn(page, { by: 'pointerdown', selector: '.transcript', text: `«${title}»` }, () => row.click());
}

async function changeOfChat(page: Page): Promise<void> {
  const times: number[] = [];
  for (let n = 0; n < switches + 5; n += 1) {
    const ms = await openRow(page, (n * 3) % 12);
    if (n >= 5) times.push(ms);
  }
  report('another chat is opened, p95', percentile(times, 0.95), 'ms', {
    target: { atMost: 100 },
    note: `from the press until its messages are drawn; p50 ${percentile(times, 0.5).toFixed(0)} ms, longest ${percentile(times, 1).toFixed(0)} ms; 10,000 chats`,
  });
}

async function paletteSearch(page: Page): Promise<void> {
  const times: number[] = [];
  for (let n = 0; n < searches; n += 1) {
    // Ends in 0: without it, the newest of ten such chats is the first one found.
    const wanted = quietTitle(1_000 + n * 390);
    await page.keyboard.press('Control+k');
    const field = page.locator('.palette-input');
    await field.fill(wanted.slice(0, -1));
    await page.locator('.palette-entry').filter({ hasText: 'Разговор' }).first().waitFor();
    // The pause between two questions is over: the last letter is asked for at once.
    await page.waitForTimeout(300);
    times.push(
      await untilDrawn(page, { by: 'keydown', selector: '.palette-entry .truncate', text: wanted }, () => page.keyboard.press('0')),
    );
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'detached' });
  }
  report('a search in the palette, p95', percentile(times, 0.95), 'ms', {
    target: { atMost: 50 },
    note: `from the last letter until what it finds is drawn; p50 ${percentile(times, 0.5).toFixed(0)} ms, longest ${percentile(times, 1).toFixed(0)} ms; ${searches} searches among 10,000 chats, 10,000 tasks and 1,000 synopses`,
  });
}

async function longScroll(page: Page, client: Client): Promise<void> {
  const found = value(await client.call('sessions.list', { search: longChat.title, limit: 1 })).sessions[0];
  if (found === undefined) throw new Error('The long chat is not found by its title.');
  await page.keyboard.press('Control+k');
  await page.locator('.palette-input').fill(longChat.title);
  await page.locator('.palette-entry').filter({ hasText: longChat.title }).first().click();
  await page
    .locator('.transcript .message')
    .filter({ hasText: `ответ ${longChat.messages / 2}.` })
    .waitFor();
  const { gaps, tookMs, reached } = await page.evaluate(
    async ({ step, patienceMs }) => {
      const area = document.querySelector('.transcript-scroll');
      if (area === null) throw new Error('There is no transcript.');
      const nextFrame = (): Promise<number> => new Promise(resolve => requestAnimationFrame(resolve));
      const isFirstShown = (): boolean =>
        [...document.querySelectorAll('.transcript .message')].some(shown => /вопрос 1:/u.test(shown.textContent)) && area.scrollTop < 100;
      let last = await nextFrame();
      const beganAt = last;
      const between: number[] = [];
      while (!isFirstShown() && last - beganAt < patienceMs) {
        area.scrollBy(0, -step);
        const now = await nextFrame();
        between.push(now - last);
        last = now;
      }
      return { gaps: between, tookMs: last - beganAt, reached: isFirstShown() };
    },
    { step: scrolledPerFrame, patienceMs: scrollPatienceMs },
  );
  if (!reached) {
    const top = await page.locator('.transcript .message').first().textContent();
    throw new Error(`The beginning of the long chat was not reached; it stands at "${top}".`);
  }
  report('frames while a chat of 5,000 messages is scrolled', (gaps.length * 1_000) / tookMs, 'frames/s', {
    target: { atLeast: 55 },
    note: `from its end to its first message in ${(tookMs / 1_000).toFixed(0)} s, earlier pages read on the way; p95 of a frame ${percentile(gaps, 0.95).toFixed(1)} ms, longest ${percentile(gaps, 1).toFixed(0)} ms`,
  });
}

async function heapAfterSwitches(page: Page, devtools: CDPSession): Promise<void> {
  const heapMb = async (): Promise<number> => {
    await devtools.send('HeapProfiler.collectGarbage');
    return (await devtools.send('Runtime.getHeapUsage')).usedSize / 1e6;
  };
  const switchChats = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) await openRow(page, (n * 5) % 12);
  };
  await switchChats(20);
  const before = await heapMb();
  await switchChats(switchesForHeap);
  const after = await heapMb();
  report('heap of the window after 100 more changes of the chat', after / before, '×', {
    target: { atMost: 1.1 },
    note: `${before.toFixed(1)} MB before, ${after.toFixed(1)} MB after, garbage collected`,
  });
}

async function typingBesideWork(page: Page, client: Client, server: ScriptedServer): Promise<void> {
  value(await client.call('jobs.setKindPaused', { kind: 'document.import', paused: true }));
  for (let n = 0; n < queued.jobs / queued.perChat; n += 1) {
    const session = await newChat(client, `Очередь ${n}`);
    for (let at = 0; at < queued.perChat; at += 1) {
      const text = `Заметка ${n}-${at}: насос испытан, смета согласована.`;
      value(
        await client.call('documents.add', {
          sessionId: session,
          requestKey: randomUUID(),
          from: { kind: 'text', name: `${n}-${at}.txt`, text },
        }),
      );
    }
  }
  const { counts } = value(await client.call('jobs.list', {}));
  if (counts.queued < queued.jobs) throw new Error(`The queue holds ${counts.queued} jobs where ${queued.jobs} were added.`);

  const seconds = (typedLetters * typePauseMs) / 1_000 + 5;
  const tokens = Array.from({ length: streams.tokensPerSecond * seconds }, (_, n) => (n % 60 === 59 ? `конец-${n}.\n\n` : `слово${n} `));
  server.setScript([{ kind: 'answer', text: tokens, delivery: { tokensPerSecond: streams.tokensPerSecond } }]);
  const chats: Awaited<ReturnType<typeof newChat>>[] = [];
  for (let n = 0; n < streams.count; n += 1) chats.push(await newChat(client, `Поток ${n}`));
  await page.locator('.session-open').filter({ hasText: 'Поток 0' }).click();
  await page.locator('.composer textarea').waitFor();
  const ended = Promise.all((await Promise.all(chats.map(chat => ask(client, chat, 'Расскажи.')))).map(asked => asked.ended));
  await page.locator('.message-assistant').filter({ hasText: 'слово120' }).waitFor();
  const field = page.locator('.composer textarea');
  await field.click();
  await countFrames(page);
  const times: number[] = [];
  let typed = '';
  for (let n = 1; n <= typedLetters; n += 1) {
    typed += n % 7 === 0 ? ' ' : 'a';
    const letter = typed.at(-1) ?? '';
    times.push(await untilDrawn(page, { by: 'keydown', selector: '.composer textarea', text: typed }, () => page.keyboard.press(letter)));
    await page.waitForTimeout(typePauseMs);
  }
  const gaps = await page.evaluate(() => {
    window.framesOf.isOn = false;
    return window.framesOf.gaps;
  });
  await ended;
  const beside = `beside ${streams.count} answers of ${streams.tokensPerSecond} tokens/s and ${counts.queued} queued tasks`;
  report('a letter typed until it is drawn, p95', percentile(times, 0.95), 'ms', {
    target: { atMost: 50 },
    note: `${beside}; p50 ${percentile(times, 0.5).toFixed(0)} ms, longest ${percentile(times, 1).toFixed(0)} ms`,
  });
  report('a frame while typing, p95', percentile(gaps, 0.95), 'ms', {
    target: { atMost: 32 },
    note: `${beside}; ${((gaps.length * 1_000) / gaps.reduce((sum, gap) => sum + gap, 0)).toFixed(0)} frames/s, longest ${percentile(gaps, 1).toFixed(0)} ms`,
  });
}
