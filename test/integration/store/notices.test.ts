import { afterEach, beforeEach, expect, test } from 'vitest';
import { v7 } from 'uuid';
import { createJobRepository } from '../../../src/main/store/jobs/job-repository.ts';
import type { NewNotice } from '../../../src/main/store/notices.ts';
import { approvalId, noticeId, type ApprovalId, type JobId } from '../../../src/shared/domain/ids.ts';
import { newJob } from '../../support/new-job.ts';
import { addSession, newId, noonMs, plainStore, testFolder, type PlainStore, type TestFolder } from './store-fixture.ts';

let folder: TestFolder;
let plain: PlainStore;
beforeEach(() => {
  folder = testFolder();
  plain = plainStore(folder.root);
});
afterEach(() => {
  plain.close();
  folder.remove();
});

function addJob(title: string, sessionId: NewNotice['sessionId'] = null): JobId {
  const id = newId.job();
  createJobRepository(plain.db).insert([newJob(id, { kind: 'agent.run', title, sessionId, nowMs: noonMs })]);
  return id;
}

function note(changes: Partial<NewNotice> & { readonly jobId: JobId | null }): NewNotice {
  const id = noticeId.parse(v7());
  const about = { id, uniqueKey: id, event: 'task_done', approvalId: null, subject: null, sessionId: null, atMs: noonMs };
  return { ...about, ...changes } as NewNotice;
}

function addQuestion(jobId: JobId, expiresInMs: number | null = null): ApprovalId {
  const id = approvalId.parse(v7());
  const asked = { key: id, type: 'question', tool: 'ask_person', title: 'Куда?' } as const;
  const question = { ...asked, action: null, destination: null, payload: null, choices: [], expiresInMs, whenExpired: 'deny' } as const;
  plain.store.approvals.insert({ id, jobId, question: { ...question, choices: [] }, atMs: noonMs });
  return id;
}

const all = (nowMs = noonMs) => plain.store.notices.list({ before: null, limit: 50 }, nowMs).notices;

test('one happening is noted once and told once, and a held one is told when its time comes', () => {
  const { notices } = plain.store;
  const done = note({ jobId: addJob('Сводка'), uniqueKey: 'job-1:done' });
  expect(notices.insert(done)).toBe(true);
  expect(notices.insert({ ...done, id: noticeId.parse(v7()) })).toBe(false);
  expect(notices.untold('pending', 9, noonMs)).toMatchObject([{ id: done.id, event: 'task_done', title: 'Сводка', isRead: false }]);
  expect(notices.tell(done.id, 'held')).toBe(true);
  expect(notices.tell(done.id, 'held')).toBe(false);
  expect(notices.untold('pending', 9, noonMs)).toEqual([]);
  expect(notices.untold('held', 9, noonMs)).toHaveLength(1);
  expect(notices.tell(done.id, 'shown')).toBe(true);
  expect(notices.tell(done.id, 'kept')).toBe(false);
  expect(notices.untold('held', 9, noonMs)).toEqual([]);
});

test('the list goes page by page, newest first, without a hole or a repetition', () => {
  const job = addJob('Сводка');
  for (let n = 0; n < 5; n += 1) plain.store.notices.insert(note({ jobId: job }));
  const seen: string[] = [];
  let before: string | null = null;
  do {
    const page = plain.store.notices.list({ before, limit: 2 }, noonMs);
    seen.push(...page.notices.map(({ id }) => id));
    before = page.next;
  } while (before !== null);
  expect(seen).toHaveLength(5);
  expect(seen).toEqual(seen.toSorted().toReversed());
});

test('what is answered, expired, raised or decided is unread no more, whoever did it', () => {
  const { notices, approvals } = plain.store;
  const asks = addJob('Спрашивает');
  const [answered, expires, open] = [addQuestion(asks), addQuestion(asks, 1_000), addQuestion(asks)];
  for (const approval of [answered, expires, open]) notices.insert(note({ jobId: asks, event: 'question', approvalId: approval }));
  const limited = addJob('Ждёт');
  plain.db.prepare("UPDATE job SET state = 'waiting', wait_reason = 'budget' WHERE id = ?").run(limited);
  notices.insert(note({ jobId: limited, event: 'budget' }));
  expect(notices.unread(noonMs)).toBe(4);

  approvals.decide(answered, { decision: 'allow', answer: 'Туда', scope: 'once', by: 'person', atMs: noonMs });
  expect(notices.unread(noonMs)).toBe(3);
  expect(notices.unread(noonMs + 1_000)).toBe(2);
  plain.db.prepare("UPDATE job SET state = 'queued', wait_reason = NULL WHERE id = ?").run(limited);
  expect(notices.unread(noonMs + 1_000)).toBe(1);
  expect(all(noonMs + 1_000).map(({ isOver }) => isOver)).toEqual([true, false, true, true]);
  // However it ends, the job asks nothing any more.
  plain.db.prepare("UPDATE job SET state = 'cancelled', finished_at_ms = 1 WHERE id = ?").run(asks);
  expect(notices.unread(noonMs)).toBe(0);
});

