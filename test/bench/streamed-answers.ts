/**
 * A model answers in the built program, over a scripted server on the loopback interface: how soon its first word stands in a
 * real browser, what many answers at once cost, and what it costs to record a step. `node test/bench/streamed-answers.ts`.
 */
import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium, type Page } from 'playwright-core';
import type { Client } from '../../src/shared/contract/client.ts';
import { findChromium } from '../../tools/test/find-chromium.ts';
import type { ScriptedReply } from '../support/scripted-models/script.ts';
import { startScriptedServer, type ScriptedServer } from '../support/scripted-models/scripted-server.ts';
import { bareCall } from './program/bare-call.ts';
import { benchFolder } from './program/bench-folder.ts';
import { startBuilt, type BuiltProgram } from './program/built-program.ts';
import { quietArguments } from './program/quiet-arguments.ts';
import { ask, connectScripted, newChat } from './program/scripted-chat.ts';
import { processorMicros } from './queues/processor-time.ts';
import { median, percentile } from './report/percentile.ts';
import { report, skip } from './report/report.ts';

/** Answers whose first word is timed, after some that are not: code is compiled, workers stand by. */
const answers = { warmUp: 5, counted: 25 };
const mostOverBareMs = 50;
/** The target's: so many answers at once, each so many tokens in a second; for as long as a long answer takes. */
const streams = { count: 8, tokensPerSecond: 200, seconds: 10 };
const mostLoopDelayMs = 20;
const leastFrames = 55;
/** Model calls of one agent, below its limit of 16, and calls of tools in one answer, as many as are taken. */
const rounds = 15;
const callsInOneAnswer = 64;
/** Runs of each agent; the first of them is not counted. */
const agentRuns = 6;
const mostPerStepMs = 2;
const load = (): string => `load ${loadavg()[0]?.toFixed(1) ?? '?'}`;

using folder = benchFolder();
const server = await startScriptedServer({ script: [{ kind: 'answer', text: 'Готово.' }] });
const program = await startBuilt(folder.at('data'), { withProbe: true });
try {
  const client = await program.connect();
  await connectScripted(client, server.baseUrl);
  const executablePath = findChromium();
  const browser = executablePath === undefined ? null : await chromium.launch({ executablePath, args: quietArguments });
  try {
    const page = browser === null ? null : await browser.newPage({ locale: 'ru-RU', viewport: { width: 1_280, height: 800 } });
    await page?.goto(program.link);
    if (page === null) skip('first word of an answer', 'There is no Chromium, Chrome or Edge here; name one in KONSPEKT_CHROMIUM.');
    else await firstWord(page, client, server);
    await manyAtOnce(page, client, server, program);
    await page?.close();
  } finally {
    await browser?.close();
  }
  await recordedSteps(client, server, program);
} finally {
  await program.stop();
  await server.close();
}

async function show(page: Page, title: string): Promise<void> {
  await page.locator('.session-open').filter({ hasText: title }).click();
  await page.locator('.composer textarea').waitFor();
}

