import { randomUUID } from 'node:crypto';
import { expect, test, type TestContext } from 'vitest';
import { findBrowser } from '../../src/main/app/browser/find-browsers.ts';
import type { ApprovalView } from '../../src/shared/domain/approval.ts';
import type { JobId } from '../../src/shared/domain/ids.ts';
import type { MessageView } from '../../src/shared/domain/session.ts';
import { isOver, openAnsweringChat } from '../support/answering-chat.ts';
import { failOnLeaks } from '../support/leaks.ts';
import type { Script } from '../support/scripted-models/script.ts';
import { startScriptedServer } from '../support/scripted-models/scripted-server.ts';
import { serveSite, type LocalSite } from '../support/sites/local-sites.ts';
import { shop, teaShops } from '../support/sites/shops.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

/** These drive a real browser; a machine without one says so. */
const withBrowser = (await findBrowser()) === null ? test.skip : test;

async function open({ onTestFinished }: TestContext, script: Script = []) {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  const server = await startScriptedServer({ script });
  onTestFinished(() => server.close());
  const chat = await openAnsweringChat(folder.path, undefined, server.baseUrl);
  onTestFinished(() => chat.program.close());
  const shops: LocalSite[] = [];
  for (const [index, [title, goods]] of Object.entries(teaShops).entries()) {
    const site = await serveSite(shop(title, goods), `127.0.0.${index + 1}`);
    onTestFinished(() => site[Symbol.asyncDispose]());
    shops.push(site);
  }
  await chat.ok('settings.set', { allowedHosts: shops.map(({ host }) => host) });
  return { server, chat, shops };
}
type Chat = Awaited<ReturnType<typeof open>>['chat'];

const goods = {
  rows: 'li.item',
  fields: [
    { name: 'name', css: '.name' },
    { name: 'price', css: '.price', take: 'number' },
  ],
} as const;

async function ended(chat: Chat, job: JobId) {
  const all = await chat.until(messages => messages.some(message => isResult(message, job) && isOver(message)));
  const told = all.find(message => isResult(message, job));
  if (told === undefined) throw new Error('The task has told nothing.');
  return told;
}
const isResult = ({ jobId, note }: MessageView, job: JobId) => jobId === job && note === 'background_ready';

withBrowser('a recipe reads three shops without a model: its tables are there and its report cites them', async context => {
  const { chat, shops } = await open(context);
  const steps = shops.flatMap(({ origin }) => [
    { action: { do: 'open', url: `${origin}/search?q={{what}}` }, why: 'Look for it' },
    { action: { do: 'extract', schema: goods } },
  ]);
  const recipe = { name: 'Tea', sites: shops.map(({ host }) => host), params: [{ name: 'what', default: null }], steps };
  const missing = await chat.client.call('browser.start', {
    requestKey: randomUUID(),
    sessionId: chat.sessionId,
    what: { kind: 'recipe', recipe, params: {} },
  });
  expect(missing).toMatchObject({ ok: false, error: { code: 'unfit_recipe' } });
  const job = await chat.ok('browser.start', {
    requestKey: randomUUID(),
    sessionId: chat.sessionId,
    what: { kind: 'recipe', recipe, params: { what: 'чай' } },
  });
  const told = await ended(chat, job.id);
  expect(told).toMatchObject({ state: 'completed', error: null });
  const { tables } = await chat.ok('browser.tables', { jobId: job.id });
  expect(tables.map(({ rows }) => rows.find(({ name }) => String(name).includes('Северный'))?.['price'])).toEqual([349, 319.5, 360]);
  expect(told.citations.map(({ quote }) => quote).join('\n')).toContain('349');
  const view = await chat.ok('browser.view', { jobId: job.id });
  expect(view.holder).toBe('nobody');
  expect(view.trace.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 6 }, () => 'done'));
  const shown = view.trace[0]?.screenshot;
  expect((await chat.ok('browser.screenshot', { jobId: job.id, sha256: shown ?? '' })).jpeg).toMatch(/^\/9j\//u);
  const saved = await chat.ok('browser.saveRecipe', { requestKey: randomUUID(), from: { jobId: job.id, name: 'Again' } });
  expect(saved.recipe.steps.map(({ action }) => action.do)).toEqual(['open', 'extract', 'open', 'extract', 'open', 'extract']);
});

async function approval(chat: Chat, job: JobId, tool: string) {
  const found = Promise.withResolvers<ApprovalView>();
  const look = () => {
    chat.ok('approvals.list', { jobId: job }).then(({ approvals }) => {
      const asked = approvals.find(each => each.tool === tool && each.answered === null && !each.isClosed);
      if (asked !== undefined) found.resolve(asked);
    }, found.reject);
  };
  const stop = chat.client.onEvent('approvals.changed', look);
  look();
  return found.promise.finally(stop);
}
const answer = (chat: Chat, { id }: ApprovalView, decision: 'allow' | 'deny') =>
  chat.ok('approvals.answer', { requestKey: randomUUID(), approvalId: id, decision });

withBrowser('an agent plans, is allowed to, and buys once and only with a yes to exactly that', async context => {
  let origin = '';
  const made: ((at: string) => readonly [string, unknown])[] = [
    at => ['browser_plan', { sites: [new URL(at).host], steps: ['Open the shop', 'Buy the tea'] }],
    at => ['browser_open', { url: `${at}/item?name=${encodeURIComponent('Кофе «Утро», 250 г')}`, why: 'The goods' }],
    () => ['browser_type', { target: { by: 'label', text: 'Телефон' }, value: { text: '+7 900' } }],
    () => ['browser_read', {}],
    () => ['browser_click', { target: { by: 'role', role: 'button', name: 'Купить' }, why: 'Buy it' }],
  ];
  let next = 0;
  const { chat, shops, server } = await open(context, () => {
    const call = made[next];
    next += 1;
    if (call === undefined) return { kind: 'answer', text: 'Bought [1].' };
    const [name, input] = call(origin);
    return { kind: 'answer', toolCalls: [{ id: `c${next}`, name, input }] };
  });
  const [site] = shops;
  if (site === undefined) throw new Error('There is no shop.');
  ({ origin } = site);
  const job = await chat.ok('browser.start', {
    requestKey: randomUUID(),
    sessionId: chat.sessionId,
    what: { kind: 'task', task: 'Buy a coffee.' },
  });
  const plan = await approval(chat, job.id, 'browser_plan');
  expect(JSON.parse(plan.payload ?? '')).toMatchObject({ sites: [site.host] });
  expect(site.asked).toEqual([]);
  await answer(chat, plan, 'allow');
  const buy = await approval(chat, job.id, 'browser_click');
  expect(buy.destination).toBe(`${origin}/order`);
  expect(JSON.parse(buy.payload ?? '')).toMatchObject({ item: 'Кофе «Утро», 250 г', phone: '+7 900' });
  const asked = await chat.ok('browser.view', { jobId: job.id });
  expect(asked.trace.at(-1)).toMatchObject({ outcome: null, step: 'act:5.0', screenshot: expect.any(String) });
  expect(site.orders).toEqual([]);
  await answer(chat, buy, 'allow');
  const told = await ended(chat, job.id);
  expect(told).toMatchObject({ state: 'completed', text: 'Bought [1].' });
  expect(told.citations[0]?.quote).toContain('Кофе «Утро»');
  // What was typed before the person was asked is on the page again, which a browser of its own has opened.
  expect(site.orders).toEqual(['item=Кофе «Утро», 250 г&phone=+7 900']);
  expect(server.requests).toHaveLength(made.length + 1);
});
