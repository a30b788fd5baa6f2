import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findBrowser } from '../../src/main/app/browser/find-browsers.ts';
import { createBrowserTasks } from '../../src/main/store/browser-tasks.ts';
import { openConnection } from '../../src/main/store/connection.ts';
import type { JobId } from '../../src/shared/domain/ids.ts';
import { recipeFault } from '../../src/shared/domain/recipe-fault.ts';
import { failureLimit, stepLimit, stillLimit, workLimitMs } from '../../src/workers/browser/task-limits.ts';
import { askedFor, goodsOfShop, openBrowserChat, toldAtEnd } from '../support/browser-chat.ts';
import { failOnLeaks } from '../support/leaks.ts';

failOnLeaks();

/** These drive a real browser; a machine without one says so. */
const withBrowser = (await findBrowser()) === null ? test.skip : test;

function addWorkedTime(dataDir: string, job: JobId, ms: number): void {
  const db = openConnection(join(dataDir, 'konspekt.db'));
  createBrowserTasks(db).addWorked(job, ms);
  db.close();
}

withBrowser('an agent whose actions fail in a row is stopped: the chat and the trace say why, and its table is there', async context => {
  let origin = '';
  const misses = Array.from({ length: failureLimit + 2 }, (_, at): [string, unknown] => [
    'browser_click',
    { ref: `e90${at}`, why: 'The next page' },
  ]);
  const calls = (at: string): readonly (readonly [string, unknown])[] => [
    ['browser_plan', { sites: [new URL(at).host], steps: ['Read the shop'] }],
    ['browser_open', { url: `${at}/search?q=`, why: 'The shop' }],
    ['browser_extract', { schema: goodsOfShop }],
    ...misses,
  ];
  let next = 0;
  const { chat, shops } = await openBrowserChat(context, () => {
    const call = calls(origin)[next];
    next += 1;
    if (call === undefined) return { kind: 'answer', text: 'Half of it.' };
    const [name, input] = call;
    return { kind: 'answer', toolCalls: [{ id: `c${next}`, name, input }] };
  });
  const [site] = shops;
  if (site === undefined) throw new Error('There is no shop.');
  ({ origin } = site);
  const job = await chat.ok('browser.start', {
    requestKey: randomUUID(),
    sessionId: chat.sessionId,
    what: { kind: 'task', task: 'Read all goods.' },
  });
  const plan = await askedFor(chat, job.id, 'browser_plan');
  await chat.ok('approvals.answer', { requestKey: randomUUID(), approvalId: plan.id, decision: 'allow' });
  const told = await toldAtEnd(chat, job.id);
  expect(told).toMatchObject({ state: 'completed', error: null });
  const sentence = `The browser was stopped: ${failureLimit} actions in a row failed. What was gathered until then is kept.`;
  expect(told.text).toMatch(/^Half of it\.\n\nThe browser was stopped: /u);
  expect(told.text).toContain(sentence);
  expect(told.text).toContain('start a new task');
  const { trace } = await chat.ok('browser.view', { jobId: job.id });
  // The first action that was refused says so, and those after it add nothing.
  expect(trace.slice(-failureLimit - 1).map(({ outcome }) => outcome)).toEqual([
    ...Array.from({ length: failureLimit }, () => 'stale_ref'),
    'limit_failures',
  ]);
  expect(trace.at(-1)?.told).toContain(sentence);
  expect((await chat.ok('browser.tables', { jobId: job.id })).tables[0]?.rows.length).toBeGreaterThan(0);
});

