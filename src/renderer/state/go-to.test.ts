import { expect, test } from 'vitest';
import { destinationOf, formatAddress, parseAddress } from '../../shared/contract/address.ts';
import { sessionId } from '../../shared/domain/ids.ts';
import { noFilter } from '../../shared/domain/library.ts';
import { openWindow, settle } from '../../../test/support/open-window.ts';
import { speech } from '../../../test/support/speech.ts';
import { createActions } from './actions.ts';
import { goTo } from './go-to.ts';

/** Calls that change nothing of the person's. */
const onlyRead: ReadonlySet<string> = new Set([
  'app.report',
  'documents.list',
  'jobs.inspect',
  'jobs.now',
  'messages.list',
  'synopses.freshness',
  'synopses.list',
  'synopses.open',
]);

const nobody = sessionId.parse('01890a5d-ac96-774b-bcce-b302099a8057');

test('an address leads to its place: a message, a section, a page of the settings, the library with its filter', async () => {
  const { services, main } = await openWindow({ onStart: true });
  const { view, library } = services;
  const listed = await services.client.call('messages.list', { sessionId: main.id });
  const message = listed.ok ? listed.value.messages[0] : undefined;
  if (!message) throw new Error('The scenario has no message.');
  const follow = async (place: Parameters<typeof formatAddress>[0]) => goTo(services, destinationOf(formatAddress(place)));

  await follow({ kind: 'message', sessionId: main.id, messageId: message.id });
  expect(view.getState()).toMatchObject({ sessionId: main.id, sought: { what: 'message', messageId: message.id } });
  await follow({ kind: 'section', sessionId: main.id, versionId: null, section: 'theses' });
  expect(view.getState()).toMatchObject({ synopsisOverlay: true, sought: { what: 'section', section: 'theses' } });
  await follow({ kind: 'library', search: 'вода', filter: { ...noFilter, isStale: true } });
  expect(view.getState().libraryOpen).toBe(true);
  expect(library.getState()).toMatchObject({ search: 'вода', filter: { isStale: true } });
  await follow({ kind: 'settings', page: 'data' });
  expect(view.getState()).toMatchObject({ dialog: 'settings', settingsPage: 'data' });
});

test('an address of nothing says so, names it, and leaves the person where they are', async () => {
  const { services, main } = await openWindow();
  const before = services.view.getState();
  const said = () => services.toasts.getState().toasts.at(-1)?.text(speech.ru);
  const gone = formatAddress({ kind: 'session', sessionId: nobody });
  await goTo(services, destinationOf(gone));
  expect(said()).toContain(gone);
  await goTo(services, destinationOf('konspekt://run/everything'));
  expect(said()).toContain('konspekt://run/everything');
  await goTo(services, destinationOf(`konspekt://${'x'.repeat(5_000)}`));
  expect(said()?.length).toBeLessThan(300);
  expect(services.view.getState()).toEqual(before);
  expect(services.view.getState().sessionId).toBe(main.id);
});

test('following an address asks for what is there and calls nothing that changes it', async () => {
  const { services, backend, main } = await openWindow({ onStart: true });
  const job = backend.putJob(
    backend.newJob('document.import', main.id, 'here', { state: 'failed', error: { code: 'damaged', message: '' } }),
  );
  const from = backend.calls.length;
  for (const place of [`chat/${main.id}`, `job/${job.id}`, `synopsis/${main.id}`, 'library?stale=yes', 'settings/data']) {
    await goTo(services, destinationOf(`konspekt://${place}`));
    await settle();
  }
  const asked = new Set(backend.calls.slice(from).map(({ route }) => route));
  expect([...asked].filter(route => !onlyRead.has(route))).toEqual([]);
});

test('back and forward lead through what was looked at, with what stood beside it, and pass over a chat that is gone', async () => {
  const { services, main, demo } = await openWindow();
  const { view } = services;
  const { travel } = createActions(services);
  view.showSynopsis();
  await settle();
  view.openSession(demo.id);
  await goTo(services, { kind: 'synopsis', sessionId: main.id, versionId: null });
  const read = parseAddress(`konspekt://source/${'a'.repeat(64)}?chat=${main.id}&start=3&end=9`);
  if (read?.kind !== 'passage') throw new Error('This is the address of a passage.');
  view.closeSynopsis();
  view.openSource({ snapshotHash: read.snapshotHash, documentId: null, range: { start: 3, end: 9 }, missing: false });

  await travel(-1);
  expect(view.getState()).toMatchObject({ sessionId: main.id, rightOpen: false, source: null, synopsisOverlay: false });
  await travel(1);
  expect(view.getState()).toMatchObject({ rightOpen: true, rightTab: 'sources', source: { range: { start: 3, end: 9 } } });
  await travel(-1);
  await travel(-1);
  expect(view.getState()).toMatchObject({ sessionId: main.id, synopsisOverlay: true });
  await services.sessions.remove(demo.id);
  await travel(-1);
  expect(view.getState().sessionId).toBe(main.id);
  // The end of the way is no error: nothing happens.
  for (let at = 0; at < 10; at += 1) await travel(-1);
  expect(view.getState()).toMatchObject({ synopsisOverlay: false, ways: { back: false, forward: true } });
});

test('the chat that the window opens with has nothing before it', async () => {
  const { services, main, demo } = await openWindow({ onStart: true });
  const { view } = services;
  view.startAt(main.id);
  expect(view.getState()).toMatchObject({ sessionId: main.id, ways: { back: false, forward: false } });
  view.openSession(demo.id);
  expect(view.getState().ways).toEqual({ back: true, forward: false });
});

test('the ways back and forward are told as they open and close, also when the only chat on one is gone', async () => {
  const { services, main, demo } = await openWindow();
  const { view } = services;
  const { travel } = createActions(services);
  while (view.getState().ways.back) await travel(-1);
  const start = view.getState().sessionId;
  const other = start === main.id ? demo : main;
  view.openSession(other.id);
  expect(view.getState().ways).toEqual({ back: true, forward: false });
  await travel(-1);
  expect(view.getState()).toMatchObject({ sessionId: start, ways: { back: false, forward: true } });
  const told = view.getState().ways;
  view.toggleSidebar();
  expect(view.getState().ways).toBe(told);

  await services.sessions.remove(other.id);
  await travel(1);
  expect(view.getState()).toMatchObject({ sessionId: start, ways: { back: false, forward: false } });
});

test('two steps at once are two steps, and who goes elsewhere meanwhile stays there', async () => {
  const { services, main, demo } = await openWindow();
  const { view } = services;
  const { travel } = createActions(services);
  view.openSession(demo.id);
  view.openSession(main.id);
  view.openSession(demo.id);
  await Promise.all([travel(-1), travel(-1)]);
  expect(view.getState().sessionId).toBe(demo.id);
  await Promise.all([travel(1), travel(1)]);
  expect(view.getState().sessionId).toBe(demo.id);
  expect(view.getState().ways.forward).toBe(false);
  const asked = Promise.withResolvers<undefined>();
  const going = view.travel(-1, async () => {
    asked.resolve(undefined);
    await settle();
    return true;
  });
  await asked.promise;
  view.openLibrary();
  expect(await going).toBe(false);
  expect(view.getState()).toMatchObject({ libraryOpen: true, sessionId: demo.id });
});
