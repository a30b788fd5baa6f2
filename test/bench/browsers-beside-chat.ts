/**
 * Whether the chat stays what it is while twenty browser tasks wait and two are at work: how soon a message is acknowledged and how soon
 * the first word of an answer comes, alone and beside them. `node test/bench/browsers-beside-chat.ts`.
 */
import { randomUUID } from 'node:crypto';
import type { Client } from '../../src/shared/contract/client.ts';
import type { Recipe } from '../../src/shared/domain/browser.ts';
import type { JobId, SessionId } from '../../src/shared/domain/ids.ts';
import { value } from '../support/program/running-program.ts';
import { startScriptedServer } from '../support/scripted-models/scripted-server.ts';
import { serveSite } from '../support/sites/local-sites.ts';
import { shop, teaShops } from '../support/sites/shops.ts';
import { browserPath } from '../support/sites/test-session.ts';
import { benchFolder } from './program/bench-folder.ts';
import { startBuilt } from './program/built-program.ts';
import { ask, connectScripted, newChat } from './program/scripted-chat.ts';
import { percentile } from './report/percentile.ts';
import { report, skip } from './report/report.ts';

const tasks = 20;
const browsersAllowed = 2;
/** Messages with their answers on either side, after some that are not counted: code is compiled, workers stand by. */
const messages = { warmUp: 5, counted: 40 };
/** Pages that each task reads one after the other, so that browsers are at work for as long as is measured. */
const pagesOfTask = 15;

interface Times {
  readonly acknowledged: number[];
  readonly firstWord: number[];
}

if (browserPath === null) skip('the chat beside browser tasks', 'No Chrome, Edge or Chromium is installed.');
else {
  using folder = benchFolder();
  await using site = await serveSite(shop('Чайная лавка', teaShops['Чайная лавка'] ?? []));
  const server = await startScriptedServer({ script: [{ kind: 'answer', text: 'Готово.' }] });
  const program = await startBuilt(folder.at('data'));
  try {
    const client = await program.connect();
    await connectScripted(client, server.baseUrl);
    value(await client.call('settings.set', { allowedHosts: [site.host], browserCount: browsersAllowed }));
    const session = await newChat(client, 'Разговор');
    await talk(client, session, messages.warmUp);
    const alone = await talk(client, session, messages.counted);
    const begun = await startTasks(client, site.origin, site.host);
    await running(client, browsersAllowed);
    const beside = await talk(client, session, messages.counted);
    const { jobs } = value(await client.call('jobs.list', { group: 'running', limit: 50 }));
    const atWork = jobs.filter(({ id }) => begun.includes(id)).length;
    tell('a message is acknowledged', alone.acknowledged, beside.acknowledged, atWork);
    tell('the first word of an answer comes', alone.firstWord, beside.firstWord, atWork);
    for (const jobId of begun) await client.call('jobs.cancel', { jobId });
  } finally {
    await program.stop();
    await server.close();
  }
}

async function startTasks(client: Client, origin: string, host: string): Promise<JobId[]> {
  const session = await newChat(client, 'Браузер');
  const recipe: Recipe = {
    name: 'Цены',
    sites: [host],
    params: [],
    steps: Array.from({ length: pagesOfTask }, (_, at) => [
      { action: { do: 'open' as const, url: `${origin}/?page=${at}` }, why: 'Открываю.' },
      { action: { do: 'read' as const }, why: 'Читаю.' },
    ]).flat(),
  };
  const begun: JobId[] = [];
  for (let n = 0; n < tasks; n += 1) {
    const what = { kind: 'recipe' as const, recipe, params: {} };
    begun.push(value(await client.call('browser.start', { requestKey: randomUUID(), sessionId: session, what })).id);
  }
  return begun;
}

/** Resolves when so many tasks are at work. */
async function running(client: Client, count: number): Promise<void> {
  const reached = Promise.withResolvers<void>();
  const stop = client.onEvent('status.changed', ({ status }) => {
    if (status.running >= count) reached.resolve();
  });
  if (value(await client.call('app.status', {})).running >= count) reached.resolve();
  await reached.promise;
  stop();
}

async function talk(client: Client, session: SessionId, count: number): Promise<Times> {
  const times: Times = { acknowledged: [], firstWord: [] };
  for (let n = 0; n < count; n += 1) {
    const startedAt = performance.now();
    let firstAt: number | null = null;
    const stopListening = client.onEvent('messages.delta', ({ sessionId }) => {
      if (sessionId === session) firstAt ??= performance.now();
    });
    const { ended } = await ask(client, session, `Вопрос ${n}`);
    times.acknowledged.push(performance.now() - startedAt);
    await ended;
    stopListening();
    if (firstAt === null) throw new Error('An answer came without its words.');
    times.firstWord.push(firstAt - startedAt);
  }
  return times;
}

function tell(what: string, alone: readonly number[], beside: readonly number[], atWork: number): void {
  for (const [name, share] of [
    ['median', 0.5],
    ['p95', 0.95],
  ] as const) {
    const [before, during] = [percentile(alone, share), percentile(beside, share)];
    report(`${what} beside ${tasks} browser tasks, ${name}`, during, 'ms', {
      note: `×${(during / before).toFixed(2)} of ${before.toFixed(1)} ms alone; ${atWork} browsers at work at the end, ${beside.length} messages on either side`,
    });
  }
}
