import { randomUUID } from 'node:crypto';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findBrowser } from '../../src/main/app/browser/find-browsers.ts';
import type { Recipe } from '../../src/shared/domain/browser.ts';
import { recipeFault } from '../../src/shared/domain/recipe-fault.ts';
import { offeredParams, withParams } from '../../src/shared/domain/recipe-params.ts';
import { openAnsweringChat, type AnsweringChat } from '../support/answering-chat.ts';
import { askedFor, goodsOfShop, openBrowserChat, toldAtEnd } from '../support/browser-chat.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { letADayPass } from '../support/let-a-day-pass.ts';
import { runCommand } from '../support/program/command.ts';
import { serveSite } from '../support/sites/local-sites.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

/** These drive a real browser; a machine without one says so. */
const withBrowser = (await findBrowser()) === null ? test.skip : test;

/** A host whose window nobody looks at. */
const unseen = { isLookedAt: () => false, test: () => Promise.resolve('shown' as const) };

const startRecipe = (chat: AnsweringChat, recipe: Recipe, params: Readonly<Record<string, string>> = {}) =>
  chat.ok('browser.start', {
    requestKey: randomUUID(),
    sessionId: chat.sessionId,
    what: { kind: 'recipe', recipe, params: { ...params } },
  });
const save = (chat: AnsweringChat, recipe: Recipe, id: string | null = null) =>
  chat.ok('browser.saveRecipe', { requestKey: randomUUID(), id, recipe });

withBrowser('a run of an agent is kept with its words as parameters, and done again without a model with another one', async context => {
  let origin = '';
  const calls: ((at: string) => readonly [string, unknown])[] = [
    at => ['browser_plan', { sites: [new URL(at).host], steps: ['Open the shop', 'Look for coffee'] }],
    at => ['browser_open', { url: `${at}/`, why: 'The shop' }],
    () => ['browser_type', { target: { by: 'label', text: 'Поиск' }, value: { text: 'кофе' }, why: 'What is wanted' }],
    () => ['browser_click', { target: { by: 'role', role: 'button', name: 'Найти' }, why: 'Look for it' }],
    () => ['browser_extract', { schema: goodsOfShop }],
  ];
  let next = 0;
  const { chat, shops, server, dataDir } = await openBrowserChat(context, () => {
    const call = calls[next];
    next += 1;
    if (call === undefined) return { kind: 'answer', text: 'Found.' };
    const [name, input] = call(origin);
    return { kind: 'answer', toolCalls: [{ id: `c${next}`, name, input }] };
  });
  const [site] = shops;
  if (site === undefined) throw new Error('There is no shop.');
  ({ origin } = site);
  const run = await chat.ok('browser.start', {
    requestKey: randomUUID(),
    sessionId: chat.sessionId,
    what: { kind: 'task', task: 'Find coffee.' },
  });
  const plan = await askedFor(chat, run.id, 'browser_plan');
  await chat.ok('approvals.answer', { requestKey: randomUUID(), approvalId: plan.id, decision: 'allow' });
  expect(await toldAtEnd(chat, run.id)).toMatchObject({ state: 'completed' });

  const { recipe, lost } = await chat.ok('browser.draftRecipe', { jobId: run.id, name: 'Find goods' });
  expect(lost).toBe(0);
  const offered = offeredParams(recipe).filter(({ isLikely }) => isLikely);
  expect(offered).toEqual([{ name: 'поиск', value: 'кофе', isLikely: true }]);
  const { recipe: kept } = await save(chat, withParams(recipe, [{ name: 'what', value: 'кофе' }]));
  expect(kept.params).toEqual([{ name: 'what', default: 'кофе' }]);

  const asked = server.requests.length;
  const namesFor = async (params: Readonly<Record<string, string>>) => {
    const job = await startRecipe(chat, kept, params);
    expect(await toldAtEnd(chat, job.id)).toMatchObject({ state: 'completed', error: null });
    const { tables } = await chat.ok('browser.tables', { jobId: job.id });
    return tables.flatMap(({ rows }) => rows.map(({ name }) => name));
  };
  expect(await namesFor({})).toEqual(['Кофе «Утро», 250 г']);
  expect(await namesFor({ what: 'мёд' })).toEqual(['Мёд липовый, 500 г']);
  expect(server.requests).toHaveLength(asked);
  await chat.program.close();

  const konspekt = (...args: readonly string[]) => runCommand(['browser', ...args], { dataDir });
  const table = await konspekt('tables', run.id, '--format', 'csv', '--table', '1');
  expect(table).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\uFEFF?name,price\r?\n"?Кофе «Утро», 250 г"?,890\r?\n$/u) });
  expect(JSON.parse((await konspekt('tables', run.id, '--format', 'json')).stdout)).toMatchObject([{ price: 890 }]);
  expect(await konspekt('tables', run.id, '--table', '2')).toMatchObject({ code: 6, stderr: expect.stringContaining('there are 1') });
  expect(await konspekt('keep', run.id, '--name', 'By hand', '--param', 'what=чай')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('кофе'),
  });
  expect(await konspekt('keep', run.id, '--name', 'By hand', '--param', 'what=кофе')).toMatchObject({
    code: 0,
    stdout: 'The recipe "By hand" was saved, steps: 4.\n  what: кофе\n',
  });
  const times = ['--cron', '0 9 * * *', '--zone', 'Europe/Berlin'];
  expect(
    await runCommand(['schedules', 'add', chat.sessionId, '--recipe', 'by hand', '--param', 'what=мёд', ...times], { dataDir }),
  ).toMatchObject({ code: 0, stdout: expect.stringContaining('Recipe: By hand') });
  // These shops are at private addresses, which nobody has allowed on this command line.
  const stopped = await konspekt('run', 'By hand');
  expect(stopped.code).toBe(4);
  expect(stopped.stderr).toContain('the recipe stopped at step 1.');
  expect(stopped.stderr).toContain(`Expected: ${origin}/ opens.`);
  expect(stopped.stderr).toContain(`Seen: the address is in your network, and is not allowed: ${site.host};`);
  expect(stopped.stderr).toContain('“Allowed addresses in your network”');
});

