import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { findBrowser } from '../../src/main/app/browser/find-browsers.ts';
import { findProcess } from '../../src/system/process-table.ts';
import type { ApprovalView } from '../../src/shared/domain/approval.ts';
import { askedFor, goodsOfShop, openBrowserChat, toldAtEnd } from '../support/browser-chat.ts';
import { killBrowserWorker } from '../support/kill-browser-worker.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { patienceMs } from '../support/patience.ts';
import { serveSite } from '../support/sites/local-sites.ts';
import { shop, teaShops } from '../support/sites/shops.ts';

failOnLeaks();

/** These drive a real browser; a machine without one says so. */
const withBrowser = (await findBrowser()) === null ? test.skip : test;

type Chat = Awaited<ReturnType<typeof openBrowserChat>>['chat'];

withBrowser('a recipe reads three shops without a model: its tables are there and its report cites them', async context => {
  const { chat, shops } = await openBrowserChat(context);
  const steps = shops.flatMap(({ origin }) => [
    { action: { do: 'open' as const, url: `${origin}/search?q={{what}}` }, why: 'Look for it' },
    { action: { do: 'extract' as const, schema: goodsOfShop } },
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
  const told = await toldAtEnd(chat, job.id);
  expect(told).toMatchObject({ state: 'completed', error: null });
  const { tables } = await chat.ok('browser.tables', { jobId: job.id });
  // One table of the three shops, which is what a comparison is.
  const northern = tables.map(({ rows }) => rows.filter(({ name }) => String(name).includes('Северный')));
  expect(northern).toMatchObject([[{ price: 349 }, { price: 319.5 }, { price: 360 }]]);
  expect(northern[0]?.map(row => String(row['Page']).split(':')[0])).toEqual(Object.keys(teaShops));
  expect(told.citations.map(({ quote }) => quote).join('\n')).toContain('349');
  const view = await chat.ok('browser.view', { jobId: job.id });
  expect(view.holder).toBe('nobody');
  expect(view.trace.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 6 }, () => 'done'));
  const shown = view.trace[0]?.screenshot;
  expect((await chat.ok('browser.screenshot', { jobId: job.id, sha256: shown ?? '' })).jpeg).toMatch(/^\/9j\//u);
  const draft = await chat.ok('browser.draftRecipe', { jobId: job.id, name: 'Again' });
  expect(draft.recipe.steps.map(({ action }) => action.do)).toEqual(['open', 'extract', 'open', 'extract', 'open', 'extract']);
});

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
  const { chat, shops, server } = await openBrowserChat(context, () => {
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
  const plan = await askedFor(chat, job.id, 'browser_plan');
  expect(JSON.parse(plan.payload ?? '')).toMatchObject({ sites: [site.host] });
  expect(site.asked).toEqual([]);
  await answer(chat, plan, 'allow');
  const buy = await askedFor(chat, job.id, 'browser_click');
  expect(buy.destination).toBe(`${origin}/order`);
  expect(JSON.parse(buy.payload ?? '')).toMatchObject({ item: 'Кофе «Утро», 250 г', phone: '+7 900' });
  const asked = await chat.ok('browser.view', { jobId: job.id });
  expect(asked.trace.at(-1)).toMatchObject({ outcome: 'asked', step: 'act:5.0', screenshot: expect.any(String) });
  expect(site.orders).toEqual([]);
  await answer(chat, buy, 'allow');
  const told = await toldAtEnd(chat, job.id);
  expect(told).toMatchObject({ state: 'completed', text: 'Bought [1].' });
  expect(told.citations[0]?.quote).toContain('Кофе «Утро»');
  // What was read is a source with the page's words; its address is where it comes from.
  const { documents } = await chat.ok('documents.list', { sessionId: chat.sessionId });
  expect(documents).toMatchObject([{ state: 'ready', format: 'markdown', origin: { kind: 'page', url: expect.stringContaining(origin) } }]);
  expect(told.citations.map(({ quote }) => quote).join(' ')).not.toContain(origin);
  // What was typed before the person was asked is on the page again, which a browser of its own has opened.
  expect(site.orders).toEqual(['item=Кофе «Утро», 250 г&phone=+7 900']);
  expect(server.requests).toHaveLength(made.length + 1);
});

withBrowser('a purchase that the person does not allow is told as not made', async context => {
  const { chat, shops } = await openBrowserChat(context);
  const [site] = shops;
  if (site === undefined) throw new Error('There is no shop.');
  const steps = [
    { action: { do: 'open', url: `${site.origin}/item?name=${encodeURIComponent('Кофе «Утро», 250 г')}` } },
    { action: { do: 'click', target: { by: 'role', role: 'button', name: 'Купить' } } },
  ] as const;
  const { id: jobId } = await chat.ok('browser.start', {
    requestKey: randomUUID(),
    sessionId: chat.sessionId,
    what: { kind: 'recipe', recipe: { name: 'Buy', sites: [site.host], steps: [...steps] }, params: {} },
  });
  await answer(chat, await askedFor(chat, jobId, 'browser_click'), 'deny');
  expect(await chat.job(jobId, ({ state }) => state === 'failed')).toMatchObject({ error: { code: 'recipe_failed' } });
  expect((await chat.ok('browser.view', { jobId })).trace.at(-1)).toMatchObject({ step: 'act:2.0', outcome: 'declined' });
  expect(site.orders).toEqual([]);
});

/** Finding the process that drives a browser needs what Linux tells of processes. */
const onLinux = process.platform === 'linux' ? withBrowser : test.skip;

onLinux('a click that a crash has cut off is not made again: a person says what became of it', async context => {
  const { chat, shops, dataDir } = await openBrowserChat(context);
  const [title, itsGoods] = Object.entries(teaShops)[0] ?? ['', []];
  const arrived = Promise.withResolvers<void>();
  const inner = shop(title, itsGoods);
  const slow = await serveSite(
    {
      orders: inner.orders,
      answer(url, body) {
        const answered = inner.answer(url, body);
        if (url.pathname !== '/order') return answered;
        arrived.resolve();
        // The order is taken, and nobody is told.
        return () => undefined;
      },
    },
    '127.0.0.9',
  );
  context.onTestFinished(() => slow[Symbol.asyncDispose]());
  await chat.ok('settings.set', { allowedHosts: [slow.host, ...shops.map(({ host }) => host)] });
  const steps = [
    { action: { do: 'open', url: `${slow.origin}/item?name=${encodeURIComponent('Кофе «Утро», 250 г')}` } },
    { action: { do: 'type', target: { by: 'label', text: 'Телефон' }, value: { text: '1' } } },
    { action: { do: 'click', target: { by: 'role', role: 'button', name: 'Купить' } } },
  ] as const;
  const recipe = { name: 'Buy', sites: [slow.host], steps: [...steps] };
  const job = await chat.ok('browser.start', {
    requestKey: randomUUID(),
    sessionId: chat.sessionId,
    what: { kind: 'recipe', recipe, params: {} },
  });
  await answer(chat, await askedFor(chat, job.id, 'browser_click'), 'allow');
  await arrived.promise;
  await killBrowserWorker(dataDir);
  const waiting = await chat.job(job.id, ({ undecided }) => undecided > 0);
  expect(waiting.state).toBe('waiting');
  const { trace } = await chat.ok('browser.view', { jobId: job.id });
  expect(trace.at(-1)).toMatchObject({ step: 'act:3.0', outcome: null, screenshot: expect.any(String) });
  await chat.ok('jobs.decide', { jobId: job.id, step: 'act:3.0', decision: 'done' });
  expect(await toldAtEnd(chat, job.id)).toMatchObject({ state: 'completed' });
  // What the person has said of it is what its line says.
  expect((await chat.ok('browser.view', { jobId: job.id })).trace.at(-1)).toMatchObject({ step: 'act:3.0', outcome: 'done' });
  expect(slow.orders).toHaveLength(1);
  expect(await findProcess(dataDir)).toBeNull();
});

withBrowser('a person takes the page over, sees it and gives it back; the task waits meanwhile', async context => {
  const { chat, shops } = await openBrowserChat(context);
  const asked = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const slow = await serveSite(
    {
      orders: [],
      answer: ({ pathname }) =>
        pathname === '/'
          ? (_, response) => {
              asked.resolve();
              void release.promise.then(() =>
                response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Here</title><input autofocus>'),
              );
            }
          : null,
    },
    '127.0.0.9',
  );
  context.onTestFinished(() => slow[Symbol.asyncDispose]());
  await chat.ok('settings.set', { allowedHosts: [slow.host, ...shops.map(({ host }) => host)] });
  const recipe = {
    name: 'Wait',
    sites: [slow.host],
    steps: [{ action: { do: 'open' as const, url: `${slow.origin}/` } }, { action: { do: 'assert' as const, that: { text: 'nowhere' } } }],
  };
  const { id: jobId } = await chat.ok('browser.start', {
    requestKey: randomUUID(),
    sessionId: chat.sessionId,
    what: { kind: 'recipe', recipe, params: {} },
  });
  const events = [{ type: 'text' as const, text: 'x' }];
  await asked.promise;
  // The page is asked for as soon as the browser is open; that it is at work is told beside that.
  await expect
    .poll(() => chat.client.call('browser.input', { jobId, events }), { timeout: patienceMs })
    .toMatchObject({ ok: false, error: { code: 'not_holding' } });
  expect(await chat.ok('browser.hold', { jobId, holder: 'person' })).toMatchObject({ holder: 'person' });
  release.resolve();
  // Each look waits some seconds for a picture.
  let frame = await chat.ok('browser.frame', { jobId, after: 0 });
  while (frame.picture === null) frame = await chat.ok('browser.frame', { jobId, after: 0 });
  expect(frame.picture.jpeg).toMatch(/^\/9j\//u);
  await chat.ok('browser.input', { jobId, events });
  // The step that follows is not begun: its place in the trace would be there.
  expect((await chat.ok('browser.view', { jobId })).trace.length).toBeLessThan(2);
  await chat.ok('browser.hold', { jobId, holder: 'task' });
  expect(await toldAtEnd(chat, jobId)).toMatchObject({ state: 'failed', error: 'recipe_failed' });
  expect((await chat.ok('browser.view', { jobId })).trace.at(-1)?.outcome).toBe('assertion_failed');
  expect(await chat.client.call('browser.frame', { jobId, after: 0 })).toMatchObject({ ok: false, error: { code: 'not_running' } });
});

withBrowser('plain words in the chat lead to a task in a browser, once its plan is allowed', async context => {
  let origin = '';
  const { chat, shops, server } = await openBrowserChat(context, ({ body }) => {
    const said = JSON.stringify(body);
    const results = said.split('"role":"tool"').length - 1;
    const call = (name: string, input: unknown) => ({ kind: 'answer' as const, toolCalls: [{ id: `c${results}`, name, input }] });
    if (said.includes('You are Konspekt')) {
      const tasks = [{ agent: 'browser', title: 'Prices of tea', task: `Read the prices at ${origin}.` }];
      return results === 0 ? call('run_in_background', { tasks }) : { kind: 'answer', text: 'It is on its way.' };
    }
    if (results === 0) return call('browser_plan', { sites: [new URL(origin).host], steps: ['Read the prices'] });
    if (results === 1) return call('browser_open', { url: `${origin}/search?q=${encodeURIComponent('чай')}`, why: 'The goods' });
    return { kind: 'answer', text: 'Seen.' };
  });
  const [site] = shops;
  if (site === undefined) throw new Error('There is no shop.');
  ({ origin } = site);
  const { answer: said } = await chat.send('Find out what the tea costs there, please?');
  const begun = await chat.until(all => all.some(({ note, jobId }) => note === 'background_started' && jobId !== null));
  const jobId = begun.find(({ note }) => note === 'background_started')?.jobId;
  if (jobId == null) throw new Error('Nothing was begun.');
  expect((await chat.ok('jobs.inspect', { jobId })).job).toMatchObject({ kind: 'browser.run', title: 'Prices of tea' });
  await answer(chat, await askedFor(chat, jobId, 'browser_plan'), 'allow');
  expect(await toldAtEnd(chat, jobId)).toMatchObject({ state: 'completed', text: 'Seen.' });
  expect(await chat.message(said.id, ({ state }) => state === 'completed')).toMatchObject({ text: 'It is on its way.' });
  expect(server.requests.length).toBe(5);
});
