import { afterEach, beforeEach, expect, test } from 'vitest';
import { v7 } from 'uuid';
import type { Announcement, AnnouncingHost } from '../../../src/main/app/notices/announcer.ts';
import { createAnnouncer } from '../../../src/main/app/notices/announcer.ts';
import { notingEnds } from '../../../src/main/app/notices/note-ends.ts';
import { createOtherNoter } from '../../../src/main/app/notices/note-others.ts';
import { createWaitNoter } from '../../../src/main/app/notices/note-waits.ts';
import { createPageHost } from '../../../src/main/app/notices/page-host.ts';
import { createWhatIsSeen } from '../../../src/main/app/what-is-seen.ts';
import type { JobEnd, JobKind } from '../../../src/main/engine/job-kind.ts';
import { createEventHub } from '../../../src/main/ipc/event-hub.ts';
import { createJobRepository } from '../../../src/main/store/jobs/job-repository.ts';
import { createJobViews } from '../../../src/main/store/jobs/job-views.ts';
import type { Location } from '../../../src/shared/contract/app.ts';
import {
  approvalId,
  noticeId,
  scheduleId,
  type ApprovalId,
  type JobId,
  type SessionId,
  type VersionId,
} from '../../../src/shared/domain/ids.ts';
import type { JobKindName } from '../../../src/shared/domain/job.ts';
import { settings as settingsSchema, type Settings } from '../../../src/shared/domain/settings.ts';
import { newJob } from '../../support/new-job.ts';
import { testKind } from '../../support/job-kinds.ts';
import {
  addSession,
  addVersion,
  newId,
  noonMs,
  plainStore,
  sectionOf,
  testFolder,
  type PlainStore,
  type TestFolder,
} from '../store/store-fixture.ts';

let folder: TestFolder;
let plain: PlainStore;
let nowMs: number;
const now = () => nowMs;
beforeEach(() => {
  folder = testFolder();
  plain = plainStore(folder.root);
  nowMs = noonMs;
});
afterEach(() => {
  plain.close();
  folder.remove();
});

/** In local time, as the quiet hours are; noon and midnight are far from both their ends. */
const clock = (day: number, hour: number): number => new Date(2026, 5, day, hour).getTime();
const quiet = { quietHours: true } as const;

const done: JobEnd<unknown> = { state: 'done', output: null, issues: [] };
const failed: JobEnd<unknown> = { state: 'failed', error: { code: 'no', message: 'No.' } };

interface Ended {
  readonly kind?: JobKindName;
  readonly end?: JobEnd<unknown>;
  readonly title?: string;
  readonly session?: SessionId | null;
  readonly parentId?: JobId | null;
  readonly isScheduled?: boolean;
}

function addJob(kind: JobKindName, title: string, session: SessionId | null): JobId {
  const id = newId.job();
  createJobRepository(plain.db).insert([newJob(id, { kind, title, sessionId: session, nowMs })]);
  return id;
}

function kindOf(kind: JobKindName, isScheduled = false): JobKind {
  return notingEnds(testKind(kind), { store: plain.store, isScheduled: () => isScheduled, now });
}
const refOf = (id: JobId, session: SessionId | null, parentId: JobId | null = null) => ({
  ...{ id, sessionId: session, payload: {}, attempt: 1, traceId: 't', parentId },
});

/** A job that comes to its end, in the transaction of which its notice is made. */
function end({ kind = 'agent.run', end: how = done, title = 'Сводка', session = null, parentId = null, isScheduled }: Ended = {}): JobId {
  const id = addJob(kind, title, session);
  kindOf(kind, isScheduled).onEnd?.(refOf(id, session, parentId), how);
  return id;
}

const listed = () => plain.store.notices.list({ before: null, limit: 50 }, nowMs).notices;
const events = () => listed().map(({ event }) => event);

