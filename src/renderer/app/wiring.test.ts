import { describe, expect, test } from 'vitest';
import { locationOf, wire } from './wiring.ts';
import { goTo } from '../state/go-to.ts';
import { createServices } from '../state/services.ts';
import { createClient } from '../../shared/contract/client.ts';
import { noFilter } from '../../shared/domain/library.ts';
import { jobGroups } from '../../shared/domain/job.ts';
import { createScenario } from '../../../test/support/memory-scenario.ts';
import { settle, openWindow, windowNowMs } from '../../../test/support/open-window.ts';
import { inRussian, speech } from '../../../test/support/speech.ts';

describe('the window over the backend', () => {
  test('opens with settings, chats and the open chat’s own messages', async () => {
    const { services, main } = await openWindow();
    expect(services.app.getState()).toMatchObject({ connection: 'open', failure: null });
    expect(services.sessions.getState().sessions[0]?.updatedAtMs).toBeGreaterThanOrEqual(
      services.sessions.getState().sessions[1]?.updatedAtMs ?? 0,
    );
    const { transcript } = services.messages.getState();
    expect(transcript?.messages.length).toBeGreaterThan(3);
    expect(transcript?.messages.every(message => message.sessionId === main.id)).toBe(true);
    expect(services.documents.getState().documents).toHaveLength(3);
    expect(services.synopsis.getState().version?.sections).toHaveLength(10);
  });

  test('an address of the library that the window is opened with is not closed by the last chat', async () => {
    const scenario = createScenario('ru', { nowMs: windowNowMs });
    const services = createServices({
      client: createClient(scenario.backend.channel),
      speaking: inRussian,
      layout: { read: () => JSON.stringify({ sessionId: scenario.main.id }), write: () => {} },
      drafts: { read: () => null, write: () => {} },
    });
    wire(services, { isVisible: () => true, isFocused: () => true, onChange: () => () => {} });
    await goTo(services, { kind: 'library', search: '', filter: noFilter });
    await settle();
    expect(services.view.getState()).toMatchObject({ libraryOpen: true, sessionId: null });
    // Nor later, by itself, when the connection was lost for a moment.
    services.view.closeLibrary();
    scenario.backend.reopenChannel();
    await settle();
    expect(services.view.getState().sessionId).toBeNull();
  });

  test('asks once for what it shows, and for the list of jobs only when the panel is open', async () => {
    const scenario = createScenario('ru', { nowMs: windowNowMs });
    const { backend, main } = scenario;
    const old = backend.putJob(
      backend.newJob('synopsis.make', main.id, 'old', { state: 'failed', error: { code: 'poison', message: '' } }),
    );
    const running = backend.putJob(backend.newJob('document.import', null, 'at work', { state: 'running' }));
    backend.putMessages(backend.newMessage(main.id, 'assistant', '', { note: 'synopsis_started', jobId: old.id, state: 'failed' }));
    const services = createServices({
      client: createClient(backend.channel),
      speaking: inRussian,
      layout: { read: () => null, write: () => {} },
      drafts: { read: () => null, write: () => {} },
    });
    wire(services, { isVisible: () => true, isFocused: () => true, onChange: () => () => {} });
    // A web socket opens after the window has begun to ask.
    backend.reopenChannel();
    await settle();
    const asked = (route: string) => backend.calls.filter(call => call.route === route).length;
    expect([asked('app.open'), asked('sessions.list'), asked('jobs.now'), asked('jobs.list')]).toEqual([1, 1, 1, 0]);
    expect(services.jobs.getState().counts).toMatchObject({ running: 1, failed: 1 });
    expect([...services.jobs.getState().byId.keys()]).toEqual([running.id]);

    // What the open chat speaks of is known however old it is.
    services.view.openSession(main.id);
    await settle();
    expect(services.jobs.getState().byId.get(old.id)?.error?.code).toBe('poison');
    const before = asked('jobs.now');
    backend.putMessages(backend.newMessage(main.id, 'person', 'hello'));
    await settle();
    expect(asked('jobs.now')).toBe(before);

    services.view.toggleTasks();
    await settle();
    // A page of each group.
    expect(asked('jobs.list')).toBe(jobGroups.length);
    expect(services.jobs.getState().jobs.map(job => job.id)).toContain(old.id);
    services.view.toggleTasks();
    expect(services.jobs.getState()).toMatchObject({ jobs: [], loaded: false });
  });

  test('an answer that is asked for comes with its job: nothing is asked about it before main tells of it', async () => {
    const { backend, main } = createScenario('ru', { nowMs: windowNowMs });
    const client = createClient(backend.channel);
    const told: (() => void)[] = [];
    const services = createServices({
      client: {
        ...client,
        // Main tells of what a call has done some milliseconds after its reply.
        onEvent: (name, take) => client.onEvent(name, payload => told.push(() => take(payload))),
      },
      speaking: inRussian,
      layout: { read: () => null, write: () => {} },
      drafts: { read: () => null, write: () => {} },
    });
    wire(services, { isVisible: () => true, isFocused: () => true, onChange: () => () => {} });
    services.view.openSession(main.id);
    await settle();
    const asked = () => backend.calls.filter(call => call.route === 'jobs.now').length;
    const before = asked();
    await services.messages.send({ sessionId: main.id, requestKey: crypto.randomUUID(), text: 'hello', documentIds: [] });
    await settle();
    const jobId = services.messages.getState().transcript?.messages.at(-1)?.jobId;
    if (!jobId) throw new Error('The answer has no job.');
    expect(services.jobs.getState().byId.get(jobId)?.state).toBe('queued');
    backend.putJob({ ...backend.newJob('chat.answer', main.id, 'hello', { state: 'running' }), id: jobId });
    for (const tell of told) tell();
    await settle();
    expect(services.jobs.getState().byId.get(jobId)?.state).toBe('running');
    expect(asked()).toBe(before);
  });

  test('a lost channel keeps what is on the screen, and everything is asked for again when it is back', async () => {
    const { services, backend, main } = await openWindow();
    const before = services.messages.getState().transcript?.messages.length ?? 0;
    backend.loseChannel();
    expect(services.app.getState().connection).toBe('lost');
    expect(await services.messages.send({ sessionId: main.id, requestKey: crypto.randomUUID(), text: 'x', documentIds: [] })).toBe(
      'disconnected',
    );
    backend.putMessages(backend.newMessage(main.id, 'assistant', 'meanwhile'));
    expect(services.messages.getState().transcript?.messages).toHaveLength(before);
    backend.reopenChannel();
    await settle();
    expect(services.app.getState().connection).toBe('open');
    expect(services.messages.getState().transcript?.messages.at(-1)?.text).toBe('meanwhile');
  });

  test('the inspector does not stay beside another chat than the one of its job', async () => {
    const { services, backend, main, demo } = await openWindow();
    const job = backend.putJob(backend.newJob('document.import', main.id, 'here', { state: 'running' }));
    const ofNoChat = backend.putJob(backend.newJob('synopses.export', null, 'out', { state: 'running' }));
    services.view.inspect(job.id);
    await settle();
    // What the person asks for beside another chat is shown; it goes when the chat is changed.
    services.view.openSession(demo.id);
    await settle();
    expect(services.view.getState()).toMatchObject({ sessionId: demo.id, inspectedJob: null, rightOpen: false });
    expect(services.jobs.getState().inspected).toBeNull();
    services.view.inspect(job.id);
    await settle();
    services.view.openSession(main.id);
    expect(services.view.getState()).toMatchObject({ inspectedJob: job.id, rightOpen: true, rightTab: 'steps' });
    services.view.inspect(ofNoChat.id);
    await settle();
    services.view.openSession(demo.id);
    expect(services.view.getState()).toMatchObject({ inspectedJob: ofNoChat.id, rightOpen: true });
  });

  test('an ending is told once, and not when it is on the screen', async () => {
    const { services, backend, main, demo } = await openWindow();
    const here = backend.putJob(backend.newJob('document.import', main.id, 'here', { state: 'running' }));
    const there = backend.putJob(backend.newJob('document.import', demo.id, 'there', { state: 'running' }));
    backend.putJob({ ...here, state: 'failed', error: { code: 'damaged', message: '' } });
    expect(services.toasts.getState().toasts).toEqual([]);
    backend.putJob({ ...there, state: 'failed', error: { code: 'damaged', message: '' } });
    backend.putJob({ ...there, state: 'failed', error: { code: 'damaged', message: '' } });
    const [told] = services.toasts.getState().toasts;
    expect(told).toMatchObject({ about: 'news', count: 1 });
    expect(told?.text(speech.ru)).toBe('Не получилось: there');
    expect(told?.text(speech.en)).toBe('Failed: there');
  });

  test('in quiet hours nothing comes up about other chats; what would expire does, when the person says so', async () => {
    const { services, backend, demo } = await openWindow();
    const told = () => services.toasts.getState().toasts.map(toast => toast.key);
    await services.app.saveSettings({ quietHours: true, quietFrom: '00:00', quietTo: '00:00', quietLetsExpiring: true });
    const running = () => backend.putJob(backend.newJob('synopsis.make', demo.id, 'there', { state: 'running' }));
    backend.putJob({ ...running(), state: 'done', outcome: 'ok' });
    const asking = running();
    backend.approvals.ask(asking, { expiresAtMs: null });
    await settle();
    expect(told()).toEqual([]);
    expect(services.announcer.getState()).toEqual((await openWindow()).services.announcer.getState());
    backend.approvals.ask(asking, { expiresAtMs: Date.now() + 1_000 });
    await settle();
    expect(told()).toEqual([`asks:${asking.id}`]);
    await services.app.saveSettings({ quietHours: false });
    backend.putJob({ ...running(), state: 'done', outcome: 'ok' });
    expect(told()).toContain(`ready:${demo.id}`);
  });

  test('a synopsis in sight is told of by itself, whatever stands beside it, and its news goes when it comes into sight', async () => {
    const { services, backend, main } = await openWindow();
    const told = () => services.toasts.getState().toasts.map(toast => toast.key);
    const make = () => backend.putJob(backend.newJob('synopsis.make', main.id, 'water', { state: 'running' }));
    const other = backend.putJob(backend.newJob('synopses.export', null, 'out', { state: 'running' }));
    services.view.showSynopsis();
    services.view.inspect(other.id);
    await settle();
    backend.putJob({ ...make(), state: 'done', outcome: 'ok' });
    expect(told()).toEqual([]);
    services.view.closeSynopsis();
    backend.putJob({ ...make(), state: 'done', outcome: 'ok' });
    expect(told()).toEqual([`ready:${main.id}`]);
    services.view.showSynopsis();
    expect(told()).toEqual([]);
  });

  test('an answer takes the place of the one before, news adds up, and a broken connection is not spoken of once it is back', async () => {
    const { services, backend } = await openWindow();
    const { toasts } = services;
    const keys = () => toasts.getState().toasts.map(toast => toast.key);
    toasts.say({ key: 'copied', text: ({ t }) => t.common.copied });
    toasts.keep({ key: 'ready:1', text: ({ t }) => t.synopsis.ready('1') });
    toasts.keep({ key: 'ready:2', text: ({ t }) => t.synopsis.ready('2') });
    toasts.say({ key: 'error:disconnected', text: speech => speech.error('disconnected'), tone: 'problem' });
    expect(keys()).toEqual(['ready:1', 'ready:2', 'error:disconnected']);
    backend.loseChannel();
    backend.reopenChannel();
    await settle();
    expect(keys()).toEqual(['ready:1', 'ready:2']);
  });

  test('a document is gone to in a chat that was not open', async () => {
    const { services, main } = await openWindow({ onStart: true });
    const listed = await services.client.call('documents.list', { sessionId: main.id });
    const document = listed.ok ? listed.value.documents.find(({ snapshotHash }) => snapshotHash !== null) : undefined;
    if (!document) throw new Error('The scenario has no document that was read.');
    await goTo(services, { kind: 'document', sessionId: main.id, documentId: document.id });
    expect(services.view.getState()).toMatchObject({ sessionId: main.id, source: { documentId: document.id } });
  });

  test('main is told where the person is, and reading marks the chat read', async () => {
    const { services, backend, main } = await openWindow();
    services.view.showSynopsis();
    expect(backend.calls.findLast(call => call.route === 'app.report')?.input).toMatchObject({
      visible: true,
      location: { kind: 'synopsis', sessionId: main.id },
    });
    backend.putSession({ ...main, unread: true });
    await settle();
    expect(backend.sessions.get(main.id)?.unread).toBe(false);
  });

  test('an unfocused window does not mark anything read', async () => {
    const { backend, main } = await openWindow({ focused: false });
    backend.putSession({ ...main, unread: true });
    await settle();
    expect(backend.sessions.get(main.id)?.unread).toBe(true);
  });

  test('a place from outside opens that place', async () => {
    const { services, backend, main, lecture } = await openWindow();
    backend.emit('location.changed', { location: { kind: 'document', sessionId: main.id, documentId: lecture.id } });
    await settle();
    expect(locationOf(services.view.getState())).toEqual({ kind: 'document', sessionId: main.id, documentId: lecture.id });
  });

  test('a draft is written when its chat or the window is left', async () => {
    const { services, main, writtenDrafts, changeAttention } = await openWindow();
    services.drafts.put(main.id, 'half');
    expect(writtenDrafts).toEqual([]);
    services.view.openSession(null);
    expect(writtenDrafts).toHaveLength(1);
    services.drafts.put(main.id, 'half a sen');
    changeAttention();
    changeAttention();
    expect(writtenDrafts.slice(1)).toEqual([JSON.stringify([[main.id, 'half a sen']])]);
  });
});
