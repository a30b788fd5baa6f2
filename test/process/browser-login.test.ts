import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type TestContext } from 'vitest';
import { findBrowser } from '../../src/main/app/browser/find-browsers.ts';
import { dataFolder } from '../../src/main/store/data-folder.ts';
import type { ApprovalView } from '../../src/shared/domain/approval.ts';
import type { Recipe } from '../../src/shared/domain/browser.ts';
import { loginId, type JobId, type LoginId } from '../../src/shared/domain/ids.ts';
import { findProcess } from '../../src/system/process-table.ts';
import { openAnsweringChat } from '../support/answering-chat.ts';
import { killBrowserWorker } from '../support/kill-browser-worker.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { letADayPass } from '../support/let-a-day-pass.ts';
import { patienceMs } from '../support/patience.ts';
import type { Script } from '../support/scripted-models/script.ts';
import { startScriptedServer } from '../support/scripted-models/scripted-server.ts';
import { customer, serveLoginSite, sessionToken } from '../support/sites/login-site.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

/** These drive a real browser; a machine without one says so. */
const withBrowser = (await findBrowser()) === null ? test.skip : test;

async function open({ onTestFinished }: TestContext, script: Script = [{ kind: 'hang' }]) {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  const server = await startScriptedServer({ script });
  onTestFinished(() => server.close());
  const site = await serveLoginSite();
  onTestFinished(() => site[Symbol.asyncDispose]());
  const chat = await openAnsweringChat(folder.path, undefined, server.baseUrl);
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    await chat.program.close();
  };
  onTestFinished(close);
  await chat.ok('settings.set', { allowedHosts: [site.host] });
  const login = await chat.ok('browser.saveLogin', {
    requestKey: randomUUID(),
    name: 'Shop',
    sites: [`${site.origin}/account`],
    ...customer,
    acceptWeak: true,
  });
  return { server, chat, site, login, close, dataDir: folder.path };
}
type Opened = Awaited<ReturnType<typeof open>>;
type Chat = Opened['chat'];

const field = (text: string) => ({ by: 'label' as const, text });
function signIn({ host, origin }: Opened['site']): Recipe {
  return {
    name: 'Sign in',
    sites: [host],
    params: [],
    steps: [
      { action: { do: 'open', url: `${origin}/` }, why: '' },
      { action: { do: 'type', target: field('User'), value: { secret: 'user' } }, why: '' },
      { action: { do: 'type', target: field('Password'), value: { secret: 'password' } }, why: '' },
      { action: { do: 'click', target: { by: 'role', role: 'button', name: 'Sign in', nth: 0 } }, why: '' },
      { action: { do: 'assert', that: { text: 'Your account' } }, why: '' },
      { action: { do: 'open', url: `${origin}/echo` }, why: '' },
      { action: { do: 'read' }, why: '' },
    ],
  };
}
function lookAround({ host, origin }: Opened['site']): Recipe {
  return {
    name: 'Look around',
    sites: [host],
    params: [],
    steps: [
      { action: { do: 'open', url: `${origin}/account` }, why: '' },
      { action: { do: 'assert', that: { text: 'Your account' } }, why: '' },
    ],
  };
}
const start = (chat: Chat, recipe: Recipe, login: LoginId | null) =>
  chat.ok('browser.start', { requestKey: randomUUID(), sessionId: chat.sessionId, what: { kind: 'recipe', recipe, params: {} }, login });

async function asked(chat: Chat, job: JobId, tool: string): Promise<ApprovalView> {
  const found = Promise.withResolvers<ApprovalView>();
  const look = () => {
    chat.ok('approvals.list', { jobId: job }).then(({ approvals }) => {
      const open = approvals.find(each => each.tool === tool && each.answered === null && !each.isClosed);
      if (open !== undefined) found.resolve(open);
    }, found.reject);
  };
  const stop = chat.client.onEvent('approvals.changed', look);
  look();
  return found.promise.finally(stop);
}
const allow = (chat: Chat, { id }: ApprovalView) =>
  chat.ok('approvals.answer', { requestKey: randomUUID(), approvalId: id, decision: 'allow' });