function announcing(changes: Partial<Settings> = {}, { isHostThere = true } = {}) {
  const shown: (Pick<Announcement, 'title' | 'body'> & Partial<Announcement> & { readonly silent: boolean })[] = [];
  const reported: unknown[] = [];
  const timers = new Map<() => void, number>();
  const looks = { at: null as Location | null, isShown: true };
  const seen = createWhatIsSeen();
  const host: AnnouncingHost = {
    show(announcement, { silent }) {
      if (!looks.isShown) throw new Error('The system refuses.');
      shown.push({ ...announcement, silent });
    },
    isLookedAt: () => looks.at !== null,
    test(words, { silent }) {
      shown.push({ ...words, silent });
      return Promise.resolve('shown');
    },
  };
  const announcer = createAnnouncer({
    store: plain.store,
    host: isHostThere ? host : null,
    settings: () => ({ ...settingsSchema.parse({}), ...changes }),
    language: () => 'ru',
    isSeen: seen.isSeen,
    changed: () => undefined,
    now,
    report: error => reported.push(error),
    later(afterMs, work) {
      timers.set(work, nowMs + afterMs);
      return () => timers.delete(work);
    },
  });
  return {
    shown,
    heads: () => shown.map(({ title, body }) => `${title}: ${body}`),
    flush: announcer.flush,
    look: announcer.look,
    setShow: announcer.setShow,
    test: announcer.test,
    timers,
    reported,
    /** The clock goes on; what is due by then is called. */
    pass(untilMs: number) {
      nowMs = untilMs;
      for (const [work, dueMs] of timers)
        if (dueMs <= nowMs) {
          timers.delete(work);
          work();
        }
    },
    lookAt(location: Location | null) {
      looks.at = location;
      seen.report(
        'window',
        { visible: location !== null, focused: location !== null, location, notifies: false },
        new AbortController().signal,
      );
    },
    /** The system shows nothing. */
    refuse() {
      looks.isShown = false;
    },
  };
}

/** The job asks, and its question is noted with it. */
function ask(jobId: JobId, title: string, expiresInMs: number | null = null): ApprovalId {
  const id = approvalId.parse(v7());
  const asked = { key: id, type: 'approval', tool: 'write_file', title, action: null, destination: null, payload: null } as const;
  plain.store.approvals.insert({ id, jobId, question: { ...asked, choices: [], expiresInMs, whenExpired: 'deny' }, atMs: nowMs });
  const about = { id: noticeId.parse(v7()), jobId, approvalId: id, subject: null, sessionId: null } as const;
  plain.store.notices.insert({ ...about, uniqueKey: `approval:${id}`, event: 'approval', atMs: nowMs });
  return id;
}

test('each end of what a person waits for is noted by what it is', () => {
  end();
  end({ end: { state: 'done', output: null, issues: ['x'] } });
  end({ end: failed });
  end({ kind: 'browser.run' });
  end({ kind: 'browser.run', isScheduled: true });
  end({ kind: 'synopsis.make', isScheduled: true });
  end({ kind: 'document.import', end: failed });
  expect(events().toReversed()).toEqual([
    'task_done',
    'task_issues',
    'failed',
    'browser_done',
    'scheduled_done',
    'scheduled_synopsis',
    'failed',
  ]);
});

test('nothing is noted of a part, of a cancelled task, and of what its chat tells', () => {
  end({ parentId: newId.job() });
  end({ end: { state: 'cancelled', error: null } });
  end({ kind: 'chat.answer' });
  end({ kind: 'document.import' });
  end({ kind: 'passages.embed' });
  expect(events()).toEqual([]);
});

