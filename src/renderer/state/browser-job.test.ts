import { expect, test } from 'vitest';
import { openWindow, settle } from '../../../test/support/open-window.ts';
import { isBrowserBusy, shownBrowserJob } from './browser-job.ts';

test('the pane shows what is at work in the open chat, else what was last, else the form', async () => {
  const { services, backend, main, demo, browsing } = await openWindow();
  const shown = (of = main.id) => shownBrowserJob(null, services.jobs.getState().byId, of);
  const isBusy = (of = main.id) => isBrowserBusy(services.jobs.getState().byId, of);
  expect([shown(), isBusy()]).toEqual([null, false]);

  const running = browsing.atWork();
  const ended = browsing.ended();
  await settle();
  expect([shown(), isBusy()]).toEqual([running.id, true]);
  expect([shown(demo.id), isBusy(demo.id)]).toEqual([null, false]);

  backend.putJob({ ...running, state: 'cancelled', finishedAtMs: backend.now() });
  await settle();
  expect([shown(), isBusy()]).toEqual([ended.id, false]);
  const { byId } = services.jobs.getState();
  expect(shownBrowserJob({ what: 'form' }, byId, main.id)).toBeNull();
  expect(shownBrowserJob({ what: 'task', jobId: running.id }, byId, demo.id)).toBe(running.id);
});

test('a task that begins elsewhere opens nothing; what the person opened is forgotten with its chat', async () => {
  const { services, demo, browsing } = await openWindow();
  browsing.atWork();
  await settle();
  expect(services.view.getState().rightOpen).toBe(false);
  services.view.showBrowser({ what: 'form' });
  expect(services.view.getState()).toMatchObject({ rightOpen: true, rightTab: 'browser', browserShown: { what: 'form' } });
  services.view.openSession(demo.id);
  expect(services.view.getState().browserShown).toBeNull();
});
