import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MessageId, SessionId } from '../../../src/shared/domain/ids.ts';
import { addMessage, addSession, newId, noonMs, plainStore, testFolder, type PlainStore, type TestFolder } from './store-fixture.ts';

let folder: TestFolder;
let plain: PlainStore;
let session: SessionId;
beforeEach(() => {
  folder = testFolder();
  plain = plainStore(folder.root);
  session = addSession(plain.store);
});
afterEach(() => {
  plain.close();
  folder.remove();
});

const ask = (text: string, inPlaceOf?: MessageId) =>
  plain.store.messages.insert({
    id: newId.message(),
    sessionId: session,
    role: 'person',
    state: 'completed',
    text,
    note: null,
    documentIds: [],
    replyTo: null,
    requestKey: null,
    jobId: null,
    atMs: noonMs,
    ...(inPlaceOf === undefined ? {} : { inPlaceOf }),
  }).id;
const answer = (text: string, replyTo: MessageId) => addMessage(plain.store, session, text, { role: 'assistant', replyTo }).id;
const word = (text: string) => addMessage(plain.store, session, text, { role: 'assistant' }).id;
const texts = () => plain.store.messages.shown(session).map(message => message.text);
const branch = (id: MessageId) => plain.store.messages.get(id)?.branch;

test('another answer is shown in the place of the first, with what followed that; both can be shown again', () => {
  const q1 = ask('q1');
  const a1 = answer('a1', q1);
  const q2 = ask('q2');
  answer('a2', q2);
  expect(branch(a1)).toBeUndefined();
  const b1 = answer('b1', q1);
  expect(texts()).toEqual(['q1', 'b1']);
  expect(branch(b1)).toEqual({ index: 1, count: 2, ids: [a1, b1] });
  answer('b2', ask('r2'));
  expect(plain.store.messages.showBranch(a1)).toBe(true);
  expect(texts()).toEqual(['q1', 'a1', 'q2', 'a2']);
  expect(plain.store.messages.showBranch(b1)).toBe(true);
  expect(texts()).toEqual(['q1', 'b1', 'r2', 'b2']);
});

test('what is below an answer that is not shown is not read as shown', () => {
  const q1 = ask('q1');
  const a1 = answer('a1', q1);
  const below = answer('a2', ask('q2'));
  expect(plain.store.messages.getShown(below)?.text).toBe('a2');
  answer('b1', q1);
  expect(plain.store.messages.getShown(below)).toBeNull();
  expect(plain.store.messages.showBranch(a1)).toBe(true);
  expect(plain.store.messages.getShown(below)?.text).toBe('a2');
});

test('another first question has a conversation of its own, and the branch chosen last is found below it', () => {
  const q1 = ask('q1');
  answer('a1', q1);
  const b1 = answer('b1', q1);
  const r1 = ask('r1', q1);
  const answered = answer('c1', r1);
  expect(texts()).toEqual(['r1', 'c1']);
  expect(branch(r1)).toEqual({ index: 1, count: 2, ids: [q1, r1] });
  plain.store.messages.showBranch(q1);
  expect(texts()).toEqual(['q1', 'b1']);
  // A message far down brings all that it follows.
  plain.store.messages.showBranch(answered);
  expect(texts()).toEqual(['r1', 'c1']);
  plain.store.messages.showBranch(b1);
  expect(texts()).toEqual(['q1', 'b1']);
});

test('what the program says by itself is in no branch and always there', () => {
  const q1 = ask('q1');
  answer('a1', q1);
  const said = word('said');
  answer('b1', q1);
  expect(texts()).toEqual(['q1', 'said', 'b1']);
  expect(branch(said)).toBeUndefined();
  expect(plain.store.messages.showBranch(said)).toBe(false);
  expect(texts()).toEqual(['q1', 'said', 'b1']);
  // It is followed by nothing: the question after it is about the answer before it.
  expect(plain.store.messages.conversation(session, ask('q2'), 9).map(({ text }) => text)).toEqual(['q1', 'said', 'b1', 'q2']);
});

