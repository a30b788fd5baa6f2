import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { findBrowser } from '../../src/main/app/browser/find-browsers.ts';
import { askedWords } from '../../src/shared/domain/asked-action.ts';
import { recipeFault } from '../../src/shared/domain/recipe-fault.ts';
import { askedFor, openBrowserChat, toldAtEnd } from '../support/browser-chat.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { hardPages } from '../support/sites/hard-pages.ts';
import { serveSite } from '../support/sites/local-sites.ts';

failOnLeaks();

/** These drive a real browser; a machine without one says so. */
const withBrowser = (await findBrowser()) === null ? test.skip : test;

const ask = { by: 'role', role: 'button', name: 'Ask', nth: 0 } as const;

withBrowser('a question of the page is answered with no, and with yes once the person has seen it and agreed', async context => {
  await using site = await serveSite(hardPages({ elsewhere: 'http://127.0.0.9' }), '127.0.0.8');
  const calls: readonly (readonly [string, unknown])[] = [
    ['browser_plan', { sites: [site.host], steps: ['Ask the page'] }],
    ['browser_open', { url: `${site.origin}/dialogs` }],
    ['browser_click', { target: ask, why: 'To see what it says' }],
    ['browser_click', { target: ask, dialog: 'yes', why: 'It has to go' }],
  ];
  let next = 0;
  const { chat, server } = await openBrowserChat(context, () => {
    const call = calls[next];
    next += 1;
    if (call === undefined) return { kind: 'answer', text: 'It is gone.' };
    return { kind: 'answer', toolCalls: [{ id: `c${next}`, name: call[0], input: call[1] }] };
  });
  await chat.ok('settings.set', { allowedHosts: [site.host] });
  const { id } = await chat.ok('browser.start', {
    requestKey: randomUUID(),
    sessionId: chat.sessionId,
    what: { kind: 'task', task: 'Delete it.' },
  });
  const plan = await askedFor(chat, id, 'browser_plan');
  await chat.ok('approvals.answer', { requestKey: randomUUID(), approvalId: plan.id, decision: 'allow' });
  const asked = await askedFor(chat, id, 'browser_click');
  expect(askedWords(asked, 'en')).toBe('Delete: Ask?');
  expect(JSON.parse(asked.payload ?? '')).toEqual({ question: 'Delete it all?', answer: 'yes' });
  expect(JSON.stringify(server.requests.at(-1)?.body)).toContain('dialog_open: The page asked “Delete it all?”');
  await chat.ok('approvals.answer', { requestKey: randomUUID(), approvalId: asked.id, decision: 'allow' });
  expect(await toldAtEnd(chat, id)).toMatchObject({ state: 'completed', text: 'It is gone.' });
  const { trace } = await chat.ok('browser.view', { jobId: id });
  expect(trace.filter(({ action }) => action.do === 'click').map(({ outcome, told }) => [outcome, told.split('\n')[0]])).toEqual([
    ['dialog_open', 'Delete it all?'],
    ['done', expect.stringContaining('answered with “yes”')],
  ]);
  // A recipe of it answers as the task did.
  expect((await chat.ok('browser.draftRecipe', { jobId: id, name: 'Ask' })).recipe.steps.map(({ action }) => action)).toEqual([
    { do: 'open', url: `${site.origin}/dialogs` },
    { do: 'click', target: ask, dialog: 'yes' },
  ]);
});

withBrowser('a recipe whose page asks something it has no answer to stops there and says what was asked', async context => {
  await using site = await serveSite(hardPages({ elsewhere: 'http://127.0.0.9' }), '127.0.0.8');
  const { chat } = await openBrowserChat(context);
  await chat.ok('settings.set', { allowedHosts: [site.host] });
  const run = (dialog: string | undefined) =>
    chat.ok('browser.start', {
      requestKey: randomUUID(),
      sessionId: chat.sessionId,
      what: {
        kind: 'recipe',
        recipe: {
          name: 'Ask',
          sites: [site.host],
          params: [],
          steps: [
            { action: { do: 'open' as const, url: `${site.origin}/dialogs` } },
            { action: { do: 'click' as const, target: ask, ...(dialog === undefined ? {} : { dialog }) } },
            { action: { do: 'assert' as const, that: { text: 'kept' } } },
          ],
        },
        params: {},
      },
    });
  const silent = await run(undefined);
  expect(await toldAtEnd(chat, silent.id)).toMatchObject({ state: 'failed', error: 'recipe_failed' });
  const fault = recipeFault(await chat.ok('browser.view', { jobId: silent.id }), 'ru');
  expect(fault).toMatchObject({
    number: 2,
    seen: expect.stringContaining('страница задала вопрос, и ответом было «нет»; вопрос: «Delete it all?»; страница «Dialogs»'),
    cure: expect.stringContaining('впишите в этот шаг ответ'),
  });
  const refusing = await run('нет');
  expect(await toldAtEnd(chat, refusing.id)).toMatchObject({ state: 'completed' });
});
