import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { findBrowser } from '../../src/main/app/browser/find-browsers.ts';
import type { JobId } from '../../src/shared/domain/ids.ts';
import { openBrowserChat } from '../support/browser-chat.ts';
import { failOnLeaks } from '../support/leaks.ts';

failOnLeaks();

/** These drive a real browser; a machine without one says so. */
const withBrowser = (await findBrowser()) === null ? test.skip : test;

const tasks = 20;
const browsersAllowed = 2;

withBrowser(
  'twenty tasks take turns with two browsers, and each is done once',
  async context => {
    const { chat, shops } = await openBrowserChat(context);
    const [site] = shops;
    if (site === undefined) throw new Error('There is no shop.');
    await chat.ok('settings.set', { browserCount: browsersAllowed });
    const ended = new Map<JobId, string>();
    const atWork = new Set<JobId>();
    let most = 0;
    const all = Promise.withResolvers<void>();
    chat.client.onEvent('jobs.changed', ({ jobs }) => {
      for (const { id, kind, state } of jobs) {
        if (kind !== 'browser.run') continue;
        if (state === 'running') atWork.add(id);
        else atWork.delete(id);
        if (state === 'done' || state === 'failed' || state === 'cancelled') ended.set(id, state);
      }
      most = Math.max(most, atWork.size);
      if (ended.size === tasks) all.resolve();
    });
    const recipe = (n: number) => ({
      name: `Page ${n}`,
      sites: [site.host],
      params: [],
      steps: [{ action: { do: 'open' as const, url: `${site.origin}/?task=${n}` } }, { action: { do: 'read' as const } }],
    });
    for (let n = 0; n < tasks; n += 1)
      await chat.ok('browser.start', {
        requestKey: randomUUID(),
        sessionId: chat.sessionId,
        what: { kind: 'recipe', recipe: recipe(n), params: {} },
      });
    // What is queued says what it waits for.
    await expect.poll(async () => (await chat.ok('app.status', {})).fullKinds).toContain('browser.run');
    await all.promise;
    expect(most).toBe(browsersAllowed);
    expect([...new Set(ended.values())]).toEqual(['done']);
    const opened = site.asked.filter(path => path.startsWith('/?task='));
    expect(opened.toSorted()).toEqual(Array.from({ length: tasks }, (_, n) => `/?task=${n}`).toSorted());
  },
  300_000,
);
