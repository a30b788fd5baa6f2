import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sessionId } from '../../../shared/domain/ids.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import type { NewJob } from '../../engine/job-store.ts';
import { createTestIds } from '../../../../test/support/job-ids.ts';
import { openJobDatabase } from '../../../../test/support/job-database.ts';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import type { Database } from '../connection.ts';
import { PageCursorError } from '../page-cursor.ts';
import { createJobRepository } from './job-repository.ts';
import { createJobViews } from './job-views.ts';
import { newJob } from '../../../../test/support/new-job.ts';

let db: Database;
let folder: ReturnType<typeof tempFolder>;
let ids: ReturnType<typeof createTestIds>;
beforeEach(() => {
  folder = tempFolder();
  db = openJobDatabase(join(folder.path, 'a.db'));
  ids = createTestIds();
});
afterEach(() => {
  db.close();
  folder.remove();
});

function open() {
  const store = createJobRepository(db);
  let atMs = 1_000;
  const write = <T>(work: () => T): T => store.transaction(work);
  function add(overrides: Partial<NewJob> = {}): JobId {
    const id = ids.jobId();
    atMs += 10;
    write(() => {
      store.insert([newJob(id, { dueAtMs: atMs, maxAttempts: 3, traceId: id, nowMs: atMs, ...overrides })]);
    });
    return id;
  }
  function finish(id: JobId, nowMs: number): void {
    write(() => {
      const leaseToken = ids.leaseToken();
      // The row itself is claimed, whatever its place in the queue.
      store.claim([{ jobId: id, leaseToken }], nowMs);
      store.finish([{ lease: { jobId: id, leaseToken }, issues: ['thin'] }], nowMs);
    });
  }
  return { store, views: createJobViews(db), add, finish, write };
}

test('pages go newest first without a gap or a repeat, while jobs are added above', () => {
  const { views, add } = open();
  const all = Array.from({ length: 7 }, () => add()).reverse();
  const first = views.page({ group: null, search: '', before: null, limit: 3 });
  add();
  const second = views.page({ group: null, search: '', before: first.next, limit: 3 });
  const third = views.page({ group: null, search: '', before: second.next, limit: 3 });
  expect([...first.jobs, ...second.jobs, ...third.jobs].map(job => job.id)).toEqual(all);
  expect(third.next).toBeNull();
});

test('groups hold what their name says, finished ones by their end, and the counts agree', () => {
  const { views, add, finish, write, store } = open();
  const [a, b, c] = [add(), add(), add()];
  finish(b, 5_000);
  finish(a, 9_000);
  write(() => store.cancelIdle(c, 7_000));
  const scheduled = add({ state: 'scheduled', dueAtMs: 99_999 });
  const asks = add();
  db.prepare("UPDATE job SET state = 'waiting', wait_reason = 'approval' WHERE id = ?").run(asks);
  const offline = add();
  db.prepare("UPDATE job SET state = 'waiting', wait_reason = 'network' WHERE id = ?").run(offline);
  const broken = add();
  write(() => store.failIdle(broken, { code: 'x', message: 'X.' }, 8_000));
  const of = (group: 'needsYou' | 'running' | 'queued' | 'done' | 'failed') =>
    views.page({ group, search: '', before: null, limit: 50 }).jobs.map(job => job.id);
  expect({ needsYou: of('needsYou'), running: of('running'), queued: of('queued'), done: of('done'), failed: of('failed') }).toEqual({
    needsYou: [asks],
    running: [],
    queued: [offline, scheduled],
    done: [a, c, b],
    failed: [broken],
  });
  expect(views.counts()).toEqual({ needsYou: 1, running: 0, queued: 2, done: 3, failed: 1 });
  expect(views.view(scheduled)?.dueAtMs).toBe(99_999);
  const queued = add({ dueAtMs: 3_000, priority: 7 });
  expect(views.view(queued)).toMatchObject({ state: 'queued', priority: 7, readySinceMs: 3_000, dueAtMs: null });
  expect(views.view(scheduled)).toMatchObject({ priority: 0 });
  expect(views.view(scheduled)).not.toHaveProperty('readySinceMs');
  expect(views.view(a)).toMatchObject({ outcome: 'issues', issues: ['thin'], dueAtMs: null, finishedAtMs: 9_000 });
});

