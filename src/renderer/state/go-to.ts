import type { Destination, Location } from '../../shared/contract/app.ts';
import { formatAddress } from '../../shared/contract/address.ts';
import { visibleLine } from '../../shared/domain/visible-text.ts';
import type { Services } from './services.ts';

type Going = Pick<Services, 'client' | 'view' | 'synopsis' | 'documents' | 'library' | 'toasts'>;

/** Longer ones are told by their beginning; a sentence is to be read. */
const toldChars = 120;

/** Goes to a place chosen in the window or outside of it: a notification, the tray, a link. Only shows, never changes anything. */
export async function goTo(services: Going, place: Destination): Promise<void> {
  const { view } = services;
  if (place.kind === 'nowhere') return sayNothingThere(services, place.text);
  if (!(await isThere(services, place))) return sayNothingThere(services, formatAddress(place));
  await view.asOneStep(() => show(services, place));
}

function sayNothingThere({ toasts }: Going, address: string): void {
  const line = visibleLine(address);
  const told = line.length > toldChars ? `${line.slice(0, toldChars)}…` : line;
  toasts.say({ key: 'nothing-there', text: ({ t }) => t.places.nothingThere(told), tone: 'problem' });
}

/** A program that does not answer now may have it: the place itself then says what is wrong. */
async function isThere({ client }: Going, place: Location): Promise<boolean> {
  switch (place.kind) {
    case 'notices':
    case 'schedules':
    case 'settings':
    case 'library':
      return true;
    case 'job': {
      const found = await client.call('jobs.inspect', { jobId: place.jobId });
      return found.ok || found.error.code !== 'not_found';
    }
    case 'synopsis':
    case 'section': {
      const found = await client.call('synopses.open', { sessionId: place.sessionId, versionId: place.versionId });
      return found.ok ? found.value.version !== null : found.error.code !== 'not_found';
    }
    case 'passage': {
      const found = await client.call('sources.read', { snapshotHash: place.snapshotHash, from: 0, limit: 1 });
      return (found.ok || found.error.code !== 'not_found') && (await hasChat(client, place.sessionId));
    }
    case 'session':
    case 'message':
    case 'document':
      return hasChat(client, place.sessionId);
  }
}

export async function hasChat(client: Going['client'], sessionId: Extract<Location, { kind: 'session' }>['sessionId']): Promise<boolean> {
  const found = await client.call('messages.list', { sessionId, limit: 1 });
  return found.ok || found.error.code !== 'not_found';
}

async function show({ view, synopsis, documents, library }: Going, place: Location): Promise<void> {
  // One that is no dialog itself is not hidden behind one.
  if (place.kind !== 'settings' && place.kind !== 'notices' && place.kind !== 'schedules') view.setDialog(null);
  switch (place.kind) {
    case 'session':
      view.openSession(place.sessionId);
      return view.showConversation();
    case 'message':
      view.openSession(place.sessionId);
      view.showConversation();
      return view.seek({ what: 'message', sessionId: place.sessionId, messageId: place.messageId });
    case 'synopsis':
    case 'section':
      view.openSession(place.sessionId);
      await synopsis.show(place.sessionId, place.versionId);
      view.showSynopsis();
      if (place.kind === 'section') view.seek({ what: 'section', sessionId: place.sessionId, section: place.section });
      return;
    case 'document': {
      view.openSession(place.sessionId);
      await documents.show(place.sessionId);
      const snapshotHash = documents.getState().byId.get(place.documentId)?.snapshotHash ?? null;
      if (snapshotHash) view.openSource({ snapshotHash, documentId: place.documentId, range: null, missing: false });
      else view.showSources();
      return;
    }
    case 'passage': {
      const { sessionId, snapshotHash, documentId, start, end } = place;
      view.openSession(sessionId);
      return view.openSource({ snapshotHash, documentId, range: { start, end }, missing: false });
    }
    case 'job':
      return view.inspect(place.jobId);
    case 'notices':
      return view.setDialog('notices');
    case 'schedules':
      return view.openSchedules(null);
    case 'settings':
      return view.openSettings(place.page);
    case 'library':
      view.openLibrary();
      return library.setWhole(place.search, place.filter);
  }
}
