import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeGreyPng } from '../support/documents/png-file.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { runCommand } from '../support/program/command.ts';
import { commandFolder, lecture } from '../support/program/command-folder.ts';

failOnLeaks();
const { at, konspekt, written } = commandFolder();

describe('arguments that cannot be used are told before anything is done', () => {
  const name = (path: string) => join(at.folder, path);
  const emptyFolder = () => {
    mkdirSync(name('empty'));
    return name('empty');
  };
  test.each<[string, () => readonly string[], () => string | RegExp]>([
    ['a missing file', () => ['synopsis', lecture, name('none.txt')], () => `There is no file "${name('none.txt')}". Check the path.`],
    ['standard input', () => ['synopsis', '-'], () => 'Standard input ("-") cannot be a source. Save it to a file and name that.'],
    ['no name', () => ['synopsis', lecture, ''], () => 'An empty text stands where the name of a file should.'],
    ['--out without a name', () => ['synopsis', lecture, '--out', ''], () => 'An empty text stands where the name of a file should.'],
    ['a folder without a document', () => ['synopsis', emptyFolder()], () => 'The folder "empty" has no file that can be read.'],
    ['a device', () => ['synopsis', '/dev/null'], () => '"/dev/null" is not a regular file.'],
    ['an address of another kind', () => ['synopsis', 'ftp://example.org/x'], () => '"ftp://example.org/x" is not the address of a page.'],
    ['half an address', () => ['synopsis', 'http://'], () => '"http://" is not the address of a page.'],
    [
      '--out in a missing folder',
      () => ['synopsis', lecture, '--out', name('no/x.md')],
      () => `There is no folder "${name('no')}". Make it, or give another --out.`,
    ],
    [
      '--out that is a folder',
      () => ['synopsis', lecture, '--out', at.folder],
      () => `"${at.folder}" is a folder. Give --out the name of a file.`,
    ],
    ['--out below a file', () => ['synopsis', lecture, '--out', join(written('file', ''), 'x.md')], () => 'There is no folder'],
    [
      '--out that is a source',
      () => ['synopsis', written('n.md', 'Text.'), '--out', name('n.md')],
      () => 'is one of the sources and would be overwritten',
    ],
    ['--out with --background', () => ['synopsis', lecture, '--background', '--out', name('x.md')], () => /do not go together/u],
    ['an unknown option', () => ['synopsis', lecture, '--nonsense'], () => /There is no option --nonsense/u],
    ['an unknown detail', () => ['synopsis', lecture, '--detail', 'huge'], () => /It is one of: short, standard, full/u],
    ['a port that is none', () => ['serve', '--port', '70000'], () => /whole number from 0 to 65535/u],
    ['a limit of nothing', () => ['jobs', 'list', '--limit', '0'], () => /whole number from 1/u],
  ])('%s', async (_what, args, sentence) => {
    const { code, stdout, stderr } = await konspekt(args());
    expect(stderr).toMatch(sentence());
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    // The program was not even opened.
    expect(existsSync(at.dataDir)).toBe(false);
  });

  // Where rights say yes and the system says no.
  test.skipIf(process.platform !== 'linux')('--out where the system takes no files', async () => {
    const { code, stderr } = await konspekt(['synopsis', lecture, '--out', '/proc/x.md']);
    expect(stderr).toBe('"/proc/x.md" cannot be written: the system refused (ENOENT). Nothing was begun; give another --out.\n');
    expect(code).toBe(2);
    expect(existsSync(at.dataDir)).toBe(false);
  });

  test('looking whether --out can be written leaves what is there', async () => {
    const there = written('there.md', 'Mine.');
    expect((await konspekt(['synopsis', lecture, name('none.txt'), '--out', there])).code).toBe(2);
    expect((await konspekt(['synopsis', written('x.png', makeGreyPng(8, 8)), '--out', there])).code).toBe(4);
    expect((await konspekt(['synopsis', written('x.png', makeGreyPng(8, 8)), '--out', name('new.md')])).code).toBe(4);
    expect(readFileSync(there, 'utf8')).toBe('Mine.');
    expect(readdirSync(at.folder).toSorted()).toEqual(['data', 'there.md', 'x.png']);
  });

  // The system's own superuser may write everywhere.
  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('--out in a folder that cannot be written', async () => {
    mkdirSync(name('locked'), { mode: 0o500 });
    expect(await konspekt(['synopsis', lecture, '--out', name('locked/x.md')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('cannot be written'),
    });
  });

  test('a data folder that cannot be one', async () => {
    const below = join(written('file', ''), 'data');
    for (const args of [['jobs'], ['synopsis', lecture], ['synopsis', lecture, '--background'], ['serve', '--port', '0']]) {
      const { code, stderr } = await runCommand(args, { dataDir: below });
      expect(stderr).toContain(`The data folder ${below} cannot be made: a file is in its place.`);
      expect(code).toBe(5);
    }
  });

  test.each([
    ['--help'],
    ['synopsis', '--help'],
    ['jobs', '--help'],
    ['jobs', 'list', '--help'],
    ['settings', '--help'],
    ['serve', '--help'],
    ['--version'],
  ])('%s %s %s explains and is no failure', async (...args) => {
    const { code, stdout, stderr } = await konspekt(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toBe('');
  });
});
