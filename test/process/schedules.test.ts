import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { SessionId } from '../../src/shared/domain/ids.ts';
import { scheduleView } from '../../src/shared/domain/schedule.ts';
import { openConnection } from '../../src/main/store/connection.ts';
import { dataFolder } from '../../src/main/store/data-folder.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { openTestApp, type TestApp } from '../support/open-test-app.ts';
import { patienceMs } from '../support/patience.ts';
import { runCommand, type CommandEnd } from '../support/program/command.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

const dayMs = 86_400_000;
let dataDir: string;
beforeEach(({ onTestFinished: afterwards }) => {
  const folder = tempFolder();
  afterwards(folder.remove);
  dataDir = folder.path;
});

async function openedApp(): Promise<TestApp> {
  const opened = openTestApp(dataDir);
  onTestFinished(() => opened.close());
  return Promise.resolve(opened);
}

async function chatWithText({ client }: TestApp): Promise<SessionId> {
  const session = await client.call('sessions.create', { requestKey: randomUUID(), title: 'Семинар' });
  if (!session.ok) throw new Error(session.error.message);
  const sessionId = session.value.id;
  const text = 'The lighthouse was built in 1871 on a bare rock. Its keeper kept bees and wrote letters to the harbour master.';
  await client.call('messages.send', { sessionId, requestKey: randomUUID(), text });
  return sessionId;
}

/** As if the program had been closed since before the planned time. */
function letTimePass(byMs: number): void {
  const db = openConnection(dataFolder(dataDir).database, { mustExist: true });
  db.prepare('UPDATE schedule SET next_at_ms = next_at_ms - ?').run(byMs);
  db.close();
}

const morning = { cron: '0 9 * * *', timeZone: 'Europe/Berlin' } as const;

test('a synopsis that was missed while the program was closed is made at the start, once, as the next version', async () => {
  const first = await openedApp();
  const sessionId = await chatWithText(first);
  const requestKey = randomUUID();
  const request = { requestKey, work: { kind: 'synopsis.make' as const, sessionId }, ...morning };
  const saved = await first.client.call('schedules.save', request);
  expect(saved).toMatchObject({ ok: true, value: { title: 'Семинар', enabled: true, lastRun: null } });
  // The same click.
  expect(await first.client.call('schedules.save', request)).toEqual(saved);
  // The same form, changed after an answer that was lost, and changed back.
  const changed = await first.client.call('schedules.save', { ...request, missed: 'skip' });
  expect(changed).toEqual({ ...saved, value: { ...(saved.ok ? saved.value : {}), missed: 'skip' } });
  expect(await first.client.call('schedules.save', request)).toEqual(saved);
  await first.close();

  letTimePass(3 * dayMs);
  const second = await openedApp();
  const listed = await second.client.call('schedules.list', {});
  if (!listed.ok) throw new Error(listed.error.message);
  const [schedule, ...more] = listed.value.schedules;
  expect(more).toEqual([]);
  expect(schedule).toMatchObject({ lastRun: { outcome: 'started', error: null } });
  const jobId = schedule?.lastRun?.jobId ?? expect.fail('Nothing was started.');
  await expect
    .poll(() => second.client.call('synopses.open', { sessionId }), { timeout: patienceMs })
    .toMatchObject({ ok: true, value: { versions: [{ number: 1, state: 'ready', jobId }] } });
  expect(await second.client.call('notices.list', {})).toMatchObject({ value: { notices: [{ event: 'scheduled_synopsis', jobId }] } });
  await second.close();
  // The last run is told by how it ended, not by that it began.
  const told = await runCommand(['schedules', 'list'], { dataDir });
  expect(told.stdout).toMatch(/last .*: done/u);

  // Told of the same planned time again, nothing is made.
  letTimePass(dayMs);
  const third = await openedApp();
  const again = await third.client.call('schedules.list', {});
  expect(again).toMatchObject({ ok: true, value: { schedules: [{ lastRun: { jobId } }] } });
  await third.close();
});