test('a refresh with something to decide is a proposal, one that changes nothing is a synopsis that is ready', () => {
  const { synopses } = plain.store;
  const session = addSession(plain.store, { title: 'Чат' });
  const first = addVersion(plain.store, session);
  const make = (version: VersionId, text: string): void => {
    synopses.addSection(version, sectionOf('summary', text));
    synopses.finishVersion(version, { state: 'ready', coverage: [], issues: [], atMs: nowMs });
    const job = synopses.head(version)?.jobId ?? newId.job();
    createJobRepository(plain.db).insert([newJob(job, { kind: 'synopsis.make', title: text, sessionId: session, nowMs })]);
    kindOf('synopsis.make').onEnd?.(refOf(job, session), done);
  };
  const refresh = (): VersionId => {
    nowMs += 60_000;
    const ids = { versionId: newId.version(), synopsisId: newId.synopsis(), sessionId: session, jobId: newId.job() };
    const like = {
      title: 'Лекция',
      detail: 'standard',
      language: 'ru',
      template: 'lecture',
      plannedSections: ['summary', 'theses'],
    } as const;
    const made = { coverage: [], requestKey: null, trigger: 'refresh', basedOn: first, only: ['summary'], atMs: nowMs } as const;
    return synopses.startVersion({ ...ids, ...like, ...made }).id;
  };
  make(first, 'Итог');
  make(refresh(), 'Итог');
  make(refresh(), 'Другой итог');
  expect(events()).toEqual(['proposal', 'synopsis_ready', 'synopsis_ready']);
});

test('a second end after a retry by hand is told like the first, which is read', () => {
  const id = addJob('agent.run', 'Сводка', null);
  const kind = kindOf('agent.run');
  kind.onEnd?.(refOf(id, null), failed);
  kind.onRetry?.(refOf(id, null), []);
  expect(plain.store.notices.unread(nowMs)).toBe(0);
  nowMs += 60_000;
  kind.onEnd?.(refOf(id, null), failed);
  expect(listed().map(({ isRead }) => isRead)).toEqual([false, true]);
});

test('a wait for a budget is noted once each time, also after a kill', () => {
  const repository = createJobRepository(plain.db);
  const id = addJob('agent.run', 'Сводка', null);
  const waits = () => createWaitNoter({ store: plain.store, jobViews: createJobViews(plain.db), now });
  const wait = { reason: 'budget', detail: '{}', expiresAtMs: null, onExpiry: 'resume' } as const;
  repository.parkQueued(id, wait, nowMs);
  waits().catchUp();
  waits().parked(id);
  waits().catchUp();
  expect(events()).toEqual(['budget']);
  repository.resume(id, nowMs);
  expect(plain.store.notices.unread(nowMs)).toBe(0);
  repository.parkQueued(id, wait, nowMs);
  waits().parked(id);
  expect(listed().map(({ event, isRead, isOver }) => [event, isRead, isOver])).toEqual([
    ['budget', false, false],
    ['budget', true, false],
  ]);
  const other = addJob('agent.run', 'Другая', null);
  repository.parkQueued(other, { ...wait, reason: 'network' }, nowMs);
  waits().parked(other);
  expect(events()).toHaveLength(2);
});

test('a step of which nobody knows whether it happened is noted as that', () => {
  const id = addJob('agent.run', 'Отправить', null);
  plain.db.exec(`
    INSERT INTO job_step (job_id, name, seq, attempt, effect_class, effect_key, dispatched_at_ms, started_at_ms, effect_outcome, finished_at_ms)
    VALUES ('${id}', 'send:1', 1, 1, 'once', 'k', 1, 1, 'indeterminate', NULL)`);
  const wait = { reason: 'answer', detail: '{}', expiresAtMs: null, onExpiry: 'resume' } as const;
  createJobRepository(plain.db).parkQueued(id, wait, nowMs);
  createWaitNoter({ store: plain.store, jobViews: createJobViews(plain.db), now }).catchUp();
  expect(listed()).toMatchObject([{ event: 'unclear', jobId: id, isOver: false }]);
});

