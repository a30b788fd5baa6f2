import type { Location, Status } from '../../../shared/contract/app.ts';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import { epochMs } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import { externalLink } from '../external-link.ts';
import { setQueuePaused } from '../queue-pause.ts';
import type { SendPerson } from '../send-person.ts';
import type { WhatIsSeen } from '../what-is-seen.ts';
import type { CallContext } from './call-context.ts';

/** Jobs looked through for what ended while nobody was there. */
const awayLimit = 200;
const lastSeenKey = 'last-seen-at-ms';

export type Notice = CallOutput<'app.open'>['notices'][number];

export interface AppCallsParams {
  readonly context: CallContext;
  readonly host: 'desktop' | 'headless';
  readonly version: string;
  readonly systemLocale: string;
  /** A window of this locale has opened; null where it did not say. */
  readonly windowOpened: (locale: string | null) => void;
  readonly status: () => Status;
  readonly seen: WhatIsSeen;
  /** The person has this place before their eyes. */
  readonly lookedAt: (location: Location) => void;
  readonly sendPerson: SendPerson;
  readonly openExternal: (url: string) => void;
  readonly notices: readonly Notice[];
}

/** What has ended up to now needs no telling when a window opens again: the person was there. */
export function noteSeen(store: CallContext['store'], atMs: number): void {
  store.settingsState.set(lastSeenKey, atMs, atMs);
}

export function appCalls({
  context,
  host,
  version,
  systemLocale,
  windowOpened,
  status,
  seen,
  lookedAt,
  sendPerson,
  openExternal,
  notices,
}: AppCallsParams): HandlersOf<'app' | 'settings'> {
  const { store, jobViews, events, settings, now } = context;
  const unseenNotices = [...notices];

  function away(): { readonly finished: number; readonly failed: number; readonly needsYou: number } {
    const since = store.settingsState.get(lastSeenKey, epochMs);
    const nothing = { finished: 0, failed: 0, needsYou: jobViews.counts().needsYou };
    if (since === null || seen.hasWindow()) return nothing;
    const ended = (group: 'done' | 'failed') =>
      jobViews
        .page({ group, search: '', before: null, limit: awayLimit })
        .jobs.filter(job => job.kind === 'synopsis.make' && job.state !== 'cancelled' && (job.finishedAtMs ?? 0) > since).length;
    return { ...nothing, finished: ended('done'), failed: ended('failed') };
  }

  return {
    'app.open': ({ locale }, { kind }) => {
      windowOpened(locale ?? null);
      return {
        version,
        host,
        systemLocale,
        platform: process.platform,
        settings: settings.get(),
        status: status(),
        away: away(),
        notices: unseenNotices.splice(0),
        sentTo: kind === 'window' ? sendPerson.take() : null,
        revision: events.revision('status.changed'),
      };
    },
    'app.status': () => status(),
    'app.setPaused': ({ paused }) => {
      setQueuePaused(context, null, paused);
      return status();
    },
    'app.report': (report, caller) => {
      seen.report(caller.channelId, report, caller.signal);
      sendPerson.windowIsThere();
      if (report.visible) noteSeen(store, now());
      if (report.visible && report.focused && report.location !== null) lookedAt(report.location);
      return {};
    },
    'app.goTo': ({ location }) => {
      sendPerson.to(location);
      return {};
    },
    'app.openLink': ({ url }) => {
      const address = externalLink(url);
      if (address === null)
        throw new ExpectedError(
          'forbidden_link',
          `"${url.slice(0, 200)}" is not an address that can be opened: only http, https and mailto are.`,
        );
      openExternal(address);
      return {};
    },
    'settings.set': settingsChange => {
      const defined = Object.fromEntries(Object.entries(settingsChange).filter(([, value]) => value !== undefined));
      // How a command line asks for them: nothing is written and nobody is told.
      if (Object.keys(defined).length === 0) return settings.get();
      const next = settings.change(defined);
      events.publish('settings.changed', { settings: next });
      return next;
    },
  };
}