test('a waiting job says how its wait ends and which limit it reached, a held one what keeps it back', () => {
  const { views, add, write, store } = open();
  const limit = { scope: 'session', subject: '*', period: 'day', unit: 'tokens' } as const;
  const id = add();
  write(() =>
    store.parkQueued(
      id,
      { reason: 'budget', detail: JSON.stringify({ ...limit, limit: 5, spent: 7 }), expiresAtMs: 90_000, onExpiry: 'resume' },
      2_000,
    ),
  );
  expect(views.view(id)?.wait).toEqual({ untilMs: 90_000, ends: 'resume', limit: { ...limit, limit: 5 } });
  // As an older version wrote it.
  db.prepare("UPDATE job SET wait_detail = '{}', wait_expires_at_ms = NULL WHERE id = ?").run(id);
  expect(views.view(id)?.wait).toEqual({ untilMs: null, ends: 'resume', limit: null });
  write(() => store.resume(id, 3_000));
  expect(views.view(id)).not.toHaveProperty('wait');

  for (const [gate, place] of [
    ['kind:document.import', 'kind'],
    ['session:chat.answer:1', 'session'],
    ['provider:ollama', 'provider'],
    ['strange', undefined],
  ] as const) {
    const held = add();
    write(() => {
      store.hold(held, gate, 4_000);
    });
    expect(views.view(held)?.heldBy, gate).toBe(place);
  }
});

test('jobs that ended in the same millisecond are paged without a gap', () => {
  const { views, add, finish } = open();
  const all = Array.from({ length: 5 }, () => add());
  for (const id of all) finish(id, 5_000);
  const seen: string[] = [];
  let before: string | null = null;
  do {
    const page = views.page({ group: 'done', search: '', before, limit: 2 });
    seen.push(...page.jobs.map(job => job.id));
    before = page.next;
  } while (before !== null);
  expect(seen).toEqual(all.toReversed());
});

test('a search finds Russian titles whatever their case and ё, and takes every character as itself', () => {
  const { views, add } = open();
  const id = add({ title: 'Отчёт ЗА 2025 год 100%' });
  add({ title: 'Другое' });
  for (const search of ['отчет', 'ОТЧЁТ за', '100%', ' год '])
    expect(
      views.page({ group: null, search, before: null, limit: 9 }).jobs.map(job => job.id),
      search,
    ).toEqual([id]);
  expect(views.page({ group: 'queued', search: '_', before: null, limit: 9 }).jobs).toEqual([]);
});

test('a session has its own list', () => {
  const { views, add } = open();
  const session = sessionId.parse('01900000-0000-7000-8000-000000000009');
  const mine = [add({ sessionId: session }), add({ sessionId: session })];
  add();
  const first = views.ofSession(session, null, 1);
  expect([first.jobs[0]?.id, views.ofSession(session, first.next, 9).jobs.map(job => job.id)]).toEqual([mine[1], [mine[0]]]);
});

test('a job of a kind this build does not know is left out and breaks nothing', () => {
  const { views, add } = open();
  const id = add();
  const alien = add();
  db.prepare("UPDATE job SET kind = 'video.dub' WHERE id = ?").run(alien);
  expect(views.page({ group: null, search: '', before: null, limit: 9 }).jobs.map(job => job.id)).toEqual([id]);
  expect([views.view(alien), views.inspect(alien), views.views([alien, id]).length]).toEqual([null, null, 1]);
});

test('what is no cursor is refused with a sentence', () => {
  const { views } = open();
  expect(() => views.page({ group: null, search: '', before: "1' OR 1=1", limit: 9 })).toThrow(PageCursorError);
});

test('a job can be inspected whatever letters its trail is written in', () => {
  const { store, views, add, write } = open();
  const id = add();
  write(() => {
    store.failIdle(id, { code: 'x'.repeat(64), message: '😀'.repeat(1_000) }, 2_000);
  });
  expect(views.inspect(id)?.events.at(-1)?.detail).toHaveLength(2_000);
});