withBrowser('a recipe that gets nowhere stops at its limit, says so at its step, and keeps what it has read', async context => {
  const { chat, shops } = await openBrowserChat(context);
  const [site] = shops;
  if (site === undefined) throw new Error('There is no shop.');
  const recipe = {
    name: 'Down and down',
    sites: [site.host],
    params: [],
    steps: [
      { action: { do: 'open' as const, url: `${site.origin}/search?q=` } },
      { action: { do: 'extract' as const, schema: goodsOfShop } },
      ...Array.from({ length: stillLimit + 3 }, () => ({ action: { do: 'screenshot' as const } })),
    ],
  };
  const job = await chat.ok('browser.start', {
    requestKey: randomUUID(),
    sessionId: chat.sessionId,
    what: { kind: 'recipe', recipe, params: {} },
  });
  expect(await toldAtEnd(chat, job.id)).toMatchObject({ state: 'failed', error: 'recipe_failed' });
  const view = await chat.ok('browser.view', { jobId: job.id });
  // The first picture is a change; the limit's number of others is not.
  expect(recipeFault(view, 'en')).toMatchObject({
    number: 2 + 1 + stillLimit + 1,
    seen: expect.stringContaining('too many actions in a row changed nothing'),
    cure: expect.stringContaining('What was gathered is kept. Split the recipe'),
  });
  expect(recipeFault(view, 'ru')).toMatchObject({ cure: expect.stringContaining('Собранное сохранено') });
  expect((await chat.ok('browser.tables', { jobId: job.id })).tables[0]?.rows.length).toBeGreaterThan(0);
  expect((await chat.job(job.id, ({ finishedAtMs }) => finishedAtMs !== null)).error?.message).not.toContain('Answer with');
});

withBrowser('a recipe of more steps than a task may do stops at the last it may, and keeps what it has read', async context => {
  const { chat, shops } = await openBrowserChat(context);
  const [site] = shops;
  if (site === undefined) throw new Error('There is no shop.');
  // Each looks for something else, so that the page says something else each time.
  const looks = Array.from({ length: stepLimit }, (_, at) => ({ action: { do: 'find' as const, text: `nothing ${at}` } }));
  const recipe = {
    name: 'On and on',
    sites: [site.host],
    params: [],
    steps: [
      { action: { do: 'open' as const, url: `${site.origin}/search?q=` } },
      { action: { do: 'extract' as const, schema: goodsOfShop } },
      ...looks,
    ],
  };
  const job = await chat.ok('browser.start', {
    requestKey: randomUUID(),
    sessionId: chat.sessionId,
    what: { kind: 'recipe', recipe, params: {} },
  });
  expect(await toldAtEnd(chat, job.id)).toMatchObject({ state: 'failed', error: 'recipe_failed' });
  const view = await chat.ok('browser.view', { jobId: job.id });
  expect(recipeFault(view, 'en')).toMatchObject({
    number: stepLimit + 1,
    seen: expect.stringContaining('the most steps of one task were done'),
    cure: expect.stringContaining('What was gathered is kept.'),
  });
  expect((await chat.ok('browser.tables', { jobId: job.id })).tables[0]?.rows.length).toBeGreaterThan(0);
});

withBrowser('an agent that has worked as long as a task may does nothing more in its browser, and says why', async context => {
  let origin = '';
  const calls = (at: string): readonly (readonly [string, unknown])[] => [
    ['browser_plan', { sites: [new URL(at).host], steps: ['Read the shop'] }],
    ['browser_open', { url: `${at}/search?q=`, why: 'The shop' }],
  ];
  let next = 0;
  const { chat, shops, dataDir } = await openBrowserChat(context, () => {
    const call = calls(origin)[next];
    next += 1;
    if (call === undefined) return { kind: 'answer', text: 'There was no time.' };
    const [name, input] = call;
    return { kind: 'answer', toolCalls: [{ id: `c${next}`, name, input }] };
  });
  const [site] = shops;
  if (site === undefined) throw new Error('There is no shop.');
  ({ origin } = site);
  const job = await chat.ok('browser.start', {
    requestKey: randomUUID(),
    sessionId: chat.sessionId,
    what: { kind: 'task', task: 'Read all goods.' },
  });
  const plan = await askedFor(chat, job.id, 'browser_plan');
  // As after attempts that took all of it but this one.
  addWorkedTime(dataDir, job.id, workLimitMs);
  await chat.ok('approvals.answer', { requestKey: randomUUID(), approvalId: plan.id, decision: 'allow' });
  const told = await toldAtEnd(chat, job.id);
  expect(told).toMatchObject({ state: 'completed', error: null });
  expect(told.text).toContain('There was no time.');
  expect(told.text).toContain('the task has worked for 30 minutes, the most it may');
  expect((await chat.ok('browser.view', { jobId: job.id })).trace.map(({ outcome }) => outcome)).toEqual(['limit_time']);
  expect(site.asked).toEqual([]);
});