/** Every file of the program, as bytes. */
function filesBelow(folder: string): { readonly path: string; readonly bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .map(path => ({ path, bytes: readFileSync(path) }));
}

function writings(secret: string): readonly string[] {
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(JSON.stringify(secret)).slice(2, -2),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('base64url'),
  ];
}
const secrets = [customer.password, customer.user, sessionToken].flatMap(writings);

/** Neither in the database nor in logs, artifacts or what browsers leave; what stands in the place of the secret is there. */
function expectNothingIn(folder: string): void {
  const files = filesBelow(folder);
  for (const { path, bytes } of files)
    for (const secret of secrets) expect(bytes.includes(secret) ? `${path}: ${secret}` : null).toBeNull();
  expect(files.some(({ bytes }) => bytes.includes('‹secret: password›'))).toBe(true);
}

withBrowser('tasks with one login run one after the other, and the second is signed in already', async context => {
  const opened = await open(context);
  const { chat, site, login, close, dataDir } = opened;
  expect(login).toMatchObject({ name: 'Shop', hosts: [site.host], hasUser: true, hasPassword: true, isLocked: false, sessionAtMs: null });
  const first = await start(chat, signIn(site), login.id);
  const yes = await asked(chat, first.id, 'browser_click');
  expect(JSON.parse(yes.payload ?? '')).toMatchObject({ user: '‹secret: user›', password: '••••' });
  const second = await start(chat, lookAround(site), login.id);
  expect(await chat.job(second.id, ({ state }) => state === 'waiting')).toMatchObject({ waitReason: 'children', stepsDone: 0 });
  expect(await chat.client.call('browser.removeLogin', { id: login.id })).toMatchObject({ ok: false, error: { code: 'login_in_use' } });
  expect(site.asked).not.toContain('/account');
  await allow(chat, yes);
  expect(await chat.job(first.id, ({ finishedAtMs }) => finishedAtMs !== null)).toMatchObject({ state: 'done' });
  expect(await chat.job(second.id, ({ finishedAtMs }) => finishedAtMs !== null)).toMatchObject({ state: 'done' });
  expect(site.signedIn).toEqual([customer.user]);
  expect((await chat.ok('browser.logins', {})).logins).toMatchObject([{ isInUse: false, sessionAtMs: expect.any(Number) }]);

  // Without the login, and with it after its session was forgotten, nobody is signed in.
  const stranger = await start(chat, lookAround(site), null);
  expect(await chat.job(stranger.id, ({ finishedAtMs }) => finishedAtMs !== null)).toMatchObject({ state: 'failed' });
  expect(await chat.ok('browser.forgetSession', { id: login.id })).toMatchObject({ sessionAtMs: null });
  const again = await start(chat, lookAround(site), login.id);
  expect(await chat.job(again.id, ({ finishedAtMs }) => finishedAtMs !== null)).toMatchObject({ state: 'failed' });
  await chat.ok('browser.removeLogin', { id: login.id });
  await close();
  expectNothingIn(dataDir);
});

withBrowser('a model signs in by names alone, and the secret is nowhere', async context => {
  let at: Opened['site'] | null = null;
  const made: ((site: Opened['site']) => readonly [string, unknown])[] = [
    ({ host }) => ['browser_plan', { sites: [host], steps: ['Sign in'] }],
    ({ origin }) => ['browser_open', { url: `${origin}/` }],
    () => ['browser_type', { target: field('User'), value: { secret: 'user' } }],
    () => ['browser_type', { target: field('Password'), value: { secret: 'password' } }],
    () => ['browser_click', { target: { by: 'role', role: 'button', name: 'Sign in' } }],
    ({ origin }) => ['browser_open', { url: `${origin}/echo` }],
    () => ['browser_read', {}],
  ];
  let next = 0;
  const { chat, site, login, server, close, dataDir } = await open(context, () => {
    const call = made[next];
    next += 1;
    if (call === undefined || at === null) return { kind: 'answer', text: 'Signed in [1].' };
    const [name, input] = call(at);
    return { kind: 'answer', toolCalls: [{ id: `c${next}`, name, input }] };
  });
  at = site;
  const job = await chat.ok('browser.start', {
    requestKey: randomUUID(),
    sessionId: chat.sessionId,
    what: { kind: 'task', task: 'Sign in to the shop.' },
    login: login.id,
  });
  await allow(chat, await asked(chat, job.id, 'browser_plan'));
  await allow(chat, await asked(chat, job.id, 'browser_click'));
  expect(await chat.job(job.id, ({ finishedAtMs }) => finishedAtMs !== null)).toMatchObject({ state: 'done' });
  expect(site.signedIn).toEqual([customer.user]);
  const told = JSON.stringify(server.requests);
  expect(told).toContain('‹secret: password›');
  // The model is told which secrets there are, and on which site.
  expect(told).toContain(`In place of text, on ${site.host}`);
  for (const secret of secrets) expect(told).not.toContain(secret);
  const shown = JSON.stringify([
    await chat.ok('browser.view', { jobId: job.id }),
    await chat.ok('messages.list', { sessionId: chat.sessionId }),
    await chat.ok('browser.logins', {}),
    await chat.ok('jobs.inspect', { jobId: job.id }),
  ]);
  for (const secret of secrets) expect(shown).not.toContain(secret);
  await close();
  expectNothingIn(dataDir);
});