test('missed and refused times and new versions are noted once, old ones not again', () => {
  const session = addSession(plain.store, { title: 'Чат' });
  let noted = 0;
  const others = createOtherNoter({
    store: plain.store,
    keptMs: () => 1_000_000,
    noted: () => (noted += 1),
    now,
    report: error => expect.unreachable(String(error)),
  });
  const view = (outcome: 'started' | 'missed' | 'refused', atMs: number) => ({
    ...{ id: scheduleId.parse(v7()), work: { kind: 'synopsis.make' as const, sessionId: session }, title: 'Семинар', cron: '0 9 * * *' },
    ...{ timeZone: 'UTC', missed: 'skip' as const, enabled: true, nextAtMs: null, createdAtMs: 1 },
    lastRun: { plannedAtMs: atMs, atMs, outcome, jobId: null, error: null },
  });
  const all = [view('missed', nowMs), view('refused', nowMs), view('started', nowMs), view('missed', nowMs - 2_000_000)];
  others.schedules(all as never);
  others.schedules(all as never);
  others.update({ state: 'available', version: '1.4.0' });
  others.update({ state: 'downloading', version: '1.4.0', part: 0.5 });
  others.update({ state: 'ready', version: '1.4.0' });
  others.update({ state: 'ready', version: '1.4.0' });
  expect(listed().map(({ event, title, isRead }) => [event, title, isRead])).toEqual([
    ['update_ready', '1.4.0', false],
    ['update_available', '1.4.0', true],
    ['schedule_refused', 'Семинар', false],
    ['schedule_missed', 'Семинар', false],
  ]);
  expect(noted).toBe(3);
});

test('what nobody sees is shown once, with its place', () => {
  const { flush, shown } = announcing();
  const session = addSession(plain.store, { title: 'Чат' });
  const id = end({ session, title: 'Сравнить' });
  const bad = end({ session, end: failed, title: 'Отчёт' });
  flush();
  flush();
  expect(shown).toMatchObject([
    { title: 'Задача выполнена', body: 'Сравнить', location: { kind: 'session', sessionId: session }, asks: null },
    { title: 'Не получилось', body: 'Отчёт', location: { kind: 'job', jobId: bad } },
  ]);
  expect(listed().map(({ jobId, isRead }) => [jobId, isRead])).toEqual([
    [bad, false],
    [id, false],
  ]);
});

test('what is before the eyes of the person is read; of other places the window tells alone, unless they want both', () => {
  for (const notifyFocused of [false, true]) {
    const { flush, shown, lookAt } = announcing({ notifyFocused });
    const [here, elsewhere] = [addSession(plain.store, { title: 'Здесь' }), addSession(plain.store, { title: 'Там' })];
    lookAt({ kind: 'session', sessionId: here });
    end({ session: here });
    end({ session: elsewhere, title: 'Там' });
    const failing = end({ session: here, end: failed });
    flush();
    expect(shown.map(({ body }) => body)).toEqual(notifyFocused ? ['Там'] : []);
    expect(
      listed()
        .slice(0, 3)
        .map(({ isRead }) => isRead),
    ).toEqual([true, false, true]);
    expect(listed()[0]?.jobId).toBe(failing);
  }
});

test('a sound is the person’s choice, and a test is sent whatever is held back', async () => {
  const loud = announcing();
  end();
  loud.flush();
  nowMs = clock(10, 23);
  const still = announcing({ ...quiet, notifySound: false });
  expect(await still.test()).toBe('shown');
  expect([...loud.shown, ...still.shown].map(({ title, silent }) => [title, silent])).toEqual([
    ['Задача выполнена', false],
    ['Проверка уведомлений', true],
  ]);
});

