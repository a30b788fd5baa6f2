// Backups and diagnostics on the command line.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { diagnosticParts } from '../../src/shared/contract/diagnostics.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { launchHeadless } from '../support/launch-headless.ts';
import { runCommand, type CommandEnd } from '../support/program/command.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

let folder: string;
let dataDir: string;

beforeEach(({ onTestFinished: afterwards }) => {
  const temporary = tempFolder();
  folder = temporary.path;
  dataDir = join(folder, 'data');
  afterwards(() => {
    temporary.remove();
  });
});

const konspekt = (...args: string[]): Promise<CommandEnd> => runCommand(args, { dataDir });

interface Listed {
  readonly backups: readonly { readonly name: string; readonly reason: string; readonly contents: { readonly documents: number } }[];
  readonly wanted: string | null;
}
const listed = async (): Promise<Listed> => JSON.parse((await konspekt('backup', 'list', '--json')).stdout) as Listed;

async function addText(name: string, text = 'Маяк построили в 1882 году на северной скале.'): Promise<void> {
  const file = join(folder, name);
  writeFileSync(file, text);
  // Unlike `add` it leaves no program behind that goes on reading.
  expect([0, 3]).toContain((await konspekt('ask', 'Когда построили маяк?', '--file', file)).code);
}

test('a backup is made, looked at, read again and put back, with what was there before kept', async () => {
  await addText('первый.md');
  const made = await konspekt('backup', 'now');
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^The backup is made and verified: manual-\d+-s\d+\.db\n$/u) });
  await addText('второй.md', 'Другой текст о другом маяке.');
  const before = await listed();
  const manual = before.backups.find(({ reason }) => reason === 'manual');
  expect(manual).toMatchObject({ contents: { chats: 1, documents: 1, missingFiles: 0 } });
  const name = manual?.name ?? '';
  expect(await konspekt('backup', 'check', name)).toMatchObject({ code: 0, stdout: 'The backup was read in full and is sound.\n' });

  const restored = await konspekt('backup', 'restore', name);
  expect(restored).toMatchObject({ code: 0, stderr: '' });
  expect(restored.stdout).toMatch(/is in place\. What was there before is kept: restore-\d+-s\d+\.db\nThe queue stands still/u);
  const after = await listed();
  expect(after.wanted).toBeNull();
  expect(after.backups.find(({ reason }) => reason === 'restore')).toMatchObject({ contents: { documents: 2 } });
  await konspekt('backup', 'now');
  expect((await listed()).backups.find(({ reason }) => reason === 'manual')).toMatchObject({ contents: { documents: 1 } });
  expect((await konspekt('jobs', 'resume')).code).toBe(0);
});

test('everything moves to another data folder, which keeps what it had as a backup', async () => {
  await addText('первый.md');
  const written = await konspekt('backup', 'export', folder);
  expect(written).toMatchObject({ code: 0, stdout: expect.stringMatching(/Konspekt \d{4}-\d\d-\d\d\n$/u), stderr: '' });
  const copy = written.stdout.trim();
  const elsewhere = (...args: string[]): Promise<CommandEnd> => runCommand(args, { dataDir: join(folder, 'other') });
  expect(await elsewhere('backup', 'import', folder)).toMatchObject({ code: 4, stderr: expect.stringContaining('There is no copy here') });
  const taken = await elsewhere('backup', 'import', copy);
  expect(taken).toMatchObject({ code: 0, stderr: '' });
  const name = /manual-\d+-s\d+\.db/u.exec(taken.stdout)?.[0] ?? '';
  expect((await elsewhere('backup', 'restore', name)).stdout).toContain('is in place');
  // The document itself is there, and can be read.
  const { backups } = JSON.parse((await elsewhere('backup', 'list', '--json')).stdout) as Listed;
  expect(backups.find(each => each.name === name)).toMatchObject({ contents: { documents: 1, missingFiles: 0 } });
  expect((await elsewhere('jobs', 'resume')).code).toBe(0);
  const asked = await elsewhere('ask', 'Когда построили маяк?', '--chat', 'Когда построили маяк?');
  expect(asked.stdout).toContain('1882');

  writeFileSync(join(copy, 'konspekt.db'), 'not a database');
  expect(await elsewhere('backup', 'import', copy)).toMatchObject({ code: 4, stderr: 'This copy is damaged or incomplete.\n' });
});