test('pages are cut from what is shown', () => {
  const q1 = ask('q1');
  answer('a1', q1);
  ask('hidden');
  answer('b1', q1);
  for (const text of ['q2', 'q3', 'q4']) ask(text);
  const last = plain.store.messages.page(session, { before: null, limit: 2 });
  expect(last.messages.map(({ text }) => text)).toEqual(['q3', 'q4']);
  const middle = plain.store.messages.page(session, { before: last.next, limit: 2 });
  expect(middle.messages.map(({ text }) => text)).toEqual(['b1', 'q2']);
  expect(plain.store.messages.page(session, { before: middle.next, limit: 2 })).toMatchObject({ messages: [{ text: 'q1' }], next: null });
});

test('a model is told the branch of its question, whatever is shown meanwhile', () => {
  const q1 = ask('q1');
  answer('a1', q1);
  const q2 = ask('q2');
  answer('b1', q1);
  const told = (upTo: MessageId | null, limit = 9) => plain.store.messages.conversation(session, upTo, limit).map(({ text }) => text);
  expect(told(q2)).toEqual(['q1', 'a1', 'q2']);
  expect(told(q2, 2)).toEqual(['a1', 'q2']);
  expect(told(null)).toEqual(['q1', 'b1']);
});

test('what is not shown is not found', () => {
  const q1 = ask('Вопрос');
  const hidden = answer('термодинамика', q1);
  answer('кулинария', q1);
  const found = (typed: string) => plain.store.messages.search({ typed, limit: 9 }).map(({ messageId }) => messageId);
  const chats = (search: string) => plain.store.sessions.list({ before: null, limit: 9, search }).sessions.length;
  expect([found('термодинамика'), chats('термодинамика')]).toEqual([[], 0]);
  plain.store.messages.showBranch(hidden);
  expect([found('термодинамика'), chats('термодинамика')]).toEqual([[hidden], 1]);
});

test('answers under way are those of the shown branch', () => {
  const q1 = ask('q1');
  const first = addMessage(plain.store, session, '', { role: 'assistant', state: 'streaming', replyTo: q1 }).id;
  const under = () => plain.store.messages.underWay(session).map(({ id }) => id);
  expect(under()).toEqual([first]);
  const second = addMessage(plain.store, session, '', { role: 'assistant', state: 'pending', replyTo: q1 }).id;
  expect(under()).toEqual([second]);
  expect(plain.store.messages.noneStreaming()).toBe(1);
  expect(plain.store.messages.get(first)?.state).toBe('pending');
});

test('an answer says which model writes it, as its job recorded it, also when both are gone', () => {
  const { db, store } = plain;
  const provider = '01920000-0000-7000-8000-0000000000aa';
  const job = newId.job();
  const { id } = store.messages.insert({
    id: newId.message(),
    sessionId: session,
    role: 'assistant',
    state: 'pending',
    text: '',
    note: null,
    documentIds: [],
    replyTo: ask('q'),
    requestKey: null,
    jobId: job,
    atMs: noonMs,
  });
  const model = () => store.messages.get(id)?.model;
  expect(model()).toBeUndefined();
  db.prepare(
    "INSERT INTO provider (id, kind, name, base_url, models, created_at_ms, updated_at_ms) VALUES (?, 'openai', 'Mine', 'https://a', '[]', 1, 1)",
  ).run(provider);
  db.prepare(
    `INSERT INTO job (id, kind, title, search_text, idempotency_key, trace_id, priority, state, due_at_ms, max_attempts, created_at_ms)
     VALUES (?, 'chat.answer', 't', 't', 'k', ?, 0, 'queued', 1, 1, 1)`,
  ).run(job, 'f'.repeat(32));
  db.prepare(
    "INSERT INTO job_step (job_id, name, seq, attempt, output, started_at_ms, finished_at_ms) VALUES (?, 'setup', 1, 1, ?, 1, 1)",
  ).run(job, JSON.stringify({ agent: 'assistant', model: { providerId: provider, modelId: 'm-1', contextTokens: 4_096 } }));
  expect(model()).toEqual({ provider: 'Mine', modelId: 'm-1' });
  expect(store.messages.update(id, { state: 'completed', text: 'a' }, noonMs)?.model).toEqual({ provider: 'Mine', modelId: 'm-1' });
  db.prepare('DELETE FROM provider').run();
  expect(model()).toEqual({ provider: 'Mine', modelId: 'm-1' });
  db.prepare('DELETE FROM job').run();
  expect(model()).toEqual({ provider: 'Mine', modelId: 'm-1' });
});
