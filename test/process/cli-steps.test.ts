import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { jobView } from '../../src/shared/domain/job.ts';
import { addSession, addVersion, coverageOf, noonMs, plainStore, sectionOf } from '../integration/store/store-fixture.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { createBarrier } from '../support/program/barrier.ts';
import { gatedCli } from '../support/program/built-program.ts';
import { runCommand, startCommand, type CommandOptions } from '../support/program/command.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

let root: string;
let out: string;
beforeEach(({ onTestFinished }) => {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  root = folder.path;
  out = join(root, 'out');
  mkdirSync(out);
});

const konspekt = (args: readonly string[], options: Partial<CommandOptions> = {}) =>
  runCommand(args, { dataDir: join(root, 'data'), ...options });
const files = () => readdirSync(out).sort();

function addSynopses(titles: readonly string[]): void {
  const { store, close } = plainStore(join(root, 'data'));
  for (const [n, title] of titles.entries()) {
    const version = addVersion(store, addSession(store, { title }), { title });
    store.synopses.addSection(version, sectionOf('summary', `This is ${title}.`));
    store.synopses.finishVersion(version, { state: 'ready', coverage: [coverageOf(title)], issues: [], atMs: noonMs - n });
  }
  close();
}

async function onlyJob() {
  const { stdout } = await konspekt(['jobs', 'list', '--json']);
  return jobView.parse(JSON.parse(stdout.trim()));
}

test('export writes what is finished, twice writes nothing over, and refuses what it cannot use', async () => {
  expect(await konspekt(['export', '--to', out])).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('no finished synopsis') as unknown,
  });
  addSynopses(['Two', 'One', 'One']);
  expect(await konspekt(['export', '--to', join(root, 'nowhere')])).toMatchObject({ code: 2 });
  const first = await konspekt(['export', '--to', out]);
  expect([first.code, first.stderr]).toEqual([0, expect.stringContaining('Synopses in')]);
  expect(files()).toEqual(['One (2).md', 'One.md', 'Two.md']);
  writeFileSync(join(out, 'Two.md'), 'mine');
  expect((await konspekt(['export', '--to', out])).code).toBe(0);
  expect(files()).toEqual(['One (2).md', 'One.md', 'Two (2).md', 'Two.md']);
  expect(readFileSync(join(out, 'Two.md'), 'utf8')).toBe('mine');
});

test('a step that nobody can judge is shown and decided about, in both languages', async () => {
  addSynopses(['B', 'A']);
  const barrier = await createBarrier();
  const cli = gatedCli(join(root, 'gated'), { worker: 'synopsis', point: 'sending:2', port: barrier.port });
  const command = startCommand(['export', '--to', out], { dataDir: join(root, 'data'), cli });
  await barrier.reached();
  command.signal('SIGKILL');
  await command.ended;
  await barrier.close();
  writeFileSync(join(out, 'A.md'), 'mine');

  const { id } = await onlyJob();
  // Nobody can tell: the command that went on with it says so and leaves.
  const waited = await konspekt(['jobs', 'wait', id]);
  expect(waited.code).toBe(7);
  expect(waited.stderr).toContain(`konspekt jobs decide ${id} 3 repeat`);
  const shown = await konspekt(['jobs', 'show', id]);
  expect(shown.stdout).toMatch(/2\. File: B {2}\d+ ms {2}attempt 1 {2}succeeded {2}can be undone/u);
  expect(shown.stdout).toMatch(/3\. File: A {2}attempt 1 {2}⚠ not known whether it happened/u);
  const inRussian = await konspekt(['jobs', 'show', id], { language: 'ru' });
  expect(inRussian.stdout).toContain('⚠ неизвестно, выполнено ли');
  expect(inRussian.stdout).toContain('возвращено в очередь: программа закрылась во время работы');
  expect(inRussian.stdout).toContain('Неизвестно, выполнен ли шаг «Файл: A»');
  expect(inRussian.stdout).toContain(`konspekt jobs decide ${id} 3 done — отметить выполненным и продолжить`);

  expect(await konspekt(['jobs', 'decide', id, '9', 'done'])).toMatchObject({ code: 2 });
  expect(await konspekt(['jobs', 'decide', id, '2', 'done'])).toMatchObject({ code: 2 });
  expect(await konspekt(['jobs', 'decide', id, '3', 'maybe'])).toMatchObject({ code: 2 });
  rmSync(join(out, 'A.md'));
  expect(await konspekt(['jobs', 'decide', id, '3', 'repeat'])).toMatchObject({ code: 0 });
  expect(files()).toEqual(['A.md', 'B.md']);
  const json: unknown = JSON.parse((await konspekt(['jobs', 'show', id, '--json'])).stdout);
  expect(json).toMatchObject({ superseded: [{ run: 1, outcome: 'indeterminate', decision: 'repeat' }], undecided: [] });
});

test('a job is run again from a step, and forked, and asks before it repeats an effect', async () => {
  addSynopses(['B', 'A']);
  const barrier = await createBarrier();
  const cli = gatedCli(join(root, 'gated'), { worker: 'synopsis', point: 'before:2', port: barrier.port });
  const command = startCommand(['export', '--to', out], { dataDir: join(root, 'data'), cli });
  await barrier.reached();
  const { id } = await onlyJob();
  expect((await konspekt(['jobs', 'cancel', id])).code).toBe(0);
  expect((await command.ended).code).toBe(130);
  await barrier.close();
  expect(files()).toEqual([]);
  expect((await konspekt(['jobs', 'show', id])).stdout).toMatch(/3\. undoes step "File: \w+"/u);

  expect(await konspekt(['jobs', 'retry', id, '--from', '7'])).toMatchObject({ code: 2 });
  expect((await konspekt(['jobs', 'retry', id, '--from', '1'])).code).toBe(0);
  expect(files()).toEqual(['A.md', 'B.md']);
  const refused = await konspekt(['jobs', 'fork', id, '--from', '1']);
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--confirm-effects') as unknown });
  const forked = await konspekt(['jobs', 'fork', id, '--from', '1', '--confirm-effects']);
  expect([forked.code, forked.stderr]).toEqual([0, expect.stringMatching(/^New task: [0-9a-f-]{36}$/mu)]);
  const forkId = /New task: (\S+)/u.exec(forked.stderr)?.[1] ?? '';
  expect((await konspekt(['jobs', 'show', forkId])).stdout).toContain(`Begun with the steps of task ${id}`);
  expect((await konspekt(['jobs', 'show', id])).stdout).toContain(`Task ${forkId} was begun with its steps`);
});
