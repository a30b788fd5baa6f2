import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CallOutput } from '../../shared/contract/contract.ts';
import type { ChannelState } from '../../shared/contract/channel.ts';
import type { Status } from '../../shared/contract/app.ts';
import type { JobKindName } from '../../shared/domain/job.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import type { Client } from '../../shared/contract/client.ts';
import type { Language } from '../../shared/domain/language.ts';
import { chooseLanguage, type Speech } from '../i18n/format.ts';

type Opening = CallOutput<'app.open'>;

export interface AppState {
  /** `connecting` until the first answer of main; `lost` and `gone` keep everything that is on the screen. */
  readonly connection: 'connecting' | ChannelState;
  /** Why the opening failed, as an error code. */
  readonly failure: string | null;
  readonly opening: Opening | null;
  readonly settings: Settings | null;
  readonly status: Status | null;
  readonly speech: Speech;
  /** The language that is wanted and whose sentences could not be loaded; null while what is wanted is spoken. */
  readonly unspoken: Language | null;
  /** What happened while no window was there; null once dismissed or when nothing did. */
  readonly away: Pick<Opening, 'away' | 'notices'> | null;
}

export interface AppStore extends StoreApi<AppState> {
  open(): Promise<boolean>;
  saveSettings(patch: Partial<Settings>): Promise<string | null>;
  setPaused(paused: boolean): Promise<string | null>;
  /** Of one kind; what runs goes on. */
  setKindPaused(kind: JobKindName, paused: boolean): Promise<string | null>;
  dismissAway(): void;
}

function happened(opening: Opening): boolean {
  const { finished, failed, needsYou } = opening.away;
  return finished + failed + needsYou > 0 || opening.notices.length > 0;
}

export interface Speaking {
  /** What the window's own surroundings speak. */
  readonly fallbackLocale: string;
  /** Of that language: spoken before main has answered. */
  readonly speech: Speech;
  readonly speak: (language: Language) => Promise<Speech>;
}

/** Settings, status and the language. */
export function createAppStore(client: Client, { fallbackLocale, speech: firstSpeech, speak }: Speaking): AppStore {
  const store = createStore<AppState>(() => ({
    connection: 'connecting',
    failure: null,
    opening: null,
    settings: null,
    status: null,
    speech: firstSpeech,
    unspoken: null,
    away: null,
  }));
  // These events carry the whole state, so the newest wins and a gap loses nothing.
  let settingsRevision = -1;
  let statusRevision = -1;
  let opened = false;

  // The window of a program without one of its own is a browser, which speaks the person's language wherever the program runs.
  const languageOf = (settings: Settings, opening: Opening | null): Language =>
    chooseLanguage(settings.language, opening?.host === 'desktop' ? opening.systemLocale : fallbackLocale);

  /** Resolves when the window speaks the language of these settings, or of newer ones that came meanwhile. */
  async function takeSettings(settings: Settings): Promise<void> {
    store.setState({ settings });
    const speech = await speechOf(languageOf(settings, store.getState().opening));
    if (store.getState().settings === settings) store.setState({ speech });
  }

  /** What is spoken goes on where the sentences of another language cannot be loaded. */
  async function speechOf(language: Language): Promise<Speech> {
    const { speech } = store.getState();
    if (speech.language === language) return speech;
    try {
      const wanted = await speak(language);
      store.setState({ unspoken: null });
      return wanted;
    } catch {
      store.setState({ unspoken: language });
      return speech;
    }
  }

  client.onEvent('settings.changed', event => {
    if (event.revision <= settingsRevision) return;
    settingsRevision = event.revision;
    void takeSettings(event.settings);
  });
  client.onEvent('status.changed', event => {
    if (event.revision <= statusRevision) return;
    statusRevision = event.revision;
    store.setState({ status: event.status });
  });

  async function open(): Promise<boolean> {
    const result = await client.call('app.open', { locale: fallbackLocale });
    if (!result.ok) {
      store.setState({
        connection: result.error.code === 'disconnected' && store.getState().connection !== 'gone' ? 'lost' : store.getState().connection,
        failure: result.error.code,
      });
      return false;
    }
    settingsRevision = -1;
    statusRevision = -1;
    const opening = result.value;
    /** What has come while sentences were being loaded is newer than the answer. */
    const newest = () => ({
      settings: (settingsRevision === -1 ? null : store.getState().settings) ?? opening.settings,
      status: (statusRevision === -1 ? null : store.getState().status) ?? opening.status,
    });
    // Before anything is shown, so that it is shown in one language.
    let { settings } = newest();
    let speech = await speechOf(languageOf(settings, opening));
    while (newest().settings !== settings) {
      ({ settings } = newest());
      speech = await speechOf(languageOf(settings, opening));
    }
    store.setState({
      connection: 'open',
      failure: null,
      opening,
      speech,
      ...newest(),
      // A reconnection is no absence: what happened meanwhile is on the screen already.
      ...(opened ? {} : { away: happened(opening) ? { away: opening.away, notices: opening.notices } : null }),
    });
    opened = true;
    return true;
  }

  client.onState(state => {
    // Open again is what main's first answer says.
    if (state !== 'open') store.setState({ connection: state });
  });

  return {
    ...store,
    open,
    async saveSettings(patch) {
      const result = await client.call('settings.set', patch);
      if (!result.ok) return result.error.code;
      await takeSettings(result.value);
      return null;
    },
    async setPaused(paused) {
      const result = await client.call('app.setPaused', { paused });
      if (!result.ok) return result.error.code;
      store.setState({ status: result.value });
      return null;
    },
    async setKindPaused(kind, paused) {
      const result = await client.call('jobs.setKindPaused', { kind, paused });
      if (!result.ok) return result.error.code;
      const { status } = store.getState();
      if (status) store.setState({ status: { ...status, pausedKinds: result.value.pausedKinds } });
      return null;
    },
    dismissAway: () => store.setState({ away: null }),
  };
}
