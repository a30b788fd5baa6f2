import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PageCursorError } from '../../../src/main/store/page-cursor.ts';
import type { Store } from '../../../src/main/store/store.ts';
import {
  addDocument,
  addMessage,
  addSession,
  addSnapshot,
  addVersion,
  coverageOf,
  newId,
  noonMs,
  plainStore,
  sectionOf,
  snapshotOf,
  testFolder,
} from './store-fixture.ts';
import type { PlainStore, TestFolder } from './store-fixture.ts';

let folder: TestFolder;
let opened: PlainStore;
let store: Store;
beforeEach(() => {
  folder = testFolder();
  opened = plainStore(folder.root);
  store = opened.store;
});
afterEach(() => {
  opened.close();
  folder.remove();
});

describe('sessions', () => {
  test('are listed by activity, page by page, without a hole or a repetition', () => {
    // Two share a time, so the id has to decide.
    const ids = [5, 3, 3, 1, 2].map(hour => addSession(store, { title: 'Чат', atMs: noonMs + hour }));
    const seen: string[] = [];
    let before: string | null = null;
    do {
      const page = store.sessions.list({ before, limit: 2, search: '' });
      expect(page.sessions.length).toBeGreaterThan(0);
      seen.push(...page.sessions.map(session => session.id));
      before = page.next;
    } while (before !== null);
    const [first, ...rest] = seen;
    expect(first).toBe(ids[0]);
    expect(new Set(rest)).toEqual(new Set(ids.slice(1)));
    expect(seen).toHaveLength(5);
    expect(seen.slice(-2)).toEqual([ids[4], ids[3]]);
  });

  test('a place that is no place is refused with the cure', () => {
    expect(() => store.sessions.list({ before: "1' OR 1=1", limit: 2, search: '' })).toThrow(PageCursorError);
  });

  test('empty ones are told apart and left out of the list', () => {
    const empty = addSession(store);
    const said = addSession(store);
    addMessage(store, said, 'Привет');
    const given = addSession(store);
    addDocument(store, given, 'a.txt');
    expect([empty, said, given].map(id => store.sessions.get(id)?.isEmpty)).toEqual([true, undefined, undefined]);
    const listed = store.sessions.list({ before: null, limit: 9, search: '' }).sessions.map(({ id }) => id);
    expect(new Set(listed)).toEqual(new Set([said, given]));
  });

  test('pinned ones come with the first page, however old, once each, until they are put back or removed', () => {
    const [old, older, young] = [
      addSession(store, { title: 'Старый' }),
      addSession(store, { title: 'Ещё один' }),
      addSession(store, { title: 'Новый' }),
    ];
    store.sessions.touch(young, 5_000);
    const first = () => store.sessions.list({ before: null, limit: 1, search: '' });
    expect(first().sessions.map(({ id }) => id)).toEqual([young]);
    expect(store.sessions.pin(old, 1)?.isPinned).toBe(true);
    store.sessions.pin(young, 2);
    expect(first().sessions.map(({ id }) => id)).toEqual([young, old]);
    const second = store.sessions.list({ before: first().next, limit: 9, search: '' }).sessions.map(({ id }) => id);
    expect(new Set(second)).toEqual(new Set([old, older]));
    store.sessions.remove(old, 3);
    expect(first().sessions.map(({ id }) => id)).toEqual([young]);
    expect(store.sessions.restore(old, 4)?.isPinned).toBe(true);
    expect(store.sessions.pin(young, null)?.isPinned).toBeUndefined();
    expect(first().sessions.map(({ id }) => id)).toEqual([young, old]);
  });

  test('the same request makes one session', () => {
    const requestKey = randomUUID();
    const first = addSession(store, { title: 'Чат', requestKey });
    const again = store.sessions.insert({ id: newId.session(), title: null, demoLanguage: null, requestKey, atMs: noonMs });
    expect(again).toMatchObject({ created: false, session: { id: first } });
    expect(store.sessions.list({ before: null, limit: 9, search: '' }).sessions).toHaveLength(1);
  });

  test('are found by title and by message, in any form of the word, also half typed', () => {
    const titled = addSession(store, { title: 'Новые конспекты' });
    const spoken = addSession(store, { title: 'Другое' });
    addMessage(store, spoken, 'Пришли мне всё вместе с конспектом про ёлку');
    const find = (search: string): string[] => store.sessions.list({ before: null, limit: 9, search }).sessions.map(session => session.id);
    expect(new Set(find('конспекта'))).toEqual(new Set([titled, spoken]));
    expect(find('Елки')).toEqual([spoken]);
    expect(find('конспекты новые')).toEqual([titled]);
    expect(find('консп')).toHaveLength(2);
    expect(find('конспект синтаксис" OR "')).toEqual([]);
    expect(find('***')).toEqual([]);
    store.sessions.rename(titled, 'Протокол', noonMs);
    expect(find('конспект')).toEqual([spoken]);
  });

  test('a removed one is hidden everywhere and comes back whole', () => {
    const id = addSession(store, { title: 'Лекция' });
    expect(store.sessions.remove(id, noonMs + 1)).toBe(true);
    expect(store.sessions.remove(id, noonMs + 2)).toBe(false);
    expect(store.sessions.get(id)).toBeNull();
    expect(store.sessions.rename(id, 'Нет', noonMs)).toBeNull();
    expect(store.sessions.list({ before: null, limit: 9, search: 'лекция' }).sessions).toEqual([]);
    expect(store.sessions.restore(id, noonMs + 3)).toMatchObject({ id, title: 'Лекция', updatedAtMs: noonMs + 3 });
  });

  test('badges: unread, running and what waits for the person', () => {
    const id = addSession(store);
    expect(store.sessions.markUnread(id)?.unread).toBe(true);
    expect(store.sessions.markRead(id)?.unread).toBe(false);
    const job = opened.db.prepare<[string, string, string | null, string | null, string]>(`
      INSERT INTO job (id, kind, session_id, title, search_text, idempotency_key, trace_id, priority, state, lease_token, wait_reason, due_at_ms, max_attempts, created_at_ms)
      SELECT ?, 'chat.answer', id, 't', 't', hex(randomblob(8)), 't', 0, ?, ?, ?, 0, 1, 0 FROM session WHERE id = ?`);
    job.run(newId.job(), 'running', 'lease', null, id);
    job.run(newId.job(), 'waiting', null, 'approval', id);
    job.run(newId.job(), 'waiting', null, 'network', id);
    job.run(newId.job(), 'queued', null, null, id);
    expect(store.sessions.get(id)).toMatchObject({ runningJobs: 1, waitingJobs: 1 });
  });

  test('a name from the first message never replaces one the person gave', () => {
    const id = addSession(store);
    expect(store.sessions.nameIfUnnamed(id, 'Первое сообщение')?.title).toBe('Первое сообщение');
    expect(store.sessions.nameIfUnnamed(id, 'Второе')?.title).toBe('Первое сообщение');
  });

  test('the sample chat is found again, once a language', () => {
    const demo = store.sessions.insert({
      id: newId.session(),
      title: 'Пример',
      demoLanguage: 'ru',
      requestKey: null,
      atMs: noonMs,
    }).session;
    expect(demo.isDemo).toBe(true);
    expect(store.sessions.findDemo('ru')?.id).toBe(demo.id);
    expect(store.sessions.findDemo('en')).toBeNull();
    expect(() => store.sessions.insert({ id: newId.session(), title: null, demoLanguage: 'ru', requestKey: null, atMs: noonMs })).toThrow(
      /UNIQUE/u,
    );
  });

  test('a removed demo comes back beside a newer one as a chat like any other', () => {
    const demo = () =>
      store.sessions.insert({ id: newId.session(), title: 'Пример', demoLanguage: 'ru', requestKey: null, atMs: noonMs }).session;
    const old = demo();
    store.sessions.remove(old.id, noonMs);
    const newer = demo();
    expect(store.sessions.restore(old.id, noonMs)).toMatchObject({ isDemo: false });
    expect(store.sessions.findDemo('ru')?.id).toBe(newer.id);
    store.sessions.remove(newer.id, noonMs);
    expect(store.sessions.restore(newer.id, noonMs)).toMatchObject({ isDemo: true });
  });
});

