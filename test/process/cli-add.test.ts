import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { everyFormat } from '../support/documents/every-format.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { runCommand } from '../support/program/command.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

let folder: string;
beforeEach(({ onTestFinished }) => {
  const temporary = tempFolder();
  folder = temporary.path;
  onTestFinished(temporary.remove);
});

test('a folder becomes a synopsis of the files in it that can be read, and says what it left out', async () => {
  const course = join(folder, 'course');
  for (const inside of ['', 'talks', '.git', 'page_files']) mkdirSync(join(course, inside), { recursive: true });
  writeFileSync(join(course, 'book.epub'), await everyFormat.epub());
  writeFileSync(join(course, 'talks', 'lecture.vtt'), await everyFormat.subtitles());
  writeFileSync(join(course, '.git', 'config.txt'), 'x');
  writeFileSync(join(course, 'page_files', 'logo.png'), 'x');
  writeFileSync(join(course, 'setup.exe'), 'x');
  const dataDir = join(folder, 'data');
  const { code, stdout, stderr } = await runCommand(['synopsis', course, '--lang', 'en'], { dataDir });
  expect(stderr).toContain('Left out of the folder "course": hidden and system files: 1; unknown formats: 1; parts of saved pages: 1.');
  expect(code).toBe(0);
  expect(stdout).toMatch(/- ".*northern lighthouse.*"/u);
  expect(stdout).toContain('lecture.vtt');

  mkdirSync(join(folder, 'nothing'));
  const empty = await runCommand(['add', join(folder, 'nothing')], { dataDir });
  expect(empty).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('has no file that can be read') as string });
});
