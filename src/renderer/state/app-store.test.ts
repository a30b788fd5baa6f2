import { expect, test } from 'vitest';
import { createClient } from '../../shared/contract/client.ts';
import type { Language } from '../../shared/domain/language.ts';
import { createScenario } from '../../../test/support/memory-scenario.ts';
import { settle, windowNowMs } from '../../../test/support/open-window.ts';
import { speech } from '../../../test/support/speech.ts';
import type { Speech } from '../i18n/format.ts';
import { createAppStore } from './app-store.ts';

/** A window in Russian whose other sentences come when the test lets them. */
async function slowlySpeaking(language: Language) {
  const { backend } = createScenario('ru', { nowMs: windowNowMs });
  const asked: { readonly language: Language; readonly come: (speech: Speech) => void; readonly fail: (error: Error) => void }[] = [];
  const client = createClient(backend.channel);
  await client.call('settings.set', { language });
  const store = createAppStore(client, {
    fallbackLocale: 'ru',
    speech: speech.ru,
    speak: wanted => new Promise((come, fail) => void asked.push({ language: wanted, come, fail })),
  });
  return { store, client, asked };
}

test('settings that change while a language is loaded are not overwritten by the answer that asked for it', async () => {
  const { store, client, asked } = await slowlySpeaking('en');
  const opened = store.open();
  await settle();
  expect(asked.map(({ language }) => language)).toEqual(['en']);
  await client.call('settings.set', { language: 'ru', theme: 'dark' });
  await settle();
  asked[0]?.come(speech.en);
  await opened;
  expect(store.getState().settings).toMatchObject({ language: 'ru', theme: 'dark' });
  expect(store.getState().speech.language).toBe('ru');
});

test('a language that cannot be loaded is told, and the window goes on in its own', async () => {
  const { store, asked } = await slowlySpeaking('en');
  const opened = store.open();
  await settle();
  asked[0]?.fail(new TypeError('The file is gone.'));
  expect(await opened).toBe(true);
  expect(store.getState()).toMatchObject({ unspoken: 'en', speech: { language: 'ru' }, connection: 'open' });
  // Wanted once more it is loaded once more.
  void store.saveSettings({ language: 'en' });
  await settle();
  for (const { come } of asked.slice(1)) come(speech.en);
  await settle();
  expect(store.getState()).toMatchObject({ unspoken: null, speech: { language: 'en' } });
});
