import { randomUUID } from 'node:crypto';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { JobId } from '../../src/shared/domain/ids.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { openTestApp, type TestApp } from '../support/open-test-app.ts';
import { patienceMs } from '../support/patience.ts';
import { runCommand } from '../support/program/command.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

let dataDir: string;
beforeEach(({ onTestFinished: afterwards }) => {
  const folder = tempFolder();
  afterwards(folder.remove);
  dataDir = folder.path;
});

function openedApp(): TestApp {
  const opened = openTestApp(dataDir);
  onTestFinished(() => opened.close());
  return opened;
}
const wallMs = (limit: number | null) => ({ tokens: null, moneyMinor: null, steps: null, wallMs: limit });

async function requestSynopsis({ client }: TestApp): Promise<JobId> {
  const session = await client.call('sessions.create', { requestKey: randomUUID(), title: 'Семинар' });
  if (!session.ok) throw new Error(session.error.message);
  const sessionId = session.value.id;
  await client.call('messages.send', { sessionId, requestKey: randomUUID(), text: 'The lighthouse was built in 1871 on a bare rock.' });
  const requested = await client.call('synopses.request', { sessionId, requestKey: randomUUID() });
  if (!requested.ok) throw new Error(requested.error.message);
  return requested.value.version.jobId;
}

test('a job waits for its budget over a restart, says so on the command line, and goes on when it is raised', async () => {
  const first = openedApp();
  const day = { scope: 'program', period: 'day' } as const;
  expect(await first.client.call('budgets.set', { budget: { ...day, limits: wallMs(0) } })).toMatchObject({
    ok: true,
    value: { resumed: 0 },
  });
  const jobId = await requestSynopsis(first);
  const inspected = ({ client }: TestApp) => client.call('jobs.inspect', { jobId });
  await expect
    .poll(() => inspected(first), { timeout: patienceMs })
    .toMatchObject({ value: { job: { state: 'waiting', waitReason: 'budget' } } });
  await first.close();

  const shown = await runCommand(['jobs', 'show', jobId], { dataDir, language: 'ru' });
  expect(shown.stdout).toMatch(/ждёт \(бюджет израсходован/u);
  expect(shown.stdout).toMatch(/вся программа, в день {2}время: [\d,]+ из 0 с/u);
  const raised = await runCommand(['budgets', 'set', 'program', '--day', '--minutes', '10'], { dataDir });
  // The job, and the chat's answer that waited beside it.
  expect(raised).toMatchObject({ code: 0, stdout: expect.stringMatching(/of 600 s .*\nTasks that go on: 2\./u) });

  const second = openedApp();
  // Told of once, over the restart, and nothing to do about it once it is raised.
  const notices = await second.client.call('notices.list', {});
  if (!notices.ok) throw new Error(notices.error.message);
  expect(notices.value.notices.filter(notice => notice.jobId === jobId && notice.event === 'budget')).toMatchObject([{ isOver: true }]);
  await expect.poll(() => inspected(second), { timeout: patienceMs }).toMatchObject({ value: { job: { state: 'done' } } });
  const end = await inspected(second);
  if (!end.ok) throw new Error(end.error.message);
  expect(end.value.spent?.wallMs).toBeGreaterThan(0);
  expect(end.value.budgets).toMatchObject([{ scope: 'program', period: 'day', limits: { wallMs: 600_000 } }]);
  expect(await second.client.call('budgets.set', { budget: { ...day, limits: wallMs(null) } })).toMatchObject({ ok: true });
  expect(await second.client.call('budgets.list', {})).toMatchObject({ value: { budgets: [] } });
  await second.close();
});

test('a budget of what is not there is refused', async () => {
  const { client, close } = openedApp();
  const nobody = '01920000-0000-7000-8000-000000000001';
  for (const scope of ['job', 'session'] as const)
    expect(await client.call('budgets.set', { budget: { scope, subject: nobody, period: 'ever', limits: wallMs(1) } })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
  await close();
  expect(await runCommand(['budgets', 'set', 'job', nobody], { dataDir, language: 'ru' })).toMatchObject({ code: 6 });
  expect(await runCommand(['budgets', 'set', 'session'], { dataDir })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('whose budget'),
  });
});

test('a limit of zero is refused in words, however small the number is written', async () => {
  for (const minutes of ['0', '0.0', '0.000001']) {
    const refused = await runCommand(['budgets', 'set', 'program', '--day', '--minutes', minutes], { dataDir });
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/lets no task begin.*konspekt jobs pause/u) });
  }
});

test('a word that is no command of a group is said to be none', async () => {
  for (const group of ['jobs', 'budgets', 'schedules'])
    expect(await runCommand([group, 'foo'], { dataDir })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(new RegExp(`There is no command "${group} foo"\\. There are: list, `, 'u')),
    });
});
