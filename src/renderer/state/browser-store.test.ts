import { expect, test } from 'vitest';
import type { BrowserTraceEntry } from '../../shared/domain/browser.ts';
import { openWindow, settle } from '../../../test/support/open-window.ts';

async function openBrowsing() {
  const window = await openWindow();
  const job = window.browsing.atWork();
  await settle();
  const asked = (route: string) => window.backend.calls.filter(call => call.route === route).length;
  return { ...window, job, store: window.services.browser, asked };
}

test('a task is read while somebody looks at it, and pictures are asked for by nobody else', async () => {
  const { backend, job, store, asked } = await openBrowsing();
  expect([asked('browser.view'), asked('browser.frame'), asked('browser.screenshot')]).toEqual([0, 0, 0]);
  const leave = store.watch(job.id);
  const leaveAgain = store.watch(job.id);
  await settle();
  const first = store.getState().views.get(job.id)?.trace[0];
  expect(first?.action.do).toBe('open');
  const reads = asked('browser.view');

  leave();
  const entry: BrowserTraceEntry = { ...backend.browser.viewOf(job.id).trace[0], step: 'page:9' } as BrowserTraceEntry;
  backend.browser.trace(job.id, entry);
  await settle();
  expect(store.getState().views.get(job.id)?.trace.at(-1)?.step).toBe('page:9');

  leaveAgain();
  const before = asked('browser.view');
  expect(before).toBeGreaterThan(reads);
  backend.browser.trace(job.id, { ...entry, step: 'page:10' });
  await settle();
  expect(asked('browser.view')).toBe(before);
  expect(asked('browser.frame')).toBe(0);
});

test('many changes at once are read once more, and the last one is seen', async () => {
  const { backend, job, store, asked } = await openBrowsing();
  store.watch(job.id);
  await settle();
  const before = asked('browser.view');
  backend.hold('browser.view');
  const view = backend.browser.viewOf(job.id);
  for (const holder of ['person', 'task', 'person'] as const) backend.browser.put({ ...view, holder });
  await settle();
  backend.release();
  await settle();
  expect(store.getState().views.get(job.id)?.holder).toBe('person');
  expect(asked('browser.view') - before).toBe(2);
});

test('a person takes over, and is told when the task has the mouse again', async () => {
  const { backend, job, store } = await openBrowsing();
  store.watch(job.id);
  expect(await store.hold(job.id, 'person', false)).toBeNull();
  expect(store.getState().views.get(job.id)?.holder).toBe('person');
  const move = { type: 'mouse', what: 'move', x: 1, y: 2, button: 'left' } as const;
  expect(await store.input(job.id, [move])).toBeNull();
  expect(backend.browser.inputs).toEqual([{ jobId: job.id, events: [move] }]);

  backend.browser.put({ ...backend.browser.viewOf(job.id), holder: 'task' });
  expect(await store.input(job.id, [move])).toBe('not_holding');
  await settle();
  expect(store.getState().views.get(job.id)?.holder).toBe('task');
});

test('each picture of the trace is asked for once', async () => {
  const { job, store, asked } = await openBrowsing();
  const [one, two] = await Promise.all([store.screenshot(job.id, 'ab'.repeat(32)), store.screenshot(job.id, 'ab'.repeat(32))]);
  expect(one).toMatch(/^data:image\/jpeg;base64,/u);
  expect(two).toBe(one);
  expect(asked('browser.screenshot')).toBe(1);
});

test('a finished task is kept as a recipe, and one that is kept is removed', async () => {
  const { job, store } = await openBrowsing();
  const draft = await store.draftRecipe(job.id, 'Prices');
  if (!draft.ok) throw new Error(draft.code);
  const saved = await store.saveRecipe(draft.value.recipe, crypto.randomUUID());
  expect(saved).toMatchObject({ ok: true, value: { recipe: { name: 'Prices' } } });
  expect(store.getState().recipes?.map(({ recipe }) => recipe.name)).toEqual(['Prices']);
  expect(await store.removeRecipe(saved.ok ? saved.value.id : '')).toBeNull();
  expect(store.getState().recipes).toEqual([]);
});