withBrowser('a task that is stopped leaves its login to the next one', async context => {
  const { chat, site, login } = await open(context);
  const first = await start(chat, signIn(site), login.id);
  await asked(chat, first.id, 'browser_click');
  const second = await start(chat, lookAround(site), login.id);
  await chat.job(second.id, ({ state }) => state === 'waiting');
  await chat.ok('jobs.cancel', { jobId: first.id });
  expect(await chat.job(first.id, ({ finishedAtMs }) => finishedAtMs !== null)).toMatchObject({ state: 'cancelled' });
  // Nobody has signed in: it has had its turn, and says so.
  expect(await chat.job(second.id, ({ finishedAtMs }) => finishedAtMs !== null)).toMatchObject({ state: 'failed' });
  expect((await chat.ok('browser.logins', {})).logins).toMatchObject([{ isInUse: false }]);
  await chat.ok('browser.removeLogin', { id: login.id });
});

withBrowser('who signs in by hand and gives the page back is signed in for the next task', async context => {
  const { chat, site, login } = await open(context);
  const waits = (text: string) => ({ action: { do: 'wait' as const, for: { text } }, why: '' });
  const { id: jobId } = await start(
    chat,
    {
      name: 'By hand',
      sites: [site.host],
      params: [],
      steps: [{ action: { do: 'open', url: `${site.origin}/` }, why: '' }, waits('Your account'), waits('nowhere')],
    },
    login.id,
  );
  await expect.poll(async () => (await chat.ok('browser.view', { jobId })).trace.length, { timeout: patienceMs }).toBe(1);
  await chat.ok('browser.hold', { jobId, holder: 'person' });
  const key = (name: string) => (['down', 'up'] as const).map(what => ({ type: 'key' as const, what, key: name }));
  const text = (words: string) => ({ type: 'text' as const, text: words });
  await chat.ok('browser.input', {
    jobId,
    events: [...key('Tab'), text(customer.user), ...key('Tab'), text(customer.password), ...key('Enter')],
  });
  await expect.poll(() => site.asked, { timeout: patienceMs }).toContain('/account');
  expect((await chat.ok('browser.logins', {})).logins).toMatchObject([{ sessionAtMs: null }]);
  await chat.ok('browser.hold', { jobId, holder: 'task' });
  await expect
    .poll(async () => (await chat.ok('browser.logins', {})).logins[0]?.sessionAtMs, { timeout: patienceMs })
    .toEqual(expect.any(Number));
  await chat.ok('jobs.cancel', { jobId });
  const next = await start(chat, lookAround(site), login.id);
  expect(await chat.job(next.id, ({ finishedAtMs }) => finishedAtMs !== null)).toMatchObject({ state: 'done' });
  expect(site.signedIn).toEqual([customer.user]);
});

/** Finding the process that drives a browser needs what Linux tells of processes. */
const onLinux = process.platform === 'linux' ? withBrowser : test.skip;

const profileOf = (dataDir: string, job: JobId) => join(dataFolder(dataDir).browsers, job, 'profile');