/** From the key that sends the question until the frame with the answer's first word has been drawn. */
async function firstWord(page: Page, client: Client, from: ScriptedServer): Promise<void> {
  const arrived: number[] = [];
  from.setScript(({ lastText }) => {
    arrived.push(performance.timeOrigin + performance.now());
    return { kind: 'answer', text: `Слово-${/\d+/u.exec(lastText)?.[0] ?? ''} и ещё несколько слов, которые приходят вместе с ним.` };
  });
  let announcedAt: number | null = null;
  const stopListening = client.onEvent('messages.delta', () => (announcedAt ??= performance.timeOrigin + performance.now()));
  await newChat(client, 'Первое слово');
  await show(page, 'Первое слово');
  const seen: number[] = [];
  const toModel: number[] = [];
  const toWindows: number[] = [];
  const bare: number[] = [];
  for (let n = 0; n < answers.warmUp + answers.counted; n += 1) {
    announcedAt = null;
    const word = `Слово-${n} `;
    await page.locator('.composer textarea').fill(`Вопрос ${n}`);
    const times = page.evaluate(
      wanted =>
        new Promise<{ pressedAt: number; tookMs: number }>(resolve => {
          let pressedAt = 0;
          addEventListener('keydown', () => (pressedAt = performance.now()), { capture: true, once: true });
          // The window writes within a frame: what changes there is drawn by the end of it, anything else by the next one's.
          let isInFrame = false;
          let isOver = false;
          const afterThisFrame = (run: () => void): void => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = run;
            port2.postMessage(null);
          };
          const watchFrames = (): void => {
            isInFrame = true;
            afterThisFrame(() => (isInFrame = false));
            if (!isOver) requestAnimationFrame(watchFrames);
          };
          requestAnimationFrame(watchFrames);
          const observer = new MutationObserver(() => {
            if ([...document.querySelectorAll('.message-assistant')].at(-1)?.textContent.includes(wanted) !== true) return;
            observer.disconnect();
            isOver = true;
            const drawn = (): void => {
              resolve({ pressedAt: performance.timeOrigin + pressedAt, tookMs: performance.now() - pressedAt });
            };
            if (isInFrame) afterThisFrame(drawn);
            else requestAnimationFrame(() => afterThisFrame(drawn));
          });
          observer.observe(document.body, { childList: true, subtree: true, characterData: true });
        }),
      word,
    );
    await page.locator('.composer textarea').press('Enter');
    const { pressedAt, tookMs } = await times;
    const reached = arrived.at(-1) ?? Number.NaN;
    await page.locator('.message-assistant').last().and(page.locator('[aria-busy=false]')).waitFor();
    const asked = from.requests.at(-1);
    if (asked === undefined) throw new Error('The answer came without a call of the model.');
    const { firstTextMs } = await bareCall(from.baseUrl, asked.body);
    if (n < answers.warmUp) continue;
    seen.push(tookMs);
    toModel.push(reached - pressedAt);
    toWindows.push((announcedAt ?? Number.NaN) - reached);
    bare.push(firstTextMs);
  }
  stopListening();
  report('first word of an answer in the window, over a bare fetch', median(seen) - median(bare), 'ms', {
    target: { atMost: mostOverBareMs },
    note: `medians of ${answers.counted}: from the key to the drawn frame ${median(seen).toFixed(1)} ms (quickest tenth ${percentile(seen, 0.1).toFixed(0)}, p95 ${percentile(seen, 0.95).toFixed(0)}), of them ${median(toModel).toFixed(1)} ms until the model is asked and then ${median(toWindows).toFixed(1)} ms until windows are told; bare ${median(bare).toFixed(1)} ms; ${load()}`,
  });
}