describe('messages', () => {
  test('pages go back in time and read forwards', () => {
    const session = addSession(store);
    for (let at = 1; at <= 5; at += 1) addMessage(store, session, `${at}`);
    const last = store.messages.page(session, { before: null, limit: 2 });
    expect(last.messages.map(message => message.text)).toEqual(['4', '5']);
    const middle = store.messages.page(session, { before: last.next, limit: 2 });
    expect(middle.messages.map(message => message.text)).toEqual(['2', '3']);
    const first = store.messages.page(session, { before: middle.next, limit: 2 });
    expect(first).toMatchObject({ messages: [{ text: '1' }], next: null });
  });

  test('a request and its answer are found again by the key', () => {
    const session = addSession(store);
    const requestKey = randomUUID();
    const document = addDocument(store, session);
    const message = addMessage(store, session, 'Вопрос', { requestKey, documentIds: [document] });
    const answer = addMessage(store, session, '', { role: 'assistant', state: 'pending', replyTo: message.id });
    expect(store.messages.findByRequestKey(session, requestKey)).toEqual({ message, answer });
    expect(message.documentIds).toEqual([document]);
    expect(store.messages.questionOf(answer.id)?.id).toBe(message.id);
    expect(() => addMessage(store, session, 'Вопрос', { requestKey })).toThrow(/UNIQUE/u);
  });

  test('an answer is searched once it is whole; what a person wrote is never edited', () => {
    const session = addSession(store);
    const message = addMessage(store, session, 'Вопрос');
    const answer = addMessage(store, session, 'нача', { role: 'assistant', state: 'streaming' });
    expect(store.messages.search({ typed: 'нача', limit: 9 })).toEqual([]);
    expect(store.messages.update(answer.id, { state: 'completed', text: 'Ответ о термодинамике' }, noonMs)).toMatchObject({
      state: 'completed',
      citations: [],
    });
    expect(store.messages.search({ typed: 'термодинамика', limit: 9 })).toEqual([{ messageId: answer.id, sessionId: session }]);
    expect(() => store.messages.update(message.id, { text: 'Другой' }, noonMs)).toThrow(/never edited/u);
    store.sessions.remove(session, noonMs);
    expect(store.messages.search({ typed: 'термодинамика', limit: 9 })).toEqual([]);
  });
});