onLinux('a worker that is killed while a form is sent with a login leaves a card, no profile, and then the login free', async context => {
  const { chat, site, login, dataDir, close } = await open(context);
  const arrived = Promise.withResolvers<void>();
  // Signed in, and nobody is told: the answer never ends.
  site.holdNext('/in', arrived.resolve);
  const { id } = await start(chat, signIn(site), login.id);
  await allow(chat, await asked(chat, id, 'browser_click'));
  await arrived.promise;
  expect(existsSync(profileOf(dataDir, id))).toBe(true);
  await killBrowserWorker(dataDir);
  const waiting = await chat.job(id, ({ undecided }) => undecided > 0);
  expect(waiting.state).toBe('waiting');
  expect(existsSync(profileOf(dataDir, id))).toBe(false);
  expect(await findProcess(dataDir)).toBeNull();
  // It goes on with the login once a person has said what became of it; nobody else has it meanwhile.
  expect((await chat.ok('browser.logins', {})).logins).toMatchObject([{ isInUse: true }]);
  await chat.ok('jobs.cancel', { jobId: id });
  await chat.job(id, ({ finishedAtMs }) => finishedAtMs !== null);
  expect((await chat.ok('browser.logins', {})).logins).toMatchObject([{ isInUse: false }]);
  const next = await start(chat, signIn(site), login.id);
  await allow(chat, await asked(chat, next.id, 'browser_click'));
  expect(await chat.job(next.id, ({ finishedAtMs }) => finishedAtMs !== null)).toMatchObject({ state: 'done' });
  await close();
  expectNothingIn(dataDir);
});

onLinux('a task whose worker is killed while it reads goes on by itself, still signed in', async context => {
  const { chat, site, login, dataDir } = await open(context);
  const first = await start(chat, signIn(site), login.id);
  await allow(chat, await asked(chat, first.id, 'browser_click'));
  expect(await chat.job(first.id, ({ finishedAtMs }) => finishedAtMs !== null)).toMatchObject({ state: 'done' });
  const arrived = Promise.withResolvers<void>();
  site.holdNext('/account', arrived.resolve);
  const { id } = await start(chat, lookAround(site), login.id);
  await arrived.promise;
  await killBrowserWorker(dataDir);
  expect(await chat.job(id, ({ finishedAtMs }) => finishedAtMs !== null)).toMatchObject({ state: 'done' });
  expect(site.signedIn).toEqual([customer.user]);
  expect(existsSync(profileOf(dataDir, id))).toBe(false);
  expect((await chat.ok('browser.logins', {})).logins).toMatchObject([{ isInUse: false }]);
});

withBrowser('a recipe is signed in with its login at its planned time', async context => {
  const { chat, site, login, dataDir, server, close } = await open(context);
  const { id: recipeId } = await chat.ok('browser.saveRecipe', { requestKey: randomUUID(), id: null, recipe: signIn(site) });
  const request = (id: LoginId) => ({
    requestKey: randomUUID(),
    work: { kind: 'browser.run' as const, sessionId: chat.sessionId, recipeId, params: {}, login: id },
    cron: '0 9 * * *',
    timeZone: 'Europe/Berlin',
  });
  const gone = loginId.parse(chat.sessionId);
  expect(await chat.client.call('schedules.save', request(gone))).toMatchObject({ ok: false, error: { code: 'not_found' } });
  expect(await chat.ok('schedules.save', request(login.id))).toMatchObject({ work: { login: login.id } });
  expect(await chat.client.call('browser.removeLogin', { id: login.id })).toMatchObject({ ok: false, error: { code: 'login_scheduled' } });
  await close();
  letADayPass(dataDir);
  const later = await openAnsweringChat(dataDir, chat.sessionId, server.baseUrl, { settings: { allowedHosts: [site.host] } });
  context.onTestFinished(() => later.program.close());
  const { schedules } = await later.ok('schedules.list', {});
  const job = schedules[0]?.lastRun?.jobId ?? expect.fail('Nothing was started.');
  await allow(later, await asked(later, job, 'browser_click'));
  expect(await later.job(job, ({ finishedAtMs }) => finishedAtMs !== null)).toMatchObject({ state: 'done' });
  expect(site.signedIn).toEqual([customer.user]);
});