test('a page in a browser tells where one may, to all of them under one id', () => {
  const events = createEventHub();
  const seen = createWhatIsSeen();
  const told: unknown[] = [];
  events.subscribe(({ route, payload }) => told.push([route, payload]));
  const host = createPageHost(events, seen);
  const id = noticeId.parse(v7());
  const announcement = { id, title: 'Готово', body: 'Сводка', location: { kind: 'notices' }, asks: null } as const;
  const report = (notifies: boolean) =>
    seen.report('page', { visible: true, focused: false, location: null, notifies }, new AbortController().signal);
  report(false);
  host.show(announcement, { silent: true });
  expect(told).toEqual([]);
  report(true);
  host.show(announcement, { silent: true });
  expect(told).toEqual([
    ['notices.show', { id, title: 'Готово', body: 'Сводка', location: { kind: 'notices' }, silent: true, revision: 1 }],
  ]);
  expect(host.isLookedAt()).toBe(false);
});

test('each kind is told as the person chose: shown, in the list alone, or not at all', () => {
  const { flush, heads } = announcing({ notifyFailed: 'centre', notifyBrowser: 'nothing' });
  end({ title: 'Готово' });
  end({ end: failed, title: 'Нет' });
  end({ kind: 'browser.run', title: 'Браузер' });
  flush();
  expect(heads()).toEqual(['Задача выполнена: Готово']);
  expect(listed().map(({ title, isRead }) => [title, isRead])).toEqual([
    ['Нет', false],
    ['Готово', false],
  ]);
});

test('what was not wanted is no news when its kind is wanted again', () => {
  const others = createOtherNoter({
    store: plain.store,
    keptMs: () => 1_000_000,
    noted: () => undefined,
    now,
    report: error => expect.unreachable(String(error)),
  });
  const missed = {
    ...{ id: scheduleId.parse(v7()), work: { kind: 'synopsis.make', sessionId: addSession(plain.store) }, title: 'Семинар' },
    lastRun: { plannedAtMs: nowMs, atMs: nowMs, outcome: 'missed', jobId: null, error: null },
  };
  others.schedules([missed] as never);
  announcing({ notifySchedule: 'nothing' }).flush();
  expect(listed()).toEqual([]);
  // It is told again with every change of any schedule.
  others.schedules([missed] as never);
  const { flush, shown } = announcing();
  flush();
  expect([listed(), shown, plain.store.notices.unread(nowMs)]).toEqual([[], [], 0]);
});

test('what is to be told before there is a host waits for it', () => {
  const host = { shown: 0 };
  const announcer = announcing({}, { isHostThere: false });
  end({ title: 'Готово' });
  announcer.flush();
  expect([announcer.shown, plain.store.notices.untold('pending', 9, nowMs).length]).toEqual([[], 1]);
  announcer.setShow({ show: () => (host.shown += 1), isLookedAt: () => false, test: () => Promise.resolve('shown') });
  expect([host.shown, plain.store.notices.untold('pending', 9, nowMs).length]).toEqual([1, 0]);
});

test('a question can be answered from outside, and one that was answered meanwhile is not shown', () => {
  const { flush, shown } = announcing();
  const id = addJob('agent.run', 'Спрашивает', null);
  const [first, second] = [ask(id, 'Записать раз'), ask(id, 'Записать два')];
  plain.store.approvals.decide(first, { decision: 'deny', answer: null, scope: 'once', by: 'person', atMs: nowMs });
  flush();
  expect(shown).toMatchObject([
    {
      title: 'Нужно ваше разрешение',
      body: 'Записать два',
      location: { kind: 'job', jobId: id },
      asks: { approvalId: second, takesWords: false },
    },
  ]);
  expect(shown[0]?.asks?.replies.map(({ label }) => label)).toEqual(['Разрешить', 'Отклонить']);
});

test('many at once are one that counts them and leads to the list', () => {
  const { flush, shown } = announcing();
  for (let n = 0; n < 5; n += 1) end({ title: `Задача ${n}` });
  flush();
  expect(shown).toMatchObject([{ title: '5 событий', location: { kind: 'notices' } }]);
  end();
  flush();
  expect(shown).toHaveLength(2);
});

