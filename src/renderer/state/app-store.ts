import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CallOutput } from '../../shared/contract/contract.ts';
import type { ChannelState } from '../../shared/contract/channel.ts';
import type { Status } from '../../shared/contract/app.ts';
import type { JobKindName } from '../../shared/domain/job.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import type { Client } from '../../shared/contract/client.ts';
import { chooseLanguage, speechIn, type Speech } from '../i18n/format.ts';

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

/** Settings, status and the language. `fallbackLocale` speaks before main has answered. */
export function createAppStore(client: Client, fallbackLocale: string): AppStore {
  const store = createStore<AppState>(() => ({
    connection: 'connecting',
    failure: null,
    opening: null,
    settings: null,
    status: null,
    speech: speechIn(chooseLanguage('system', fallbackLocale)),
    away: null,
  }));
  // These events carry the whole state, so the newest wins and a gap loses nothing.
  let settingsRevision = -1;
  let statusRevision = -1;
  let opened = false;

  function takeSettings(settings: Settings): void {
    const { opening } = store.getState();
    // The window of a program without one of its own is a browser, which speaks the person's language wherever the program runs.
    const language = chooseLanguage(settings.language, opening?.host === 'desktop' ? opening.systemLocale : fallbackLocale);
    const { speech } = store.getState();
    store.setState({ settings, speech: speech.language === language ? speech : speechIn(language) });
  }

  client.onEvent('settings.changed', event => {
    if (event.revision <= settingsRevision) return;
    settingsRevision = event.revision;
    takeSettings(event.settings);
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
    store.setState({
      connection: 'open',
      failure: null,
      opening,
      status: opening.status,
      // A reconnection is no absence: what happened meanwhile is on the screen already.
      ...(opened ? {} : { away: happened(opening) ? { away: opening.away, notices: opening.notices } : null }),
    });
    opened = true;
    takeSettings(opening.settings);
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
      takeSettings(result.value);
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