test('a name that is none is refused, and so is a damaged backup', async () => {
  expect(await konspekt('backup', 'restore', '../konspekt.db')).toMatchObject({
    code: 6,
    stderr: expect.stringContaining('There is no backup'),
  });
  expect(await konspekt('backup', 'restore', 'manual-1790000000000-s250.db')).toMatchObject({ code: 6 });
  expect(await konspekt('backup', 'restore')).toMatchObject({ code: 2, stderr: expect.stringContaining('Name the backup') });
  await konspekt('backup', 'now');
  const name = (await listed()).backups[0]?.name ?? '';
  writeFileSync(join(dataDir, 'backups', name), 'not a database');
  expect(await konspekt('backup', 'restore', name)).toMatchObject({ code: 4, stderr: 'This backup is damaged. Choose another one.\n' });
  expect(await konspekt('backup', 'check', name)).toMatchObject({ code: 4 });
  expect((await listed()).wanted).toBeNull();
});

test('beside a running program it waits for the next start, and can be taken back until then', async () => {
  await konspekt('backup', 'now');
  const running = await launchHeadless({ dataDir, locale: 'en_US.UTF-8' });
  try {
    const name = (await listed()).backups[0]?.name ?? '';
    expect((await konspekt('backup', 'restore', name)).stdout).toContain('will be restored at the next start');
    expect((await listed()).wanted).toBe(name);
    expect(await konspekt('backup', 'restore', '--cancel')).toMatchObject({ code: 0 });
    expect((await listed()).wanted).toBeNull();
    expect((await konspekt('backup', 'restore', name)).code).toBe(0);
  } finally {
    expect(await running.stop()).toBe(0);
  }
  const { stdout } = await konspekt('backup', 'list');
  expect(stdout).toContain('before a restore');
  expect(stdout).not.toContain('will be restored');
});

test('the diagnostics hold nothing of what a person gave the program', async () => {
  const canary = 'канарейка-zebra';
  const keyCanary = 'sk-canary-1234567890';
  mkdirSync(join(folder, canary));
  await addText(join(canary, `${canary}.md`), `# ${canary}\n\n${canary} построил маяк в 1882 году.`);
  await addText(`${canary}.pdf`, `%PDF-1.7\n${canary}`);
  // There is nothing in this chat to answer from; the question is kept all the same.
  expect((await konspekt('ask', `Что построил ${canary}?`)).code).toBe(3);
  expect((await konspekt('settings', 'set', 'allowed-hosts', 'canary-host.local')).code).toBe(0);
  expect((await konspekt('settings', 'set', 'browser', join(folder, canary))).code).toBe(0);
  vi.stubEnv('CANARY_KEY', keyCanary);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const added = await konspekt('models', 'add', 'http://127.0.0.1:9/v1', '--name', canary, '--key-env', 'CANARY_KEY');
  // Nobody answers there; it is kept all the same.
  expect(added.stdout).toContain(canary);
  // A line of an older build that was not as careful, and one that is none of ours.
  const log = join(dataDir, 'logs', 'konspekt.log');
  writeFileSync(log, `${readFileSync(log, 'utf8')}{"level":40,"title":"о чём ${canary}","msg":"Не вышло: ${canary}"}\n${canary}\n`);

  const file = join(folder, 'diagnostics.txt');
  const written = await konspekt('diagnostics', file);
  expect(written).toMatchObject({ code: 0, stderr: expect.stringContaining('Read them before you give them away') });
  const text = readFileSync(file, 'utf8');
  for (const part of diagnosticParts) expect(text).toContain(`=== ${part} ===`);
  expect(text).toContain('"allowedHosts": "1 set"');
  expect(text).toContain('"browserPath": "set"');
  expect(text).toMatch(/"document": 2/u);
  for (const secret of ['канарейка', 'zebra', 'canary', keyCanary, folder, '127.0.0.1:9', 'маяк']) expect(text).not.toContain(secret);
});