/** Frames of the page in a second. */
async function framesPerSecond(page: Page, until: Promise<unknown>): Promise<number> {
  await page.evaluate(() => {
    const counter = { frames: 0, beganAt: performance.now(), isOn: true };
    Object.assign(window, { frameCounter: counter });
    const count = (): void => {
      counter.frames += 1;
      if (counter.isOn) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  await until;
  return page.evaluate(() => {
    const { frameCounter } = window as unknown as { frameCounter: { frames: number; beganAt: number; isOn: boolean } };
    frameCounter.isOn = false;
    return (frameCounter.frames * 1_000) / (performance.now() - frameCounter.beganAt);
  });
}

async function manyAtOnce(page: Page | null, client: Client, from: ScriptedServer, host: BuiltProgram): Promise<void> {
  const tokens = Array.from({ length: streams.tokensPerSecond * streams.seconds }, (_, n) =>
    n % 60 === 59 ? `конец-абзаца-${n}.\n\n` : `слово${n} `,
  );
  const whole = tokens.join('').trimEnd();
  const chats = await Promise.all(Array.from({ length: streams.count }, (_, n) => newChat(client, `Поток ${n}`)));
  const askAll = (text: string) => Promise.all(chats.map(chat => ask(client, chat, text)));
  const ends = async (asked: Awaited<ReturnType<typeof askAll>>) => Promise.all(asked.map(({ ended }) => ended));
  // Every worker has been started before anything is measured.
  from.setScript([{ kind: 'answer', text: tokens.slice(0, 100), delivery: { tokensPerSecond: streams.tokensPerSecond } }]);
  await ends(await askAll('Начни.'));
  if (page !== null) await show(page, 'Поток 0');
  await pause(2_000);
  await host.loopDelay();
  const idleFrames = page === null ? null : await framesPerSecond(page, pause(3_000));
  const idle = await host.loopDelay();

  from.setScript([{ kind: 'answer', text: tokens, delivery: { tokensPerSecond: streams.tokensPerSecond } }]);
  const beganAt = performance.now();
  const asked = await askAll('Расскажи.');
  const ended = ends(asked);
  const busyFrames = page === null ? null : await framesPerSecond(page, ended);
  const answered = await ended;
  const seconds = (performance.now() - beganAt) / 1_000;
  const busy = await host.loopDelay();

  const complete = answered.filter(({ text }) => text === whole).length;
  const rate = tokens.length / seconds;
  report('main loop delay p99 while 8 answers stream', busy.p99, 'ms', {
    target: { atMost: mostLoopDelayMs },
    note: `${streams.count} × ${rate.toFixed(0)} tokens/s; longest ${busy.max.toFixed(0)} ms; idle before ${idle.p99.toFixed(1)} ms; ${load()}`,
  });
  report('answers that are complete', complete, 'answers', {
    target: { atLeast: streams.count },
    note: `${streams.count} × ${tokens.length} tokens`,
  });
  if (page === null || idleFrames === null || busyFrames === null) return;
  report('frames of the window while 8 answers stream', busyFrames, 'frames/s', {
    target: { atLeast: leastFrames },
    note: `no graphics card; the same window with nothing under way ${idleFrames.toFixed(0)} frames/s; ${load()}`,
  });
  await page.locator('.message-assistant').last().and(page.locator('[aria-busy=false]')).waitFor();
  const shown = (await page.locator('.message-assistant').last().textContent()) ?? '';
  const last = `конец-абзаца-${tokens.length - 1 - (tokens.length % 60)}.`;
  if (!shown.includes(last)) throw new Error(`The window does not show the end of the answer, "${last}".`);
}

/** Reads of results that are not there: the tool itself does nothing, and none of the calls repeats another. */
function readNothing(round: number, count: number): ScriptedReply {
  const toolCalls = Array.from({ length: count }, (_, n) => ({
    id: `c${round}-${n}`,
    name: 'read_result',
    input: { id: `r${round}-${n}` },
  }));
  return { kind: 'answer', toolCalls };
}

/** One agent's steps in the program, less the same calls of the server made bare; in milliseconds a step. */
async function agentSteps(
  client: Client,
  from: ScriptedServer,
  host: BuiltProgram,
  { calls, tools }: { readonly calls: number; readonly tools: number },
) {
  const perStep: number[] = [];
  const bares: number[] = [];
  const processor: number[] = [];
  for (let run = 0; run < agentRuns; run += 1) {
    const chat = await newChat(client, `Агент ${calls} × ${tools}, ${run}`);
    const arrived: number[] = [];
    from.setScript(({ body }) => {
      arrived.push(performance.now());
      const done = (body['messages'] as readonly { readonly role: string }[]).filter(({ role }) => role === 'assistant').length;
      return done < calls ? readNothing(done, tools) : { kind: 'answer', text: 'Готово.' };
    });
    const before = from.requests.length;
    const ranMicros = processorMicros([host.pid]);
    await (
      await ask(client, chat, 'Прочитай.')
    ).ended;
    const nowRanMicros = processorMicros([host.pid]);
    const tookMs = (arrived.at(-1) ?? Number.NaN) - (arrived[0] ?? Number.NaN);
    if (arrived.length !== calls + 1) throw new Error(`The agent called its model ${arrived.length} times where ${calls + 1} were due.`);
    let bareMs = 0;
    for (const { body } of from.requests.slice(before, before + calls)) bareMs += (await bareCall(from.baseUrl, body)).endMs;
    if (run === 0) continue;
    perStep.push((tookMs - bareMs) / (calls * (1 + tools)));
    bares.push(bareMs / calls);
    if (ranMicros !== null && nowRanMicros !== null) processor.push((nowRanMicros - ranMicros) / 1_000 / (calls * (1 + tools)));
  }
  // Others' work on the machine is not in it.
  const used = processor.length === 0 ? '' : `; processor time of all its processes ${median(processor).toFixed(2)} ms a step`;
  return { perStepMs: median(perStep), note: `bare call ${median(bares).toFixed(1)} ms${used}; median of ${perStep.length}; ${load()}` };
}

async function recordedSteps(client: Client, from: ScriptedServer, host: BuiltProgram): Promise<void> {
  const chain = await agentSteps(client, from, host, { calls: rounds, tools: 1 });
  report('a step of an agent over its bare call, one tool a turn', chain.perStepMs, 'ms', {
    target: { atMost: mostPerStepMs },
    note: `${rounds} calls of the model and of a tool in turns, prompt and reading of the stream included; ${chain.note}`,
  });
  const wide = await agentSteps(client, from, host, { calls: 3, tools: callsInOneAnswer });
  report('a recorded step alone, 64 calls of a tool in a turn', wide.perStepMs, 'ms', {
    target: { atMost: mostPerStepMs },
    note: `3 × ${callsInOneAnswer} steps; ${wide.note}`,
  });
}