withBrowser('a recipe is run at its times: each run has its own result, and a question waits for the person', async context => {
  const { chat, shops, dataDir } = await openBrowserChat(context);
  const [site] = shops;
  if (site === undefined) throw new Error('There is no shop.');
  const item = `${site.origin}/item?name=${encodeURIComponent('Мёд липовый, 500 г')}`;
  const { id: recipeId, recipe } = await save(chat, {
    name: 'Order again',
    sites: [site.host],
    params: [{ name: 'what', default: null }],
    steps: [
      { action: { do: 'open', url: `${site.origin}/search?q={{what}}` }, why: '' },
      { action: { do: 'extract', schema: { ...goodsOfShop, limit: 10, fields: [{ name: 'name', css: '.name', take: 'text' }] } }, why: '' },
      { action: { do: 'open', url: item }, why: '' },
      { action: { do: 'click', target: { by: 'role', role: 'button', name: 'Купить', nth: 0 } }, why: 'Order it' },
    ],
  });
  const request = (params: Record<string, string>) => ({
    requestKey: randomUUID(),
    work: { kind: 'browser.run' as const, sessionId: chat.sessionId, recipeId, params },
    cron: '0 9 * * *',
    timeZone: 'Europe/Berlin',
  });
  expect(await chat.client.call('schedules.save', request({}))).toMatchObject({ ok: false, error: { code: 'unfit_recipe' } });
  const secret: Recipe = { ...recipe, params: [{ name: 'what', default: null, isSecret: true }] };
  await save(chat, secret, recipeId);
  expect(await chat.client.call('schedules.save', request({ what: 'x' }))).toMatchObject({
    ok: false,
    error: { code: 'recipe_asks_secret' },
  });
  await save(chat, recipe, recipeId);
  expect(await chat.ok('schedules.save', request({ what: 'мёд' }))).toMatchObject({ title: 'Order again', enabled: true });
  expect(await chat.client.call('browser.removeRecipe', { id: recipeId })).toMatchObject({ ok: false, error: { code: 'recipe_in_use' } });
  await chat.program.close();

  letADayPass(dataDir);
  const settings = { allowedHosts: shops.map(({ host }) => host) };
  const second = await openAnsweringChat(dataDir, chat.sessionId, undefined, { settings });
  context.onTestFinished(() => second.program.close());
  const shown: string[] = [];
  second.program.app.setShow({
    ...unseen,
    show: ({ title, asks }) => {
      shown.push(asks === null ? title : 'asked');
    },
  });
  const runOf = async (program: AnsweringChat) => {
    const { schedules } = await program.ok('schedules.list', {});
    return schedules[0]?.lastRun?.jobId ?? expect.fail('Nothing was started.');
  };
  const first = await runOf(second);
  const buy = await askedFor(second, first, 'browser_click');
  expect(site.orders).toEqual([]);
  await second.job(first, ({ state }) => state === 'waiting');
  await expect.poll(() => shown).toContain('asked');
  await second.program.close();

  // The next day nobody has answered: that run waits, and no second one is begun beside it.
  letADayPass(dataDir);
  const third = await openAnsweringChat(dataDir, chat.sessionId, undefined, { settings });
  context.onTestFinished(() => third.program.close());
  const told: string[] = [];
  third.program.app.setShow({
    ...unseen,
    show: ({ title }) => {
      told.push(title);
    },
  });
  expect((await third.ok('schedules.list', {})).schedules[0]?.lastRun).toMatchObject({ outcome: 'overlapped' });
  await third.ok('approvals.answer', { requestKey: randomUUID(), approvalId: buy.id, decision: 'allow' });
  expect(await toldAtEnd(third, first)).toMatchObject({ state: 'completed' });
  expect(site.orders).toHaveLength(1);
  await expect.poll(() => told).toContain('A scheduled task is done');
  expect((await third.ok('browser.tables', { jobId: first })).tables.map(({ rows }) => rows)).toEqual([[{ name: 'Мёд липовый, 500 г' }]]);
});

