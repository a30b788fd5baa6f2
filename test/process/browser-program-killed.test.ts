import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findBrowser } from '../../src/main/app/browser/find-browsers.ts';
import type { Client } from '../../src/shared/contract/client.ts';
import type { Recipe } from '../../src/shared/domain/browser.ts';
import type { JobId } from '../../src/shared/domain/ids.ts';
import type { JobView } from '../../src/shared/domain/job.ts';
import { findProcess } from '../../src/system/process-table.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { startBuilt, value } from '../support/program/running-program.ts';
import { serveSite } from '../support/sites/local-sites.ts';
import { shop, teaShops } from '../support/sites/shops.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

/** These drive a real browser, and find its processes as Linux tells of them; a machine without either says so. */
const withBrowser = process.platform === 'linux' && (await findBrowser()) !== null ? test : test.skip;

/** Milliseconds after a restart in which the browser of the program that is gone has to be gone, too. */
const gone = { timeout: 5_000 };

/** Where the program is killed: at the first request for a page of this path, or while it asks. */
const points = {
  'a page is opened': '/item',
  'a person is asked': null,
  'an order is sent': '/order',
} as const;

withBrowser.each(Object.entries(points))(
  'the program is killed while %s: its browser goes with it, and nothing is sent twice',
  async (_, path) => {
    const folder = tempFolder();
    await using stack = new AsyncDisposableStack();
    stack.defer(folder.remove);
    const arrived = Promise.withResolvers<void>();
    let isHeld = path !== null;
    const inner = shop('Чайная лавка', teaShops['Чайная лавка'] ?? []);
    const site = stack.use(
      await serveSite({
        orders: inner.orders,
        answer(url, body) {
          const answered = inner.answer(url, body);
          if (!isHeld || url.pathname !== path) return answered;
          isHeld = false;
          arrived.resolve();
          // It has come, and nobody is told.
          return () => undefined;
        },
      }),
    );
    const dataDir = join(folder.path, 'data');
    const first = await startBuilt(dataDir);
    value(await first.client.call('settings.set', { allowedHosts: [site.host] }));
    const { id: sessionId } = value(await first.client.call('sessions.create', { requestKey: randomUUID() }));
    const recipe: Recipe = {
      name: 'Buy',
      sites: [site.host],
      params: [],
      steps: [
        { action: { do: 'open', url: `${site.origin}/item?name=${encodeURIComponent('Кофе «Утро», 250 г')}` }, why: '' },
        { action: { do: 'type', target: { by: 'label', text: 'Телефон' }, value: { text: '1' } }, why: '' },
        { action: { do: 'click', target: { by: 'role', role: 'button', name: 'Купить', nth: 0 } }, why: '' },
      ],
    };
    const what = { kind: 'recipe' as const, recipe, params: {} };
    const { id } = value(await first.client.call('browser.start', { requestKey: randomUUID(), sessionId, what }));
    if (path === '/item') await arrived.promise;
    else {
      await asked(first.client, id);
      if (path !== null) await allow(first.client, id).then(() => arrived.promise);
    }
    const before = await findProcess(dataDir);
    await first.kill();

    const second = await startBuilt(dataDir);
    // The old one is gone; what runs now is the new program's own.
    await expect.poll(async () => (await findProcess(dataDir))?.pid !== before?.pid || before === null, gone).toBe(true);
    if (path === '/order') {
      // Nobody but the person can tell what became of it.
      const job = await until(second.client, id, ({ undecided }) => undecided > 0);
      expect(job.state).toBe('waiting');
      value(await second.client.call('jobs.decide', { jobId: id, step: 'act:3.0', decision: 'done' }));
    } else {
      await asked(second.client, id);
      await allow(second.client, id);
    }
    await until(second.client, id, ({ state }) => state === 'done');
    expect(site.orders).toEqual(['item=Кофе «Утро», 250 г&phone=1']);
    expect(await second.stop()).toBe(0);
    await expect.poll(() => findProcess(dataDir), gone).toBeNull();
  },
  180_000,
);

async function until(client: Client, id: JobId, fits: (job: JobView) => boolean): Promise<JobView> {
  const found = Promise.withResolvers<JobView>();
  const take = (jobs: readonly JobView[]): void => {
    const job = jobs.find(each => each.id === id);
    if (job !== undefined && fits(job)) found.resolve(job);
  };
  const stop = client.onEvent('jobs.changed', ({ jobs }) => {
    take(jobs);
  });
  take(value(await client.call('jobs.now', { jobIds: [id] })).jobs);
  return found.promise.finally(stop);
}

async function openQuestion(client: Client, id: JobId) {
  const { approvals } = value(await client.call('approvals.list', { jobId: id }));
  return approvals.find(each => each.tool === 'browser_click' && each.answered === null && !each.isClosed);
}

async function asked(client: Client, id: JobId): Promise<void> {
  await until(client, id, ({ state }) => state === 'waiting');
  await expect.poll(async () => (await openQuestion(client, id)) !== undefined).toBe(true);
}

async function allow(client: Client, id: JobId): Promise<void> {
  const question = await openQuestion(client, id);
  if (question === undefined) throw new Error('Nothing is asked.');
  value(await client.call('approvals.answer', { requestKey: randomUUID(), approvalId: question.id, decision: 'allow' }));
}
