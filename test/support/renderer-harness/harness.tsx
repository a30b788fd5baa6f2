import { z } from 'zod';
import { start } from '../../../src/renderer/app/start.tsx';
import { en } from '../../../src/renderer/i18n/en.ts';
import { languages } from '../../../src/renderer/i18n/languages.ts';
import { createScenario, type Scenario } from '../memory-scenario.ts';
import { pseudoMessages } from './pseudo-messages.ts';
import { shopPicture } from './shop-picture.ts';

declare global {
  interface Window {
    scenario: Scenario;
  }
}

// The window over a backend in memory: `?language=ru&theme=dark`, `pseudo` for the pseudo-locale. The page's own script drives it through `window.scenario`.
z.config({ jitless: true });
const query = new URLSearchParams(location.search);
// In the place of Russian: what is made up for the window to show stays Russian, so that any plain Latin word is the window's own.
const spoken = query.has('pseudo') ? { ...languages, ru: () => Promise.resolve(pseudoMessages(en)) } : languages;
const theme = query.get('theme');
window.scenario = createScenario(query.get('language') === 'en' ? 'en' : 'ru', {
  nowMs: Date.now(),
  settings: { theme: theme === 'dark' || theme === 'light' ? theme : 'system' },
});
window.scenario.backend.browser.setPicture(
  query.get('language') === 'en' ? shopPicture('The Tea Stall', 'Place the order') : shopPicture('Чайная лавка', 'Оформить заказ'),
);
if (query.has('away')) window.scenario.backend.beAway({ finished: 3, failed: 1, needsYou: 1 }, [{ code: 'resumed_jobs', count: 2 }]);
if (query.has('ollama')) window.scenario.backend.providers.findOllama();
const librarySize = Number(query.get('library'));
if (librarySize > 0) window.scenario.fillLibrary(librarySize);
const root = document.getElementById('root');
if (!root) throw new Error('The harness page has no element with the id "root".');
void start(root, window.scenario.backend.channel, spoken);
