import { describe, expect, test } from 'vitest';
import { createClient } from '../../shared/contract/client.ts';
import { createScenario } from '../../../test/support/memory-scenario.ts';
import { uploadChunkBytes } from '../../shared/contract/documents.ts';
import { speechIn } from '../i18n/format.ts';
import { describeIssues } from '../i18n/job-words.ts';
import { createActions } from './actions.ts';
import { templateOf } from './synopsis-store.ts';
import { createDraftStore } from './draft-store.ts';
import { createViewStore } from './view-store.ts';
import { createServices } from './services.ts';
import { jobGroups } from '../../shared/domain/job.ts';
import { groupJobs, jobGroupOf } from './jobs-store.ts';
import { goTo, locationOf, wire } from '../app/wiring.ts';

const nowMs = Date.UTC(2026, 4, 3, 12);

/** Lets every answer that is under way arrive. */
async function settle(): Promise<void> {
  for (let at = 0; at < 60; at += 1) await Promise.resolve();
}

async function openWindow(options: { focused?: boolean; onStart?: boolean } = {}) {
  const scenario = createScenario('ru', { nowMs });
  const services = createServices({
    client: createClient(scenario.backend.channel),
    fallbackLocale: 'ru',
    layout: { read: () => null, write: () => {} },
    drafts: { read: () => null, write: () => {} },
  });
  wire(services, { isVisible: () => true, isFocused: () => options.focused ?? true, onChange: () => () => {} });
  await settle();
  if (options.onStart !== true) services.view.openSession(scenario.main.id);
  await settle();
  return { ...scenario, services };
}

test('a job says of its remarks only what it knows: not how many there are', () => {
  const job = createScenario('ru', { nowMs }).backend.newJob('synopsis.make', null, 'x', { issues: ['source_failed', 'strange'] });
  expect(describeIssues(job, speechIn('ru'))).toBe('прочитаны не все источники; strange');
  expect(describeIssues(job, speechIn('en'))).toBe('not all sources were read; strange');
});