test('what the system does not show stays in the list, and is not told again', () => {
  const { flush, refuse, shown, reported } = announcing();
  refuse();
  end();
  flush();
  flush();
  expect([shown, reported.length]).toEqual([[], 1]);
  expect(plain.store.notices.untold('pending', 9, nowMs)).toEqual([]);
  expect(plain.store.notices.unread(nowMs)).toBe(1);
});

test('a title that hides or turns its letters shows that it does', () => {
  const { flush, shown } = announcing();
  end({ title: 'Счёт\u202Efdp.exe' });
  flush();
  expect(shown[0]?.body).not.toContain('\u202E');
  expect(shown[0]?.body).toContain('fdp.exe');
});

test('more than one batch of them is told at once', () => {
  const { flush } = announcing();
  for (let n = 0; n < 120; n += 1) end({ title: `Задача ${n}` });
  flush();
  expect(plain.store.notices.untold('pending', 200, nowMs)).toEqual([]);
});

test('in quiet hours nothing is shown, and all of it is told once when they end', () => {
  nowMs = clock(10, 23);
  const { flush, shown, pass } = announcing(quiet);
  for (let n = 0; n < 3; n += 1) end({ title: `Задача ${n}` });
  flush();
  nowMs = clock(11, 2);
  end({ end: failed });
  end({ kind: 'browser.run' });
  flush();
  pass(clock(11, 7));
  expect(shown).toEqual([]);
  expect(plain.store.notices.unread(nowMs)).toBe(5);
  pass(clock(11, 8));
  expect(shown).toMatchObject([{ title: 'Пока было тихо', body: '4 задачи готовы, 1 ошибка', location: { kind: 'notices' } }]);
  pass(clock(11, 20));
  flush();
  expect(shown).toHaveLength(1);
});

test('what was answered or read in quiet hours is not in the summary, which leads to the one thing that is left', () => {
  nowMs = clock(10, 23);
  const { flush, shown, pass } = announcing(quiet);
  const session = addSession(plain.store, { title: 'Чат' });
  end({ title: 'Прочитано' });
  flush();
  plain.store.notices.read(null, nowMs);
  end({ session, title: 'Осталось' });
  flush();
  pass(clock(11, 8));
  expect(shown).toMatchObject([{ body: '1 задача готова', location: { kind: 'session', sessionId: session } }]);
});

test('a program that was ended in quiet hours tells what was held back at its next start after them', () => {
  nowMs = clock(10, 23);
  const first = announcing(quiet);
  end();
  first.flush();
  nowMs = clock(11, 1);
  const second = announcing(quiet);
  second.look();
  expect([...second.timers.values()]).toEqual([clock(11, 8)]);
  nowMs = clock(11, 9);
  const third = announcing(quiet);
  third.look();
  third.look();
  expect([first, second, third].map(({ shown }) => shown.length)).toEqual([0, 0, 1]);
});

test('a question that would expire comes through only when the person says so', () => {
  nowMs = clock(10, 23);
  const id = addJob('agent.run', 'Спрашивает', null);
  const strict = announcing(quiet);
  ask(id, 'До утра', 3_600_000);
  strict.flush();
  expect(strict.shown).toEqual([]);
  const lets = announcing({ ...quiet, quietLetsExpiring: true });
  ask(id, 'Через час', 3_600_000);
  ask(id, 'Когда угодно', null);
  ask(id, 'Послезавтра', 48 * 3_600_000);
  lets.flush();
  expect(lets.shown.map(({ body }) => body)).toEqual(['Через час']);
  lets.pass(clock(11, 8));
  expect(lets.shown.map(({ body }) => body)).toEqual(['Через час', '2 вопроса']);
});

test('quiet hours that are switched off are over', () => {
  nowMs = clock(10, 23);
  const changes = { quietHours: true };
  const { flush, look, shown } = announcing(changes);
  end();
  flush();
  changes.quietHours = false;
  look();
  expect(shown).toMatchObject([{ title: 'Пока было тихо' }]);
});
