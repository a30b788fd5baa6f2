// What the command line says when the data cannot be opened, and how it helps.
import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { dataFolder, prepareDataFolder } from '../../src/main/store/data-folder.ts';
import { lockDataFolder } from '../../src/main/store/folder-lock.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { runCommand, startCommand, type CommandEnd, type CommandOptions } from '../support/program/command.ts';
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
    expect(existsSync(folder)).toBe(false);
  });
});

const konspekt = (args: readonly string[], options: Partial<CommandOptions> = {}): Promise<CommandEnd> =>
  runCommand(args, { dataDir, language: 'ru', ...options });

function overwrite(file: string): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(8_192, 0x5a), 0, 8_192, 0);
  closeSync(handle);
}

test('a file in its place', async () => {
  writeFileSync(dataDir, '');
  const { code, stderr } = await konspekt(['jobs']);
  expect(stderr).toContain(`Папки данных ${dataDir} нет и быть не может: её место занимает файл.`);
  expect(code).toBe(5);
});

describe('a place where no folder can be is told at once, in every way to begin', () => {
  const impossible: readonly (readonly [what: string, place: () => string, sentence: string])[] = [
    ['below a device', () => '/dev/null/x', 'её место занимает файл'],
    ['a link to nothing', () => linked(join(folder, 'nothing')), 'её место занимает файл'],
    ['a link to itself', () => linked(dataDir), 'её место занимает файл'],
    ['a path of 5,000 characters', () => `/${'x'.repeat(200)}`.repeat(25), 'слишком длинный для системы'],
    ['a name that is too long', () => join(folder, 'x'.repeat(300)), 'слишком длинный для системы'],
  ];
  // Only Linux answers ENOENT to a new folder in a folder that is there.
  const all =
    process.platform === 'linux' ? [...impossible, ['/proc', () => '/proc/foo', 'система не держит там папок'] as const] : impossible;

  function linked(to: string): string {
    symlinkSync(to, dataDir);
    return dataDir;
  }

  test.skipIf(process.platform === 'win32').each(all)('%s', async (_what, place, sentence) => {
    const data = place();
    for (const args of [['jobs'], ['serve', '--port', '0']]) {
      const { code, stdout, stderr } = await runCommand(args, { dataDir: data, language: 'ru' });
      expect(stderr).toContain(sentence);
      expect(stderr).toContain('--data');
      expect(stderr.length).toBeLessThan(1_000);
      expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
    }
  });

  // The system's own superuser may write everywhere.
  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('in a folder without the right to write', async () => {
    mkdirSync(dataDir, { mode: 0o500 });
    const { code, stderr } = await runCommand(['jobs'], { dataDir: join(dataDir, 'x'), language: 'ru' });
    expect(stderr).toContain('нельзя писать');
    expect(code).toBe(5);
  });
});

test.skipIf(process.platform === 'win32')('Ctrl+C ends a command whose opening is stuck', async () => {
  mkdirSync(dataDir, { mode: 0o700 });
  // Reading it takes until somebody writes: opening stands still there, at a point that the other end sees.
  const pipe = join(dataDir, 'run-state.json');
  execFileSync('mkfifo', [pipe]);
  for (const args of [['jobs'], ['jobs', 'wait', 'x'], ['serve', '--port', '0']]) {
    const command = startCommand(args, { dataDir });
    const writing = await open(pipe, 'w');
    command.signal('SIGINT');
    // Ended by the signal itself.
    expect((await command.ended).code).toBeNull();
    await writing.close();
  }
});

test('a holder that does not answer is named, after a while', async () => {
  const held = dataFolder(dataDir);
  prepareDataFolder(held);
  const lock = lockDataFolder(held);
  onTestFinished(() => {
    lock.release();
  });
  const { code, stderr } = await konspekt(['jobs']);
  expect(stderr).toContain('Папку данных занимает другая команда; жду, пока она закончит…');
  expect(stderr).toContain(`Папку данных ${dataDir} держит другая программа Konspekt, но она не отвечает.`);
  expect(code).toBe(5);
});

test('a newer version’s data', async () => {
  expect((await konspekt(['jobs'])).code).toBe(0);
  const db = new SqliteDatabase(join(dataDir, 'konspekt.db'));
  db.pragma('user_version = 1000000');
  db.close();
  const { code, stderr } = await konspekt(['jobs']);
  expect(stderr).toBe(`Данные в ${dataDir} записала более новая версия Konspekt. Обновите программу; данные не изменены.\n`);
  expect(code).toBe(5);
});

test('a damaged database is told with the command that helps, which keeps the damaged file', async () => {
  expect((await konspekt(['jobs'])).code).toBe(0);
  expect(await konspekt(['restore'])).toEqual({ code: 0, stdout: 'База данных в порядке, восстанавливать нечего.\n', stderr: '' });
  overwrite(join(dataDir, 'konspekt.db'));
  const told = await konspekt(['jobs']);
  expect(told.stderr).toContain(`База данных в ${dataDir} повреждена. Можно восстановить резервную копию от `);
  expect(told.stderr).toContain('Восстановить из копии: konspekt restore\n');
  expect(told.code).toBe(5);
  expect(existsSync(join(dataDir, 'set-aside'))).toBe(false);

  const restored = await konspekt(['restore']);
  expect(restored.stdout).toMatch(/^Восстановлена резервная копия от .*\nПовреждённый файл отложен сюда: .*\n$/u);
  expect(restored.code).toBe(0);
  expect(readdirSync(join(dataDir, 'set-aside'))).toHaveLength(1);
  expect((await konspekt(['jobs'])).code).toBe(0);
});

test('a damaged database without a backup is begun anew only when that is asked for', async () => {
  mkdirSync(dataDir, { mode: 0o700 });
  writeFileSync(join(dataDir, 'konspekt.db'), Buffer.alloc(8_192, 0x5a));
  const refused = await konspekt(['restore']);
  expect(refused.stderr).toContain('повреждена, и резервной копии нет');
  expect(refused.stderr).toContain('konspekt restore --begin-anew');
  expect(refused.stderr).not.toContain('konspekt restore\n');
  expect(refused.code).toBe(5);
  const begun = await konspekt(['restore', '--begin-anew'], { language: 'en' });
  expect(begun.stdout).toContain('A new, empty database has been begun.');
  expect(begun.code).toBe(0);
  expect((await konspekt(['jobs'])).code).toBe(0);
});
