import { mkdirSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { existingPath, isWithin, namedFolders, pathInFolder, PathRefused } from './granted-path.ts';

let temp: ReturnType<typeof tempFolder>;
let root: string;
let outside: string;
beforeEach(() => {
  temp = tempFolder();
  const base = realpathSync(temp.path);
  root = join(base, 'Notes');
  outside = join(base, 'Notes-private');
  mkdirSync(join(root, 'sub'), { recursive: true });
  mkdirSync(outside);
  mkdirSync(join(root, '.git'));
  writeFileSync(join(root, 'a.txt'), 'a');
  writeFileSync(join(root, 'sub', 'b.txt'), 'b');
  writeFileSync(join(root, '.git', 'config'), 'c');
  writeFileSync(join(outside, 'secret.txt'), 'secret');
});
afterEach(() => temp.remove());

const granted = () => [{ path: root, mayWrite: true }];
async function look(path: string): Promise<string> {
  try {
    return await existingPath(pathInFolder(path, granted()));
  } catch (error) {
    if (error instanceof PathRefused) return error.fault;
    throw error;
  }
}

describe('a path of a model', () => {
  test('begins with the name of a folder, or is a whole one within it', async () => {
    for (const path of ['Notes/a.txt', './Notes/a.txt', 'notes/a.txt', 'Notes//./a.txt', join(root, 'a.txt')])
      expect(await look(path), path).toBe(join(root, 'a.txt'));
    expect(await look('Notes')).toBe(root);
  });

  test('leads nowhere else', async () => {
    const refused = [
      ['Notes/../Notes-private/secret.txt', 'leads_out'],
      ['Notes/sub/../../Notes-private/secret.txt', 'leads_out'],
      ['../Notes-private/secret.txt', 'not_granted'],
      ['Notes-private/secret.txt', 'not_granted'],
      ['', 'not_granted'],
      ['/etc/passwd', 'not_granted'],
      [`${root}/../Notes-private/secret.txt`, 'leads_out'],
      [join(outside, 'secret.txt'), 'not_granted'],
      [`${root}-private/secret.txt`, 'not_granted'],
      ['Notes/.git/config', 'hidden'],
      ['Notes/\u200c.git/config', 'hidden'],
      ['Notes/．git/config', 'hidden'],
      ['Notes/a.txt\u0000.md', 'bad_name'],
      ['Notes/a\ud800.txt', 'bad_name'],
      [`Notes/${'x'.repeat(300)}`, 'bad_name'],
      ['Notes/missing.txt', 'not_there'],
      ['Notes/a.txt/b', 'not_there'],
    ] as const;
    for (const [path, fault] of refused) expect(await look(path), path).toBe(fault);
    expect(() => pathInFolder('Notes', [])).toThrow(PathRefused);
  });

  test('is followed through links within the folder, and not out of it or to what is hidden', async () => {
    symlinkSync(join(root, 'sub'), join(root, 'inner'));
    symlinkSync(outside, join(root, 'out'));
    symlinkSync(join(outside, 'secret.txt'), join(root, 'out.txt'));
    symlinkSync(join('..', 'Notes-private', 'secret.txt'), join(root, 'relative.txt'));
    symlinkSync(join(root, 'out'), join(root, 'twice'));
    symlinkSync(join(root, '.git'), join(root, 'git'));
    symlinkSync(join(root, 'loop'), join(root, 'loop'));
    expect(await look('Notes/inner/b.txt')).toBe(join(root, 'sub', 'b.txt'));
    for (const path of ['out', 'out/secret.txt', 'out.txt', 'relative.txt', 'twice/secret.txt', 'loop'])
      expect(await look(`Notes/${path}`), path).toBe('leads_out');
    expect(await look('Notes/git/config')).toBe('hidden');
  });

  test('finds nothing in a folder that was moved or replaced by a link after it was granted', async () => {
    renameSync(root, `${root}.old`);
    expect(await look('Notes/a.txt')).toBe('folder_moved');
    symlinkSync(outside, root);
    expect(await look('Notes/secret.txt')).toBe('folder_moved');
    rmSync(root);
  });
});

test('folders of the same name are told apart, however they are written', () => {
  const folders = ['/a/Notes', '/b/notes', '/c/Notes'].map(path => ({ path, mayWrite: false }));
  expect(namedFolders(folders).map(({ name }) => name)).toEqual(['Notes', 'notes (2)', 'Notes (3)']);
  expect(pathInFolder('notes (2)/x', folders).folder.path).toBe('/b/notes');
});

describe('whatever is asked for', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '..',
      '.',
      '',
      '...',
      'sub',
      'Notes',
      'notes',
      'Notes-private',
      'secret.txt',
      'a.txt',
      'out',
      '.git',
      'config',
      '~',
      '\u2025',
      '．．',
      '%2e%2e',
      'etc',
      'C:',
      '\\..\\',
      'a.txt:b',
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
  );
  const anyPath = fc
    .tuple(
      fc.constantFrom('', '/', 'Notes/', './Notes/', 'ROOT/', '../'),
      fc.array(piece, { maxLength: 8 }),
      fc.constantFrom('/', '\\', '//'),
    )
    .map(([start, pieces, mark]) => `${start}${pieces.join(mark)}`);

  test('it is within the folder, visible, or refused', async () => {
    symlinkSync(outside, join(root, 'out'));
    await fc.assert(
      fc.asyncProperty(anyPath, async path => {
        const found = await look(path.replace(/^ROOT/u, root));
        if (!found.includes(sep)) return;
        expect(found === root || found.startsWith(root + sep)).toBe(true);
        expect(realpathSync(found)).toBe(found);
        expect(relative(root, found)).not.toContain('.git');
      }),
      { numRuns: 1_500 },
    );
  });

  test('within means beneath, by whole names', () => {
    const name = fc.stringMatching(/^[\p{L}\d. -]{1,8}$/u).filter(text => text !== '.' && text !== '..');
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), fc.array(name, { maxLength: 4 }), name, (folder, below, other) => {
        const path = sep + folder.join(sep);
        expect(isWithin(path, [path, ...below].join(sep))).toBe(true);
        expect(isWithin(path, `${path}${other}`)).toBe(false);
        if (below.length > 0) expect(isWithin([path, ...below].join(sep), path)).toBe(false);
      }),
    );
  });
});