withBrowser('a page is given a file of a granted folder once a person has seen which, and no other file', async context => {
  const { chat, shops } = await openBrowserChat(context);
  const folder = tempFolder();
  context.onTestFinished(folder.remove);
  const granted = join(realpathSync(folder.path), 'Papers');
  mkdirSync(granted);
  writeFileSync(join(granted, 'offer.txt'), 'Forty-two jars.');
  writeFileSync(join(folder.path, 'private.txt'), 'Mine.');
  const form =
    '<title>Give</title><form method="post" enctype="multipart/form-data"><label>Offer <input type="file" name="offer"></label><button>Go on</button></form>';
  const site = await serveSite(
    { orders: [], answer: (_, body) => (body === null ? form : `<p>${body.includes('Forty-two jars.') ? 'Received' : 'Empty'}</p>`) },
    '127.0.0.9',
  );
  context.onTestFinished(() => site[Symbol.asyncDispose]());
  await chat.ok('settings.set', { allowedHosts: [site.host, ...shops.map(({ host }) => host)] });
  await chat.ok('reach.grantFolder', { path: granted, mayWrite: false });
  const giving = (path: string): Recipe => ({
    name: 'Give',
    sites: [site.host],
    params: [],
    steps: [
      { action: { do: 'open', url: `${site.origin}/` }, why: '' },
      { action: { do: 'upload', target: { by: 'label', text: 'Offer' }, path }, why: 'The offer' },
      { action: { do: 'click', target: { by: 'role', role: 'button', name: 'Go on', nth: 0 } }, why: '' },
      { action: { do: 'assert', that: { text: 'Received' } }, why: '' },
    ],
  });
  const job = await startRecipe(chat, giving('Papers/offer.txt'));
  const asked = await askedFor(chat, job.id, 'browser_upload');
  expect(asked.title).toContain('“offer.txt” (15 B)');
  expect(JSON.parse(asked.payload ?? '')).toEqual({ file: join(granted, 'offer.txt'), bytes: '15' });
  await chat.ok('approvals.answer', { requestKey: randomUUID(), approvalId: asked.id, decision: 'allow' });
  const sent = await askedFor(chat, job.id, 'browser_click');
  await chat.ok('approvals.answer', { requestKey: randomUUID(), approvalId: sent.id, decision: 'allow' });
  expect(await toldAtEnd(chat, job.id)).toMatchObject({ state: 'completed', error: null });

  const outside = await startRecipe(chat, giving(join(folder.path, 'private.txt')));
  expect(await toldAtEnd(chat, outside.id)).toMatchObject({ state: 'failed', error: 'recipe_failed' });
  expect((await chat.ok('approvals.list', { jobId: outside.id })).approvals).toEqual([]);
  const view = await chat.ok('browser.view', { jobId: outside.id });
  expect(recipeFault(view, 'en')).toMatchObject({
    number: 2,
    expected: null,
    seen: expect.stringMatching(/the file is outside the folders that you have granted: .*private\.txt; the page “Give”/u),
    cure: expect.stringContaining('Grant the folder'),
  });
});