test('tasks are said to be cancelled with a chat only when there were some', () => {
  expect(speechIn('ru').t.sidebar.removed('А', 0)).toBe('Чат «А» удалён.');
  expect(speechIn('ru').t.sidebar.removed('А', 2)).toBe('Чат «А» удалён, отменены 2 задачи.');
  expect(speechIn('en').t.sidebar.removed('A', 1)).toBe('The chat “A” is deleted and 1 task is cancelled.');
});

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

  test('asks once for what it shows, and for the list of jobs only when the panel is open', async () => {
    const scenario = createScenario('ru', { nowMs });
    const { backend, main } = scenario;
    const old = backend.putJob(
      backend.newJob('synopsis.make', main.id, 'old', { state: 'failed', error: { code: 'poison', message: '' } }),
    );
    const running = backend.putJob(backend.newJob('document.import', null, 'at work', { state: 'running' }));
    backend.putMessages(backend.newMessage(main.id, 'assistant', '', { note: 'synopsis_started', jobId: old.id, state: 'failed' }));
    const services = createServices({
      client: createClient(backend.channel),
      fallbackLocale: 'ru',
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

  test('a streaming answer replaces itself and another chat’s does not show', async () => {
    const { services, backend, main, empty } = await openWindow();
    const answer = backend.newMessage(main.id, 'assistant', 'a', { state: 'streaming' });
    backend.putMessages(answer);
    backend.putMessages({ ...answer, text: 'ab' });
    backend.putMessages(backend.newMessage(empty.id, 'assistant', 'other'));
    backend.putMessages({ ...answer, text: 'abc', state: 'completed' });
    const messages = services.messages.getState().transcript?.messages ?? [];
    expect(messages.at(-1)).toMatchObject({ text: 'abc', state: 'completed' });
    expect(messages.some(message => message.text === 'other')).toBe(false);
    expect(services.announcer.getState().text).toBe('Ответ готов');
  });

  test('a missed event is made good by the snapshot', async () => {
    const { services, backend, main } = await openWindow();
    const missed = backend.newMessage(main.id, 'assistant', 'missed');
    backend.messages.set(missed.id, missed);
    backend.skipEvent('messages.changed');
    backend.putMessages(backend.newMessage(main.id, 'assistant', 'next'));
    await settle();
    expect(
      services.messages
        .getState()
        .transcript?.messages.map(message => message.text)
        .slice(-2),
    ).toEqual(['missed', 'next']);
  });

  test('switching chats while one loads shows the chat that is open', async () => {
    const { services, backend, main, empty } = await openWindow();
    services.view.openSession(empty.id);
    await settle();
    backend.hold('messages.list');
    services.view.openSession(main.id);
    await settle();
    services.view.openSession(empty.id);
    backend.release();
    await settle();
    expect(services.messages.getState()).toMatchObject({ sessionId: empty.id, transcript: { messages: [] } });
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

  test('a removed chat comes back with its undo', async () => {
    const { services, main } = await openWindow();
    expect(await services.sessions.remove(main.id)).toMatchObject({ ok: true });
    expect(services.sessions.getState().sessions.some(session => session.id === main.id)).toBe(false);
    expect(await services.sessions.restore(main.id)).toBeNull();
    expect(services.sessions.getState().sessions.some(session => session.id === main.id)).toBe(true);
  });

  test('a search shows main’s matches, and a new chat does not slip in', async () => {
    const { services, backend } = await openWindow();
    await services.sessions.setSearch('договор');
    expect(services.sessions.getState().sessions.map(session => session.title)).toEqual(['Договор аренды мастерской']);
    backend.putSession(backend.newSession('Новое'));
    expect(services.sessions.getState().sessions).toHaveLength(1);
  });

  test('sections arrive one after the other and the end is announced', async () => {
    const { services, backend, startSecond } = await openWindow();
    const second = startSecond(2);
    await settle();
    expect(services.synopsis.getState().version).toMatchObject({ number: 2, state: 'making' });
    const first = services.synopsis.getState().versions.at(-1);
    await services.synopsis.choose(first?.id ?? null);
    expect(services.synopsis.getState().version?.number).toBe(1);
    await services.synopsis.choose(null);
    backend.putVersion({ ...second, state: 'ready', finishedAtMs: nowMs });
    await settle();
    expect(services.synopsis.getState().version).toMatchObject({ number: 2, state: 'ready' });
    expect(services.announcer.getState().text).toBe('Конспект готов');
  });

  test('a second request joins the synopsis being made', async () => {
    const { services, startSecond, main } = await openWindow();
    startSecond(1);
    expect(await services.synopsis.request(main.id, { detail: 'full', template: 'article', language: null })).toEqual({
      ok: true,
      value: { joined: true },
    });
  });

  test('an upload goes in chunks without holes and ends as a document', async () => {
    const { services, backend, main } = await openWindow();
    const bytes = new Uint8Array(uploadChunkBytes * 2 + 7);
    const file = {
      name: 'big.txt',
      size: bytes.length,
      slice: (from: number, to: number) => ({ arrayBuffer: async () => bytes.slice(from, to).buffer }),
    };
    const outcome = await services.documents.upload(main.id, file);
    expect(outcome.ok).toBe(true);
    const offsets = backend.calls.filter(call => call.route === 'uploads.append').map(call => (call.input as { offset: number }).offset);
    expect(offsets).toEqual([0, uploadChunkBytes, uploadChunkBytes * 2]);
    expect(services.documents.getState().uploads).toEqual([]);
    expect(services.documents.getState().documents?.at(-1)?.title).toBe('big.txt');
  });

  test('a file that cannot be read is given up and said', async () => {
    const { services, backend, main } = await openWindow();
    const file = { name: 'folder', size: 5, slice: () => ({ arrayBuffer: () => Promise.reject(new Error('is a directory')) }) };
    expect(await services.documents.upload(main.id, file)).toEqual({ ok: false, code: 'unreadable' });
    expect(backend.calls.some(call => call.route === 'uploads.abort')).toBe(true);
  });

  test('a job under the inspector is followed to its end, and let go when it is closed', async () => {
    const { services, backend, fillJobs } = await openWindow();
    fillJobs();
    services.view.toggleTasks();
    await settle();
    const running = services.jobs.getState().jobs.find(job => job.state === 'running');
    if (!running) throw new Error('The scenario has no running job.');
    services.view.inspect(running.id);
    await settle();
    expect(services.jobs.getState().inspected?.job.id).toBe(running.id);
    backend.putJob({ ...running, state: 'done', outcome: 'ok', finishedAtMs: nowMs, stepsDone: 3 });
    await settle();
    expect(services.jobs.getState().inspected?.job.state).toBe('done');
    services.view.closeRight();
    expect(services.jobs.getState().inspected).toBeNull();
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
    expect(told?.text(speechIn('ru'))).toBe('Не получилось: there');
    expect(told?.text(speechIn('en'))).toBe('Failed: there');
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

  test('files are added in the order in which they were chosen, whichever is sent first', async () => {
    const { services } = await openWindow();
    const before = new Set(services.documents.getState().documents?.map(({ id }) => id));
    const files = [3 * uploadChunkBytes, 10, 10].map((size, at) => new File([new Uint8Array(size)], `${at}.txt`));
    await createActions(services).addFiles(files);
    await settle();
    const added = services.documents.getState().documents?.filter(({ id }) => !before.has(id));
    expect(added?.map(({ title }) => title)).toEqual(['0.txt', '1.txt', '2.txt']);
  });

  test('files dropped one after the other before there is a chat make one', async () => {
    const { services, main } = await openWindow();
    const actions = createActions(services);
    const before = services.sessions.getState().byId.size;
    const drop = (name: string) => actions.addFiles([new File(['text'], name)]);
    services.view.openSession(null);
    await Promise.all([drop('1.txt'), drop('2.txt')]);
    await settle();
    expect(services.sessions.getState().byId.size).toBe(before + 1);
    expect(services.documents.getState().documents?.map(({ title }) => title)).toEqual(['1.txt', '2.txt']);

    // What is dropped while a new chat is on its way is meant for it, and not for the one that is still open.
    services.view.openSession(main.id);
    await Promise.all([actions.newChat(), drop('3.txt')]);
    await settle();
    expect(services.documents.getState()).toMatchObject({ documents: [{ title: '3.txt' }] });
    expect(services.sessions.getState().byId.size).toBe(before + 2);
  });

  test('a document is gone to in a chat that was not open', async () => {
    const { services, main } = await openWindow({ onStart: true });
    const listed = await services.client.call('documents.list', { sessionId: main.id });
    const document = listed.ok ? listed.value.documents.find(({ snapshotHash }) => snapshotHash !== null) : undefined;
    if (!document) throw new Error('The scenario has no document that was read.');
    await goTo(services, { kind: 'document', sessionId: main.id, documentId: document.id });
    expect(services.view.getState()).toMatchObject({ sessionId: main.id, source: { documentId: document.id } });
  });

  test('the kind of material is the chat’s own: its newest synopsis’s, and no other chat’s', async () => {
    const { services, main } = await openWindow();
    services.view.setTemplate('meeting');
    await createActions(services).requestSynopsis();
    await settle();
    expect(services.synopsis.getState()).toMatchObject({ sessionId: main.id, version: { template: 'meeting' } });
    await createActions(services).newChat();
    await settle();
    expect(services.view.getState().template ?? templateOf(services.synopsis.getState())).toBe('article');
    services.view.openSession(main.id);
    await settle();
    expect(services.view.getState().template ?? templateOf(services.synopsis.getState())).toBe('meeting');
  });

  test('what is said after a file was chosen waits until the file is in the chat', async () => {
    const { services } = await openWindow({ onStart: true });
    const actions = createActions(services);
    const bytes = Promise.withResolvers<ArrayBuffer>();
    const adding = actions.addFiles([{ name: 'slow.txt', size: 3, slice: () => ({ arrayBuffer: () => bytes.promise }) }]);
    // As the composer does when Enter follows at once: the chat is on its way, and so is the file.
    const target = await actions.newChat();
    if (!target) throw new Error('There is no chat.');
    let isTold = false;
    const told = actions.whenAdded(target).then(() => (isTold = true));
    await settle();
    expect(isTold).toBe(false);
    bytes.resolve(new TextEncoder().encode('abc').buffer);
    await told;
    expect(services.documents.getState().documents).toMatchObject([{ title: 'slow.txt' }]);
    await adding;
    const other = await actions.newChat();
    if (other) await actions.whenAdded(other);
  });

  test('drafts are each chat’s own and outlive the window; a spoilt memory is no draft', async () => {
    const { main } = await openWindow();
    let written = '';
    const memory = { read: () => written, write: (text: string) => void (written = text) };
    const drafts = createDraftStore(memory);
    drafts.put(null, 'nowhere yet');
    drafts.put(main.id, 'here');
    drafts.flush();
    const again = createDraftStore(memory);
    expect([again.of(null), again.of(main.id)]).toEqual(['nowhere yet', 'here']);
    again.put(main.id, '');
    expect(createDraftStore(memory).of(main.id)).toBe('');
    written = '[["x"], 5, {';
    expect(createDraftStore(memory).of(null)).toBe('');
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
});

describe('a job again', () => {
  test('what would repeat effects waits for a yes, and is then done once', async () => {
    const { services, backend, putFailedExport } = await openWindow();
    const job = putFailedExport();
    services.view.inspect(job.id);
    await settle();
    const request = { how: 'retryFrom', jobId: job.id, step: 2 } as const;
    expect(await services.jobs.again(request)).toEqual({ ok: true, job: null, created: false });
    expect(services.jobs.getState().confirming).toEqual(request);
    expect(backend.jobs.get(job.id)?.state).toBe('failed');
    expect(await services.jobs.again(request, true)).toMatchObject({ ok: true, job: { state: 'queued' } });
    await settle();
    // A job that had ended is followed again.
    expect(services.jobs.getState()).toMatchObject({ confirming: null, inspected: { job: { state: 'queued' }, steps: [{ seq: 1 }] } });
    backend.putJob({ ...job, state: 'done', outcome: 'ok', error: null, stepsDone: 4 });
    await settle();
    expect(services.jobs.getState().inspected?.job.state).toBe('done');
  });
});

describe('groups of the tasks panel', () => {
  test('each has its own pages, so what waits for the person is in sight behind a long queue', async () => {
    const { services, backend } = await openWindow();
    const asks = backend.putJob(backend.newJob('chat.answer', null, 'asks', { state: 'waiting', waitReason: 'answer' }));
    for (let at = 0; at < 60; at += 1) backend.putJob(backend.newJob('chat.answer', null, `queued ${at}`));
    services.view.toggleTasks();
    await settle();
    const listed = () => groupJobs(services.jobs.getState().jobs).find(({ group }) => group === 'queued')?.jobs.length;
    expect(services.jobs.getState().jobs.map(job => job.id)).toContain(asks.id);
    expect(listed()).toBe(50);
    await services.jobs.loadMore('queued');
    expect(listed()).toBe(60);
    expect(services.jobs.getState().next.queued).toBeNull();
  });

  test('come in the panel’s order, and waiting for a disk is not waiting for the person', async () => {
    const { services, fillJobs, backend } = await openWindow();
    services.view.toggleTasks();
    fillJobs();
    await settle();
    const groups = groupJobs(services.jobs.getState().jobs);
    expect(groups.map(group => group.group)).toEqual(['needsYou', 'running', 'queued', 'done', 'failed']);
    const { counts } = services.jobs.getState();
    for (const { group, jobs } of groups) expect(jobs, group).toHaveLength(counts[group]);
    expect(jobGroupOf(backend.newJob('chat.answer', null, 'x', { state: 'waiting', waitReason: 'disk' }))).toBe('queued');
  });
});

describe('steering jobs', () => {
  test('a stop is taken back at once, or as soon as the job has stopped', async () => {
    const { services, backend } = await openWindow();
    const queued = backend.putJob(backend.newJob('chat.answer', null, 'queued'));
    const running = backend.putJob(backend.newJob('chat.answer', null, 'running', { state: 'running', startedAtMs: nowMs }));
    const stateOf = (id: typeof queued.id) => services.jobs.getState().byId.get(id)?.state;
    expect(await services.jobs.cancel(queued.id)).toBeNull();
    expect(stateOf(queued.id)).toBe('cancelled');
    expect(await services.jobs.takeBackCancel(queued.id)).toBeNull();
    expect(stateOf(queued.id)).toBe('queued');

    await services.jobs.cancel(running.id);
    const backAgain = services.jobs.takeBackCancel(running.id);
    await settle();
    expect([stateOf(running.id), backend.calls.filter(call => call.route === 'jobs.retry').length]).toEqual(['running', 1]);
    backend.putJob({ ...running, state: 'cancelled', finishedAtMs: nowMs });
    expect(await backAgain).toBeNull();
    expect(stateOf(running.id)).toBe('queued');
  });

  test('what was done before the stop reached it stays done', async () => {
    const { services, backend } = await openWindow();
    const running = backend.putJob(backend.newJob('chat.answer', null, 'running', { state: 'running', startedAtMs: nowMs }));
    await services.jobs.cancel(running.id);
    const backAgain = services.jobs.takeBackCancel(running.id);
    backend.putJob({ ...running, state: 'done', outcome: 'ok', finishedAtMs: nowMs });
    expect(await backAgain).toBeNull();
    expect(backend.calls.filter(call => call.route === 'jobs.retry')).toEqual([]);
  });

  test('a waiting job looks again when it is asked to', async () => {
    const { services, putWaits } = await openWindow();
    const offline = putWaits().find(job => job.waitReason === 'network');
    if (!offline) throw new Error('The scenario has no job that waits for the network.');
    expect(await services.jobs.resume(offline.id)).toBeNull();
    expect(services.jobs.getState().byId.get(offline.id)).toMatchObject({ state: 'queued', waitReason: null });
  });

  test('what was looked for and which group was shown outlive the closed panel', async () => {
    const { services, fillJobs } = await openWindow();
    fillJobs();
    services.view.toggleTasks();
    await settle();
    services.jobs.setFilter('done');
    await services.jobs.setSearch('лекция');
    const found = services.jobs.getState().jobs.map(job => job.id);
    services.view.toggleTasks();
    services.view.toggleTasks();
    await settle();
    expect(services.jobs.getState()).toMatchObject({ search: 'лекция', filter: 'done', loaded: true });
    expect(services.jobs.getState().jobs.map(job => job.id)).toEqual(found);
  });
});

describe('the layout', () => {
  test('folded groups are remembered, and a spoilt memory folds none', () => {
    let written = '';
    const memory = { read: () => written, write: (text: string) => void (written = text) };
    const view = createViewStore(memory);
    view.foldGroup('done', true);
    view.foldGroup('failed', true);
    view.foldGroup('done', false);
    expect(createViewStore(memory).getState().foldedGroups).toEqual(['failed']);
    written = '{"foldedGroups":["strange","queued"]}';
    expect(createViewStore(memory).getState().foldedGroups).toEqual(['queued']);
    written = '{"foldedGroups":"done"}';
    expect(createViewStore(memory).getState().foldedGroups).toEqual([]);
  });

  test('Escape closes what is on top, one after the other', async () => {
    const {
      services: { view },
    } = await openWindow();
    view.showSources();
    view.toggleTasks();
    view.showSynopsis();
    view.setDialog('settings');
    const open = (): unknown[] => [
      view.getState().dialog,
      view.getState().synopsisOverlay,
      view.getState().tasksOpen,
      view.getState().rightOpen,
    ];
    expect(view.closeTop()).toBe(true);
    expect(open()).toEqual([null, true, true, true]);
    view.closeTop();
    view.closeTop();
    expect(open()).toEqual([null, false, false, true]);
    view.closeTop();
    expect(view.closeTop()).toBe(false);
  });

  test('the synopsis is in one place at a time, and is remembered docked', async () => {
    const {
      services: { view },
    } = await openWindow();
    view.toggleSynopsis();
    expect(view.getState().synopsisOverlay).toBe(true);
    view.dockSynopsis(true);
    expect(view.getState()).toMatchObject({ synopsisOverlay: false, rightOpen: true, rightTab: 'synopsis' });
    view.toggleSynopsis();
    expect(view.getState()).toMatchObject({ synopsisOverlay: false, rightOpen: false });
    view.toggleSynopsis();
    expect(view.getState().rightTab).toBe('synopsis');
    view.dockSynopsis(false);
    expect(view.getState()).toMatchObject({ synopsisOverlay: true, rightOpen: false });
  });

  test('the window opens in the chat it was closed in, and on the start page when that is gone', async () => {
    const scenario = createScenario('ru', { nowMs });
    const open = async (stored: string) => {
      const services = createServices({
        client: createClient(scenario.backend.channel),
        fallbackLocale: 'ru',
        layout: { read: () => stored, write: () => {} },
        drafts: { read: () => null, write: () => {} },
      });
      wire(services, { isVisible: () => true, isFocused: () => true, onChange: () => () => {} });
      await settle();
      return services.view.getState().sessionId;
    };
    expect(await open(JSON.stringify({ sessionId: scenario.main.id }))).toBe(scenario.main.id);
    expect(await open(JSON.stringify({ sessionId: '01890000-0000-7000-8000-00000000ffff' }))).toBeNull();
    expect(await open('not json')).toBeNull();
    expect(await open('{"sessionId":5}')).toBeNull();
  });

  test('sizes stay within their limits', async () => {
    const {
      services: { view },
    } = await openWindow();
    view.resize('sidebarWidth', 5_000);
    expect(view.getState().sidebarWidth).toBe(420);
    view.resize('sidebarWidth', Number.NaN);
    expect(view.getState().sidebarWidth).toBe(264);
  });
});