test('what it cannot start says why, and what is wrong is refused by its own code', async () => {
  const opened = await openedApp();
  const empty = await opened.client.call('sessions.create', { requestKey: randomUUID() });
  if (!empty.ok) throw new Error(empty.error.message);
  const work = { kind: 'synopsis.make' as const, sessionId: empty.value.id };
  const save = (times: { cron: string; timeZone: string }) =>
    opened.client.call('schedules.save', { requestKey: randomUUID(), work, ...times });
  expect(await save({ cron: '0 0 31 2 *', timeZone: 'UTC' })).toMatchObject({ ok: false, error: { code: 'never_comes' } });
  expect(await save({ cron: 'at nine', timeZone: 'UTC' })).toMatchObject({ ok: false, error: { code: 'bad_cron' } });
  expect(await save({ ...morning, timeZone: 'Mars/Olympus' })).toMatchObject({ ok: false, error: { code: 'bad_time_zone' } });
  // A chat without a name lends it none; each host has its own words for that.
  expect(await save(morning)).toMatchObject({ ok: true, value: { title: '' } });
  await opened.close();
  letTimePass(dayMs);
  const again = await openedApp();
  expect(await again.client.call('schedules.list', {})).toMatchObject({
    value: { schedules: [{ lastRun: { outcome: 'refused', jobId: null, error: { code: 'nothing_to_read' } } }] },
  });
  await again.close();
  // Noted once, however often it is looked at.
  const third = await openedApp();
  expect(await third.client.call('notices.list', {})).toMatchObject({
    value: { notices: [{ event: 'schedule_refused', title: '', jobId: null, sessionId: empty.value.id, isRead: false }], unread: 1 },
  });
  await third.close();
  expect(await runCommand(['schedules'], { dataDir, language: 'ru' })).toMatchObject({
    stdout: expect.stringContaining('Конспект чата без названия'),
  });
});

describe('konspekt schedules', () => {
  const konspekt = (args: readonly string[], language: 'ru' | 'en' = 'en'): Promise<CommandEnd> => runCommand(args, { dataDir, language });

  test('adds, lists, switches and removes, in both languages', async () => {
    const app = await openedApp();
    await chatWithText(app);
    await app.close();
    expect(await konspekt(['schedules'])).toMatchObject({ code: 0, stdout: expect.stringContaining('There are no schedules.') });
    const times = ['--cron', '0 9 * * 1-5', '--zone', 'Europe/Berlin'];
    expect(await konspekt(['schedules', 'add', 'семин', ...times], 'ru')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Расписание сохранено: [\s\S]*Конспект: Семинар\n {2}0 9 \* \* 1-5 {2}следующий раз/u),
    });
    const listed = await konspekt(['schedules', 'list', '--json']);
    const { id, timeZone } = scheduleView.parse(JSON.parse(listed.stdout));
    expect(timeZone).toBe('Europe/Berlin');
    expect((await konspekt(['schedules', 'next', id.slice(0, 20), '--count', '2'])).stdout).toMatch(
      /^(?:\w{3}, .* 09:00 \(Europe\/Berlin\)\n){2}$/u,
    );
    expect((await konspekt(['schedules', 'disable', id])).stdout).toContain('1-5  off');
    expect((await konspekt(['schedules', 'enable', id])).stdout).toContain('next ');
    expect(await konspekt(['schedules', 'remove', id])).toMatchObject({ code: 0 });
    expect(await konspekt(['schedules', 'remove', id], 'ru')).toMatchObject({
      code: 6,
      stderr: expect.stringContaining(`Расписания «${id}» нет`),
    });
  });

  test('refuses with the value and the cure', async () => {
    expect(await konspekt(['schedules', 'next', '--cron', '0 0 30 2 *'], 'ru')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('«0 0 30 2 *» никогда не наступит'),
    });
    expect(await konspekt(['schedules', 'next', '--cron', '99 9 * * *'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"99 9 * * *"'),
    });
    expect(await konspekt(['schedules', 'next'])).toMatchObject({ code: 2 });
    expect(await konspekt(['schedules', 'add', 'nobody', '--cron', '0 9 * * *'])).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('"nobody"'),
    });
  });
});

test.each([
  ['61 * * * *', /The field of the minute has "61", and its numbers go from 0 to 59\./u],
  ['5-1 * * * *', /The field of the minute has "5-1", which ends before it begins\./u],
  ['* * * * * *', /There are 6 fields here, and it takes five/u],
])('%s is refused with the place that is wrong', async (cron, sentence) => {
  const refused = await runCommand(['schedules', 'next', '--cron', cron], { dataDir });
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toMatch(sentence);
});

test('what a request has too much of is said with the value and the bound', async () => {
  const refused = await runCommand(['schedules', 'next', '--cron', '1'.repeat(10_000)], { dataDir });
  expect(refused).toMatchObject({ code: 2, stderr: 'The program refused: "cron" has 10000 characters; it takes at most 2000.\n' });
  const many = await runCommand(['schedules', 'next', '--cron', '@daily', '--count', '1000'], { dataDir });
  expect(many.stderr).toContain('The value "1000" of --count does not fit. It is a whole number from 1 to 100.');
});