test('an effect of which nobody knows whether it happened waits for a word', () => {
  const { notices } = plain.store;
  const job = addJob('Отправить');
  plain.db.exec(`
    INSERT INTO job_step (job_id, name, seq, attempt, effect_class, effect_key, dispatched_at_ms, started_at_ms, effect_outcome, finished_at_ms)
    VALUES ('${job}', 'send:1', 1, 1, 'once', 'k', 1, 1, 'indeterminate', NULL);
    UPDATE job SET state = 'waiting', wait_reason = 'answer', steps_done = 1 WHERE id = '${job}'`);
  notices.insert(note({ jobId: job, event: 'unclear' }));
  expect(notices.unread(noonMs)).toBe(1);
  plain.db.prepare("UPDATE job_step SET decision = 'drop' WHERE job_id = ?").run(job);
  expect(notices.unread(noonMs)).toBe(0);
});

test('reading is of some, of a job, of a chat or of all', () => {
  const { notices } = plain.store;
  const chat = addSession(plain.store, { title: 'Чат' });
  const [first, second, third] = [addJob('1'), addJob('2', chat), addJob('3', chat)];
  const rows = [note({ jobId: first }), note({ jobId: second, sessionId: chat }), note({ jobId: third, sessionId: chat })];
  for (const row of rows) notices.insert(row);
  expect(notices.read([rows[0]?.id ?? noticeId.parse(v7()), noticeId.parse(v7())], noonMs)).toBe(1);
  expect(notices.readOfJob(second, noonMs)).toBe(1);
  expect(notices.readOfSession(chat, noonMs)).toBe(1);
  expect(notices.readOfSession(chat, noonMs)).toBe(0);
  expect(notices.unread(noonMs)).toBe(0);
  notices.insert(note({ jobId: first }));
  expect(notices.read(null, noonMs)).toBe(1);
});

test('the same of the same job, and an earlier version, give up their place', () => {
  const { notices } = plain.store;
  const job = addJob('Ждёт');
  notices.insert(note({ jobId: job, event: 'failed' }));
  notices.insert(note({ jobId: job, event: 'failed' }));
  notices.insert(note({ jobId: null, event: 'update_available', subject: '1.2.0' }));
  notices.insert(note({ jobId: null, event: 'update_ready', subject: '1.2.0' }));
  expect(all().map(({ event, isRead }) => [event, isRead])).toEqual([
    ['update_ready', false],
    ['update_available', true],
    ['failed', false],
    ['failed', true],
  ]);
});

test('those of a removed chat are neither listed nor counted, and come back with it', () => {
  const { notices, sessions } = plain.store;
  const chat = addSession(plain.store, { title: 'Чат' });
  notices.insert(note({ jobId: addJob('Сводка', chat), sessionId: chat }));
  sessions.remove(chat, noonMs);
  expect([all(), notices.unread(noonMs)]).toEqual([[], 0]);
  expect(notices.untold('pending', 9, noonMs)).toMatchObject([{ isOver: true }]);
  sessions.restore(chat, noonMs);
  expect([all().length, notices.unread(noonMs)]).toEqual([1, 1]);
});

test('the list is bounded by age and by number, and goes with its jobs', () => {
  const { notices } = plain.store;
  const job = addJob('Сводка');
  for (let n = 0; n < 6; n += 1) notices.insert(note({ jobId: job, atMs: noonMs + n }));
  expect(notices.forget({ beforeMs: noonMs + 2, keep: 3, limit: 10 })).toBe(3);
  expect(all().map(({ atMs }) => atMs - noonMs)).toEqual([5, 4, 3]);
  expect(notices.forget({ beforeMs: noonMs + 9, keep: 3, limit: 1 })).toBe(1);
  plain.db.prepare('DELETE FROM job WHERE id = ?').run(job);
  expect(all()).toEqual([]);
});

test('one of a newer program is passed over', () => {
  plain.store.notices.insert(note({ jobId: addJob('Сводка') }));
  plain.db.exec("UPDATE notice SET event = 'dreamt'");
  expect(all()).toEqual([]);
  expect(plain.store.notices.untold('pending', 9, noonMs)).toEqual([]);
  // It holds up none of those that are known, however few are looked at together.
  const known = note({ jobId: addJob('Другая') });
  plain.store.notices.insert(known);
  expect(plain.store.notices.untold('pending', 1, noonMs)).toMatchObject([{ id: known.id }]);
});
