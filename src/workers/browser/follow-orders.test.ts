import { expect, test } from 'vitest';
import type { HostCallOutput } from '../../shared/contract/worker/host-calls.ts';
import type { BrowserSession } from './browser-session.ts';
import { followOrders } from './follow-orders.ts';

type Orders = HostCallOutput<'browser.orders'>;
const free: Orders = { version: 1, holder: 'task', isPaused: false, events: [], looks: false };

/** A task whose person orders what the test says, on a clock of the test's. */
function follow() {
  let nowMs = 0;
  const over = new AbortController();
  const calls: { readonly resolve: (orders: Orders) => void }[] = [];
  let called = Promise.withResolvers<void>();
  const session: Pick<BrowserSession, 'hold' | 'tabs'> = { hold: () => undefined, tabs: () => Promise.resolve([]) };
  const orders = followOrders(
    session as BrowserSession,
    {
      // The only call here is for orders: nobody looks.
      hostCall: (() => {
        const { promise, resolve } = Promise.withResolvers<Orders>();
        calls.push({ resolve });
        called.resolve();
        return promise;
      }) as never,
      signal: over.signal,
      log: () => undefined,
    },
    () => Promise.resolve(),
    () => nowMs,
  );
  return {
    orders,
    pass(ms: number) {
      nowMs += ms;
    },
    /** Resolves once the task has taken the order and asks for the next one. */
    async order(next: Partial<Orders>) {
      await called.promise;
      called = Promise.withResolvers();
      calls.at(-1)?.resolve({ ...free, version: calls.length, ...next });
      await called.promise;
    },
    over,
  };
}

test('only what the task itself works counts: neither what a person holds nor a pause', async () => {
  const { orders, pass, order, over } = follow();
  pass(1_000);
  await order({ holder: 'person' });
  pass(60_000);
  expect(orders.workedMs()).toBe(1_000);
  expect(orders.takeWorked()).toBe(1_000);
  await order({ holder: 'task', isPaused: true });
  pass(60_000);
  expect(orders.takeWorked()).toBe(0);
  await order({ holder: 'task' });
  pass(500);
  expect(orders.takeWorked()).toBe(500);
  expect([orders.takeWorked(), orders.workedMs()]).toEqual([0, 1_500]);
  over.abort();
  await orders.stop();
});

test('a task whose person has the page waits until it is given back', async () => {
  const { orders, order, over } = follow();
  await order({ holder: 'person' });
  let went = false;
  const going = orders.whenFree().then(() => {
    went = true;
  });
  await order({ holder: 'person', isPaused: true });
  expect(went).toBe(false);
  await order({ holder: 'task' });
  await going;
  expect(went).toBe(true);
  over.abort();
  await orders.stop();
});
