// A folder that is kept up to date, on the command line, with the built program and a real worker.
import { appendFileSync, mkdirSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { failOnLeaks } from '../support/leaks.ts';
import { runCommand, type CommandEnd, type CommandOptions } from '../support/program/command.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

let dataDir: string;
let text: string;
let vault: string;
beforeEach(({ onTestFinished }) => {
  const temporary = tempFolder();
  onTestFinished(temporary.remove);
  dataDir = join(temporary.path, 'data');
  text = join(temporary.path, 'pump.txt');
  writeFileSync(text, 'The pump is loud in the evenings. Anna will order a new filter by Friday, and two seals with it.\n');
  vault = join(realpathSync(temporary.path), 'Vault');
  mkdirSync(vault);
});

const konspekt = (args: readonly string[], options: Partial<CommandOptions> = {}): Promise<CommandEnd> =>
  runCommand(args, { dataDir, ...options });
const autoexport = (...args: readonly string[]): Promise<CommandEnd> => konspekt(['autoexport', ...args]);

test('a changed file is left with the new text beside it, and a deleted one comes back when asked for', async () => {
  expect((await autoexport()).stdout).toBe('There are no folders. Add one: konspekt autoexport add <folder>\n');
  expect(await autoexport('add', vault)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`${vault}  one file for each synopsis  files: 0\n`),
    stderr: expect.stringContaining(`${vault}: finished synopses will be written here\n`),
  });
  // So short a text is an issue of its synopsis.
  expect((await konspekt(['synopsis', text])).code).toBe(3);
  expect(await autoexport('run', vault)).toMatchObject({ code: 0, stdout: expect.stringContaining('files: 1\n') });
  expect(readdirSync(vault)).toEqual(['pump.md']);

  const note = join(vault, 'pump.md');
  appendFileSync(note, 'My own words.\n');
  expect((await konspekt(['synopsis', 'note', 'pump', 'Ask Anna.'])).code).toBe(0);
  expect((await autoexport('run', vault)).stdout).toContain('changed by you and left as it is: pump.md\n');
  expect(readFileSync(note, 'utf8')).toContain('My own words.');
  const beside = readdirSync(vault).filter(name => name !== 'pump.md');
  expect(beside).toHaveLength(1);

  for (const name of readdirSync(vault)) rmSync(join(vault, name));
  expect((await autoexport('run', vault)).stdout).toContain(`deleted by you: ${beside[0]}\n`);
  expect(readdirSync(vault)).toEqual([]);
  const restored = await autoexport('run', vault, '--restore');
  expect(restored).toMatchObject({ code: 0, stdout: expect.stringContaining('files: 1\n') });
  expect(restored.stdout).not.toContain('deleted by you');
  expect(readFileSync(note, 'utf8')).toContain('Ask Anna.');

  expect(await autoexport('remove', vault)).toMatchObject({ code: 0, stdout: expect.stringContaining('the files stay\n') });
  expect(readdirSync(vault)).toEqual(['pump.md']);
  expect(await autoexport('run', vault)).toMatchObject({ code: 6, stderr: expect.stringContaining('is not kept up to date') });
});

test('what is finished already is brought by one job', async () => {
  expect((await konspekt(['synopsis', text])).code).toBe(3);
  expect(await autoexport('add', vault)).toMatchObject({ code: 0, stdout: expect.stringContaining('files: 1\n') });
  expect(readdirSync(vault)).toEqual(['pump.md']);
  // One JSON value on each line.
  const jobs = (await konspekt(['jobs', '--json'])).stdout;
  expect(jobs.match(/"kind": ?"synopsis\.autoexport"/gu)).toHaveLength(1);
});

test('a wrong folder is refused in sentences of its own', async () => {
  expect(await autoexport('add', join(vault, 'none'))).toMatchObject({ code: 4, stderr: expect.stringContaining('no such folder') });
  expect(await autoexport('add', '/')).toMatchObject({ code: 4, stderr: expect.stringContaining('not saved into this folder') });
  expect(await konspekt(['autoexport', 'add', '/'], { language: 'ru' })).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('В эту папку конспекты не сохраняются'),
  });
});

test('a folder that has gone is told at once, and one more try finds it', async () => {
  expect((await autoexport('add', vault)).code).toBe(0);
  rmSync(vault, { recursive: true });
  expect(await autoexport('run', vault)).toMatchObject({ code: 4, stderr: expect.stringContaining('This folder is not there.') });
  mkdirSync(vault);
  expect((await autoexport('run', vault)).code).toBe(0);
});