withBrowser('a check that does not hold stops the recipe, with the page as it was and the recipe that can be mended', async context => {
  const { chat, shops } = await openBrowserChat(context);
  const [site] = shops;
  if (site === undefined) throw new Error('There is no shop.');
  const saved = await save(chat, {
    name: 'Check',
    sites: [site.host],
    params: [{ name: 'what', default: 'Какао' }],
    steps: [
      { action: { do: 'open', url: `${site.origin}/` }, why: '' },
      { action: { do: 'assert', that: { text: '{{what}}' } }, why: '' },
    ],
  });
  const { id: recipeId, recipe } = saved;
  const job = await chat.ok('browser.start', {
    requestKey: randomUUID(),
    sessionId: chat.sessionId,
    what: { kind: 'recipe', recipe, recipeId, params: {} },
  });
  expect(await toldAtEnd(chat, job.id)).toMatchObject({ state: 'failed', error: 'recipe_failed' });
  const view = await chat.ok('browser.view', { jobId: job.id });
  expect(view).toMatchObject({ recipeId });
  expect(view.trace.at(-1)).toMatchObject({ outcome: 'assertion_failed', screenshot: expect.any(String) });
  expect(recipeFault(view, 'ru')).toMatchObject({ number: 2, expected: 'на странице есть «Какао»' });
});

withBrowser('a recipe stops where it would go on with nothing, and says what was wrong', async context => {
  const { chat, shops } = await openBrowserChat(context);
  const [site] = shops;
  if (site === undefined) throw new Error('There is no shop.');
  const gone = await serveSite({ orders: [], answer: () => null }, '127.0.0.11');
  const { origin: closed, host: closedHost } = gone;
  await gone[Symbol.asyncDispose]();
  await chat.ok('settings.set', { allowedHosts: [closedHost, ...shops.map(({ host }) => host)] });
  const open = (url: string): Recipe['steps'][number] => ({ action: { do: 'open', url }, why: '' });
  const extract = (mayBeEmpty: boolean): Recipe['steps'][number] => ({
    action: {
      do: 'extract',
      schema: {
        rows: '.nothing',
        fields: [{ name: 'name', css: '.name', take: 'text' }],
        limit: 10,
        ...(mayBeEmpty ? { mayBeEmpty } : {}),
      },
    },
    why: '',
  });
  const secret: Recipe['steps'][number] = {
    action: { do: 'type', target: { by: 'label', text: 'Поиск' }, value: { secret: 'password' } },
    why: '',
  };
  const stopsOf = async (...steps: Recipe['steps']) => {
    const recipe = { name: 'Stops', sites: [site.host, closedHost], params: [], steps };
    const job = await chat.ok('browser.start', {
      requestKey: randomUUID(),
      sessionId: chat.sessionId,
      what: { kind: 'recipe', recipe, params: {} },
    });
    await toldAtEnd(chat, job.id);
    const { outcome, told } = (await chat.ok('browser.view', { jobId: job.id })).trace.at(-1) ?? {};
    return [outcome, told];
  };
  expect(await stopsOf(open(`${closed}/`))).toEqual(['unreachable', closedHost]);
  expect(await stopsOf(open(`${site.origin}/nothing`))).toEqual(['http_error', '404']);
  expect(await stopsOf(open(`${site.origin}/`), extract(false))).toEqual(['no_rows', '.nothing']);
  expect((await stopsOf(open(`${site.origin}/`), extract(true)))[0]).toBe('done');
  expect(await stopsOf(open(`${site.origin}/`), secret)).toEqual(['no_secret', 'password']);
});

withBrowser('an agent sees what there is to give to a page, in granted folders alone', async context => {
  const folder = tempFolder();
  context.onTestFinished(folder.remove);
  const granted = join(realpathSync(folder.path), 'Papers');
  mkdirSync(granted);
  writeFileSync(join(granted, 'offer.txt'), 'Forty-two jars.');
  writeFileSync(join(folder.path, 'private.txt'), 'Mine.');
  const calls: readonly (readonly [string, unknown])[] = [
    ['list_files', {}],
    ['list_files', { path: 'Papers' }],
    ['list_files', { path: folder.path }],
  ];
  let next = 0;
  const { chat, server } = await openBrowserChat(context, () => {
    const call = calls[next];
    next += 1;
    if (call === undefined) return { kind: 'answer', text: 'Seen.' };
    const [name, input] = call;
    return { kind: 'answer', toolCalls: [{ id: `c${next}`, name, input }] };
  });
  const startTask = () =>
    chat.ok('browser.start', {
      requestKey: randomUUID(),
      sessionId: chat.sessionId,
      what: { kind: 'task', task: 'Give the shop my offer.' },
    });
  await chat.ok('reach.grantFolder', { path: granted, mayWrite: false });
  expect(await toldAtEnd(chat, (await startTask()).id)).toMatchObject({ state: 'completed', text: 'Seen.' });
  const told = JSON.stringify(server.requests);
  expect(told).toContain('Papers/  reading only');
  expect(told).toContain('offer.txt  15 B');
  expect(told).not.toContain('private.txt');
});
