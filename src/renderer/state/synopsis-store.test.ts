import { describe, expect, test } from 'vitest';
import { createActions } from './actions.ts';
import { newestOf } from './synopsis-store.ts';
import { settle, openWindow, windowNowMs } from '../../../test/support/open-window.ts';

describe('the synopsis of the open chat', () => {
  test('sections arrive one after the other and the end is announced', async () => {
    const { services, backend, startSecond } = await openWindow();
    const second = startSecond(2);
    await settle();
    expect(services.synopsis.getState().version).toMatchObject({ number: 2, state: 'making' });
    const first = services.synopsis.getState().versions.at(-1);
    await services.synopsis.choose(first?.id ?? null);
    expect(services.synopsis.getState().version?.number).toBe(1);
    await services.synopsis.choose(null);
    backend.putVersion({ ...second, state: 'ready', finishedAtMs: windowNowMs });
    await settle();
    expect(services.synopsis.getState().version).toMatchObject({ number: 2, state: 'ready' });
    expect(services.announcer.getState().text).toBe('Конспект готов');
  });

  test('a second request joins the synopsis being made', async () => {
    const { services, startSecond, main } = await openWindow();
    startSecond(1);
    expect(await services.synopsis.request(main.id, { detail: 'full', template: 'article', language: null, engine: null })).toEqual({
      ok: true,
      value: { joined: true },
    });
  });

  test('the kind of material is the chat’s own: its newest synopsis’s, and no other chat’s', async () => {
    const { services, main } = await openWindow();
    services.view.setTemplate('meeting');
    await createActions(services).requestSynopsis();
    await settle();
    expect(services.synopsis.getState()).toMatchObject({ sessionId: main.id, version: { template: 'meeting' } });
    await createActions(services).newChat();
    await settle();
    // The choice was for the other chat; what this one's material is, is for main to see.
    expect(services.view.getState().template).toBeNull();
    expect(newestOf(services.synopsis.getState())).toBeNull();
    services.view.openSession(main.id);
    await settle();
    expect(newestOf(services.synopsis.getState())?.template).toBe('meeting');
  });
});
