// First, so that every component's own sheet comes after and wins.
import '../styles/fonts.css';
import '../styles/tokens.css';
import '../styles/contrast.css';
import '../styles/base.css';
import '../styles/print.css';
import { createRoot, type Root } from 'react-dom/client';
import type { Channel } from '../../shared/contract/channel.ts';
import { destinationOf, isMeantForProgram } from '../../shared/contract/address.ts';
import { createClient } from '../../shared/contract/client.ts';
import type { Language } from '../../shared/domain/language.ts';
import { chooseLanguage, speechIn, type Speech } from '../i18n/format.ts';
import type { Languages } from '../i18n/languages.ts';
import { createPageNotifier } from '../bridge/page-notifier.ts';
import { createActions } from '../state/actions.ts';
import { goTo } from '../state/go-to.ts';
import { createServices, type Services } from '../state/services.ts';
import type { LayoutMemory } from '../state/view-store.ts';
import { Window } from './window.tsx';
import { wire, type Attention } from './wiring.ts';

function browserMemory(key: string): LayoutMemory {
  return {
    read() {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    write(text) {
      try {
        localStorage.setItem(key, text);
      } catch {
        // A window without storage forgets its layout and works all the same.
      }
    },
  };
}

const browserAttention: Attention = {
  isVisible: () => document.visibilityState === 'visible',
  isFocused: () => document.hasFocus(),
  onChange(listener) {
    document.addEventListener('visibilitychange', listener);
    window.addEventListener('focus', listener);
    window.addEventListener('blur', listener);
    window.addEventListener('pagehide', listener);
    return () => {
      document.removeEventListener('visibilitychange', listener);
      window.removeEventListener('focus', listener);
      window.removeEventListener('blur', listener);
      window.removeEventListener('pagehide', listener);
    };
  },
};

/** Goes where the page's own address leads behind its `#`, once for each time: a page loaded anew stays where it was. */
function followHash(services: Services): void {
  const follow = (): void => {
    const written = location.hash.slice(1);
    if (!isMeantForProgram(written)) return;
    history.replaceState(null, '', location.pathname + location.search);
    void goTo(services, destinationOf(written));
  };
  window.addEventListener('hashchange', follow);
  follow();
}

/** Builds the window over a channel and puts it into `root`. Rejects when the sentences of no language can be loaded. */
export async function start(root: HTMLElement, channel: Channel, languages: Languages): Promise<Root> {
  const speak = async (language: Language): Promise<Speech> => speechIn(language, await languages[language]());
  const fallbackLocale = navigator.language;
  const wanted = chooseLanguage('system', fallbackLocale);
  // A window that speaks another language is of more use than none.
  const speech = await speak(wanted).catch(() => speak(wanted === 'ru' ? 'en' : 'ru'));
  const services = createServices({
    client: createClient(channel),
    speaking: { fallbackLocale, speech, speak },
    layout: browserMemory('konspekt.layout'),
    drafts: browserMemory('konspekt.drafts'),
    pageNotifier: createPageNotifier(),
    nextFrame: run => void requestAnimationFrame(run),
  });
  wire(services, browserAttention);
  followHash(services);
  const react = createRoot(root);
  react.render(<Window services={services} actions={createActions(services)} />);
  return react;
}