describe('documents', () => {
  test('are imported, fail, are read again and become ready', async () => {
    const session = addSession(store);
    const requestKey = randomUUID();
    const id = addDocument(store, session, 'a.pdf', requestKey);
    expect(addDocument(store, session, 'a.pdf', requestKey)).toBe(id);
    expect(store.documents.fail(id, { code: 'http_error', detail: '503' })).toMatchObject({
      state: 'failed',
      error: { code: 'http_error', detail: '503' },
    });
    expect(store.documents.startAgain(id, null)).toMatchObject({ state: 'importing', error: null });
    expect(store.documents.startAgain(id, null)).toBeNull();
    const snapshot = snapshotOf(['Текст страницы.'], 1);
    await addSnapshot(store, snapshot);
    const ready = store.documents.finish(id, {
      format: 'pdf',
      title: 'Заголовок',
      snapshotHash: snapshot.hash,
      original: null,
      byteCount: 7,
      warnings: [{ code: 'pages_need_ocr', count: 2, detail: null }],
    });
    expect(ready).toMatchObject({
      state: 'ready',
      title: 'Заголовок',
      charCount: 15,
      pageCount: 1,
      language: 'ru',
      warnings: [{ code: 'pages_need_ocr' }],
    });
    expect(store.documents.fail(id, { code: 'internal', detail: null })?.state).toBe('ready');
  });

  test('a removed one leaves the list and can still be named', () => {
    const session = addSession(store);
    const id = addDocument(store, session);
    expect(store.documents.remove(id, noonMs)).toBe(true);
    expect(store.documents.list(session)).toEqual([]);
    expect(store.documents.get(id)?.id).toBe(id);
    expect(store.documents.isRemoved(id)).toBe(true);
  });

  test('ready without a text cannot be written', () => {
    const id = addDocument(store, addSession(store));
    expect(() => opened.db.prepare("UPDATE document SET state = 'ready' WHERE id = ?").run(id)).toThrow(/CHECK/u);
  });
});

