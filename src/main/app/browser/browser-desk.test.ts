import { expect, test } from 'vitest';
import { jobId } from '../../../shared/domain/ids.ts';
import { createBrowserDesk } from './browser-desk.ts';

const job = jobId.parse('01920000-0000-7000-8000-000000000001');
const picture = { jpeg: '/9j/AA==', width: 10, height: 10 };
const stands = { holder: 'task' as const, tabs: [] };
const never = new AbortController().signal;

test('a picture is wanted while somebody looks, once for each that was sent', async () => {
  const desk = createBrowserDesk(() => undefined);
  const orders = desk.orders(job, { ...stands, seen: 0 }, never);
  const look = desk.look(job, 0, never);
  expect(await orders).toMatchObject({ looks: true, events: [] });
  const attempt = new AbortController();
  const next = desk.orders(job, { ...stands, seen: 0 }, attempt.signal);
  desk.framed(job, picture);
  expect(await look).toEqual({ number: 1, picture });
  // Nobody looks: the call stands until the attempt is over, and with it the browser.
  attempt.abort();
  await expect(next).rejects.toThrow('abort');
  expect(desk.stands(job)).toBeNull();
});

test('what a person did before the page was given back is not done after it', async () => {
  const desk = createBrowserDesk(() => undefined);
  const first = desk.orders(job, { ...stands, seen: 0 }, never);
  desk.hold(job, 'person', false);
  expect(await first).toMatchObject({ version: 1, holder: 'person' });
  desk.input(job, [{ type: 'text', text: 'late' }]);
  desk.hold(job, 'task', false);
  expect(await desk.orders(job, { ...stands, seen: 1 }, never)).toMatchObject({ version: 2, holder: 'task', events: [] });
});
