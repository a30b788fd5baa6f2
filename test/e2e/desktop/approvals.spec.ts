// What a job asks outside the window. A system's notifications and trays can be looked at on the stand-in only.
import { expect, test } from '@playwright/test';
import { v7 } from 'uuid';
import { approvalId, noticeId, jobId, type JobId } from '../../../src/shared/domain/ids.ts';
import { openStore } from '../../../src/main/store/open-store.ts';
import { createJobRepository } from '../../../src/main/store/jobs/job-repository.ts';
import { onStandIn } from '../../support/launch-desktop.ts';
import { newJob } from '../../support/new-job.ts';
import { createDesk, value, type Desk, type DesktopProgram } from './desktop-program.ts';

let desk: Desk;
test.beforeEach(() => {
  desk = createDesk();
});
test.afterEach(async () => {
  await desk.clear();
});

const readerEntry = new URL('../../../src/main/store/reader-thread.ts', import.meta.url);

/** Jobs that an earlier life of the program parked: one whose question is short, one whose payload is long. */
async function parkedJobs(): Promise<readonly [JobId, JobId]> {
  const opened = openStore({ root: desk.dataDir, readerEntry, nowMs: () => Date.now() });
  const ids = [jobId.parse(v7()), jobId.parse(v7())] as const;
  const { store, connection } = opened;
  const nowMs = Date.now();
  for (const [at, id] of ids.entries()) {
    createJobRepository(connection).insert([newJob(id, { kind: 'agent.run', title: `Задача ${at + 1}`, dueAtMs: nowMs, nowMs })]);
    connection.prepare("UPDATE job SET state = 'waiting', wait_reason = 'approval' WHERE id = ?").run(id);
    const asked = approvalId.parse(v7());
    store.approvals.insert({
      id: asked,
      jobId: id,
      question: {
        key: 'approve:1.0',
        type: 'approval',
        tool: 'write_file',
        title: `Записать файл ${at + 1}`,
        destination: '/plan.md',
        payload: JSON.stringify({ text: at === 0 ? 'план' : 'план '.repeat(100) }),
        choices: [],
        expiresInMs: null,
        whenExpired: 'deny',
        action: null,
      },
      atMs: nowMs,
    });
    store.notices.insert({
      id: noticeId.parse(v7()),
      uniqueKey: `approval:${asked}`,
      event: 'approval',
      jobId: id,
      approvalId: asked,
      subject: null,
      sessionId: null,
      atMs: nowMs,
    });
  }
  await opened.close({ withBackup: false });
  return ids;
}

const asked = ({ app }: DesktopProgram) =>
  app.evaluate(() =>
    process.standIn?.record.trays[0]?.contextMenu?.items
      .filter(({ id }) => id?.startsWith('asked-'))
      .map(({ label, submenu }) => [label, ...(submenu?.items.flatMap(item => (item.type === 'separator' ? [] : [item.label])) ?? [])]),
  );
const answered = async ({ client }: DesktopProgram, id: JobId) =>
  value(await client.call('approvals.list', { jobId: id })).approvals.map(approval => approval.answered);

test('what a job asked before a restart is answered from the tray and from its notification', async () => {
  test.skip(!onStandIn, 'the record of trays and notifications exists on the stand-in only');
  const [short, long] = await parkedJobs();
  const program = await desk.start();
  // What does not fit is allowed in the window alone.
  await expect
    .poll(() => asked(program))
    .toEqual([
      ['Записать файл 1', 'Записать файл 1', 'Куда: /plan.md', '{"text":"план"}', 'Показать…', 'Разрешить', 'Отклонить'],
      ['Записать файл 2', 'Записать файл 2', 'Куда: /plan.md', 'Показать…', 'Отклонить'],
    ]);

  // Nobody looks at the window from here on: the job that is answered may end at once, which tells of the other one.
  await program.app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.hide();
  });
  const [approval] = value(await program.client.call('approvals.list', { jobId: long })).approvals;
  await program.app.evaluate((_electron, id) => {
    process.standIn?.record.trays[0]?.contextMenu?.getMenuItemById(`reply-${id}-0`)?.click();
  }, approval?.id ?? '');
  await expect.poll(() => answered(program, long)).toMatchObject([{ decision: 'deny', by: 'person' }]);
  await expect.poll(() => asked(program).then(shown => shown?.length)).toBe(1);

  // What nobody could be told before the restart is told once there is a desktop to tell it.
  const shown = () =>
    program.app.evaluate(() =>
      process.standIn?.record.notifications.map(({ title, body, actions }) => [title, body, actions.map(({ text }) => text)]),
    );
  await expect.poll(shown).toEqual([
    ['Нужно ваше разрешение', 'Записать файл 1\nКуда: /plan.md\n{"text":"план"}', ['Разрешить', 'Отклонить']],
    ['Нужно ваше разрешение', 'Записать файл 2\nКуда: /plan.md', ['Отклонить']],
  ]);
  await program.app.evaluate(() => process.standIn?.record.notifications[0]?.emit('action', {}, 0));
  await expect.poll(() => answered(program, short)).toMatchObject([{ decision: 'allow', scope: 'once', by: 'person' }]);
  await expect.poll(() => asked(program)).toEqual([]);
});