describe('synopses', () => {
  test('grow section by section in reading order and are then immutable', () => {
    const session = addSession(store);
    const version = addVersion(store, session);
    expect(store.synopses.addSection(version, sectionOf('theses', 'Второе'))).toBe(true);
    expect(store.synopses.addSection(version, sectionOf('summary', 'Первое'))).toBe(true);
    expect(store.synopses.open(session, null)).toMatchObject({
      state: 'making',
      sections: [{ kind: 'summary' }, { kind: 'theses' }],
      plannedSections: ['summary', 'theses'],
    });
    expect(store.synopses.progress(version)).toMatchObject({ sessionId: session, sectionsReady: 2 });
    store.synopses.describe(version, { title: 'Как называется прочитанное', language: 'en' });
    expect(store.synopses.open(session, version)).toMatchObject({ title: 'Как называется прочитанное', language: 'en' });
    store.synopses.describe(version, { title: 'Ещё точнее', language: null });
    expect(store.synopses.open(session, version)).toMatchObject({ title: 'Ещё точнее', language: 'en' });
    const issues = [{ code: 'source_failed' as const, count: 1 }];
    expect(
      store.synopses.finishVersion(version, { state: 'ready', coverage: [coverageOf('Чат')], issues, atMs: noonMs + 1 }),
    ).toMatchObject({ state: 'ready', issues, finishedAtMs: noonMs + 1 });
    expect(store.synopses.addSection(version, sectionOf('summary', 'Другое'))).toBe(false);
    expect(store.synopses.finishVersion(version, { state: 'failed', atMs: noonMs })).toBeNull();
    store.synopses.describe(version, { title: 'Поздно', language: null });
    expect(store.synopses.open(session, version)?.title).toBe('Ещё точнее');
    expect(store.synopses.reopenVersion(version)).toBeNull();
    const db = opened.db;
    for (const sql of [
      "UPDATE synopsis_version SET title = 'x'",
      'DELETE FROM synopsis_version',
      "UPDATE synopsis_section SET body = '{}'",
      'DELETE FROM synopsis_section',
      "INSERT INTO synopsis_section (version_id, position, kind, body) SELECT id, 5, 'terms', '{}' FROM synopsis_version",
      "UPDATE synopsis_coverage SET coverage = '[]'",
      'DELETE FROM synopsis_coverage',
    ])
      expect(() => db.exec(sql)).toThrow(/finished version/u);
  });

  test('one version is made at a time, and a failed one can be taken up again', () => {
    const session = addSession(store);
    const first = addVersion(store, session);
    expect(() => addVersion(store, session)).toThrow(/UNIQUE/u);
    expect(store.synopses.making(session)?.id).toBe(first);
    expect(store.synopses.finishVersion(first, { state: 'failed', atMs: noonMs })?.state).toBe('failed');
    const second = addVersion(store, session);
    expect(store.synopses.reopenVersion(first)).toBeNull();
    store.synopses.finishVersion(second, { state: 'cancelled', atMs: noonMs });
    expect(store.synopses.reopenVersion(first)).toMatchObject({ state: 'making', finishedAtMs: null });
    expect(store.synopses.heads(session).map(head => [head.number, head.state])).toEqual([
      [2, 'cancelled'],
      [1, 'making'],
    ]);
    expect(store.synopses.open(session, first)?.number).toBe(1);
    expect(store.synopses.open(addSession(store), first)).toBeNull();
  });

  test('the list has the newest ready version of each, and finds what is in them', () => {
    const finish = (title: string, text: string, atMs: number): string => {
      const version = addVersion(store, addSession(store), { title, atMs });
      store.synopses.addSection(version, sectionOf('summary', text));
      store.synopses.finishVersion(version, { state: 'ready', coverage: [coverageOf(title)], issues: [], atMs });
      return version;
    };
    const old = finish('Физика', 'Энтропия возрастает.', noonMs + 1);
    const fresh = finish('История', 'Реформа 1861 года.', noonMs + 2);
    addVersion(store, addSession(store));
    const all = store.library.list({ before: null, limit: 1, search: '' });
    expect(all.synopses).toMatchObject([{ versionId: fresh, title: 'История', sourceCount: 1, issueCount: 0 }]);
    expect(store.library.list({ before: all.next, limit: 1, search: '' })).toMatchObject({ synopses: [{ versionId: old }], next: null });
    expect(store.library.list({ before: null, limit: 9, search: 'энтропии' }).synopses.map(each => each.versionId)).toEqual([old]);
  });
});

describe('requests and remembered state', () => {
  test('a request is remembered with its transaction or not at all', () => {
    const requestKey = randomUUID();
    expect(() =>
      store.inTransaction(() => {
        store.requests.record({ route: 'messages.retry', requestKey, resultId: 'm', atMs: noonMs });
        throw new Error('undone');
      }),
    ).toThrow('undone');
    expect(store.requests.find('messages.retry', requestKey)).toBeNull();
    store.requests.record({ route: 'messages.retry', requestKey, resultId: 'm', atMs: noonMs });
    expect(store.requests.find('messages.retry', requestKey)).toBe('m');
    expect(store.requests.forgetBefore(noonMs + 1, 10)).toBe(1);
  });

  test('a remembered value that no longer fits is as good as none', () => {
    store.settingsState.set('queue.paused', true, noonMs);
    expect(store.settingsState.get('queue.paused', z.boolean())).toBe(true);
    expect(store.settingsState.get('queue.paused', z.number())).toBeNull();
    expect(store.settingsState.get('absent', z.number())).toBeNull();
  });
});
