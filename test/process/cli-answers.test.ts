import { beforeEach, expect, test } from 'vitest';
import { v7 } from 'uuid';
import type { PersonQuestion } from '../../src/shared/domain/agent.ts';
import type { ApprovalView } from '../../src/shared/domain/approval.ts';
import { approvalId, jobId } from '../../src/shared/domain/ids.ts';
import { openStore, type OpenedStore } from '../../src/main/store/open-store.ts';
import { createJobRepository } from '../../src/main/store/jobs/job-repository.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { newJob } from '../support/new-job.ts';
import { runCommand } from '../support/program/command.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

let dataDir: string;
beforeEach(({ onTestFinished: afterwards }) => {
  const folder = tempFolder();
  afterwards(folder.remove);
  dataDir = folder.path;
});

const readerEntry = new URL('../../src/main/store/reader-thread.ts', import.meta.url);
const job = jobId.parse(v7());
const question: PersonQuestion = {
  key: 'approve:1.0',
  type: 'approval',
  tool: 'write_file',
  title: 'Записать\u202E файл',
  destination: '/home/ann/plan.md',
  payload: '{"text":"план\u001B[2J"}\nдальше',
  choices: [],
  expiresInMs: null,
  whenExpired: 'deny',
  action: null,
};

async function withStore<T>(work: (opened: OpenedStore) => T): Promise<T> {
  const opened = openStore({ root: dataDir, readerEntry, nowMs: () => Date.now() });
  try {
    return work(opened);
  } finally {
    await opened.close({ withBackup: false });
  }
}

/** A job that was parked by an earlier life of the program. */
function parked(changes: Partial<PersonQuestion> = {}): Promise<void> {
  return withStore(({ store, connection }) => {
    const nowMs = Date.now();
    createJobRepository(connection).insert([newJob(job, { kind: 'agent.run', title: 'Договоры', dueAtMs: nowMs, nowMs })]);
    connection.prepare("UPDATE job SET state = 'waiting', wait_reason = 'approval' WHERE id = ?").run(job);
    store.approvals.insert({ id: approvalId.parse(v7()), jobId: job, question: { ...question, ...changes }, atMs: nowMs });
  });
}
const asked = (): Promise<ApprovalView | undefined> => withStore(({ store }) => store.approvals.ofJob(job).at(-1));

test('what a job asks is shown whole, with nothing that steers the terminal, and allowed for the job', async () => {
  await parked();
  const shown = await runCommand(['jobs', 'show', job], { dataDir, language: 'ru' });
  expect(shown.stdout).toContain('Нужно ваше разрешение: Записать⟨U+202E⟩ файл');
  expect(shown.stdout).toContain('куда: /home/ann/plan.md');
  expect(shown.stdout).toContain('| {"text":"план⟨U+001B⟩[2J"}\n    | дальше');
  expect(shown.stdout).toContain(`konspekt jobs approve ${job}`);
  const json = await runCommand(['jobs', 'show', job, '--json'], { dataDir });
  expect(JSON.parse(json.stdout)).toMatchObject({ approvals: [{ payload: question.payload, answered: null }] });

  expect(await runCommand(['jobs', 'answer', job, 'да'], { dataDir, language: 'ru' })).toMatchObject({ code: 2 });
  const allowed = await runCommand(['jobs', 'approve', job, '--for-job'], { dataDir, language: 'ru' });
  expect(allowed).toMatchObject({ code: 0, stderr: expect.stringContaining('Разрешено, задача продолжается.') });
  expect(await asked()).toMatchObject({ answered: { decision: 'allow', scope: 'job', by: 'person' } });
  expect(await withStore(({ connection }) => connection.prepare('SELECT state FROM job').get())).toEqual({ state: 'queued' });
  expect(await runCommand(['jobs', 'approve', job], { dataDir })).toMatchObject({
    code: 6,
    stderr: expect.stringContaining('asks nothing'),
  });
});

test('a question takes one of its choices', async () => {
  await parked({ type: 'question', tool: 'ask_person', destination: null, payload: null, choices: ['чай', 'кофе'] });
  expect(await runCommand(['jobs', 'approve', job], { dataDir })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('jobs answer'),
  });
  expect(await runCommand(['jobs', 'answer', job, 'квас'], { dataDir })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('none of the choices'),
  });
  expect(await runCommand(['jobs', 'answer', job, 'чай'], { dataDir })).toMatchObject({ code: 0 });
  expect(await asked()).toMatchObject({ answered: { decision: 'allow', answer: 'чай' } });
});

test('what has no destination is allowed once only, and can be denied', async () => {
  await parked({ destination: null });
  expect(await runCommand(['jobs', 'approve', job, '--for-job'], { dataDir })).toMatchObject({ code: 2 });
  expect(await runCommand(['jobs', 'deny', job], { dataDir })).toMatchObject({ code: 0 });
  expect(await asked()).toMatchObject({ answered: { decision: 'deny', scope: 'once' } });
});
