import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import { taskSpecs, type AutoExported, type TaskInput } from '../../shared/contract/worker/tasks.ts';
import { exportFile } from './auto-export.ts';

type Input = TaskInput<'synopsis.autoexport'>;
type Known = Input['files'][number]['known'];

let root: string;
let vault: string;
beforeEach(({ onTestFinished }) => {
  const temporary = tempFolder();
  onTestFinished(temporary.remove);
  root = realpathSync(temporary.path);
  vault = join(root, 'vault');
  mkdirSync(vault);
});

const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');
const versionOf = (n: number): string => `01900000-0000-7000-8000-00000000000${n}`;
const mark = 'id: "one"';
const textOf = (n: number): string => `---\n${mark}\n---\n\n# Version ${n}\n`;

/** Version `n` of one synopsis, after what is known of the last one. */
function wanted(n: number, known: Known = null, over: Partial<Pick<Input, 'mode' | 'restore'>> & { fileName?: string } = {}): Input {
  const staged = join(root, `staged-${n}.md`);
  writeFileSync(staged, textOf(n));
  return taskSpecs['synopsis.autoexport'].input.parse({
    folder: vault,
    mode: over.mode ?? 'mirror',
    restore: over.restore ?? false,
    files: [
      {
        versionId: versionOf(n),
        sessionId: versionOf(9),
        staged,
        sha256: sha256Of(textOf(n)),
        fileName: over.fileName ?? 'Title.md',
        besideWord: 'synopsis',
        mark,
        known,
      },
    ],
  });
}

/** What is recorded of the one file. */
async function run(input: Input): Promise<AutoExported> {
  const [file] = input.files;
  if (file === undefined) throw new Error('There is no file.');
  return taskSpecs['synopsis.autoexport'].steps.file.parse(await exportFile(file, input));
}

const knownAs = (n: number, name = 'Title.md', isSameVersion = false): NonNullable<Known> => ({
  name,
  sha256: taskSpecs['synopsis.autoexport'].input.shape.files.element.shape.sha256.parse(sha256Of(textOf(n))),
  isSameVersion,
});
const inVault = (): string[] => readdirSync(vault).toSorted();
const read = (name: string): string => readFileSync(join(vault, name), 'utf8');

test('one file is kept current, and a second attempt writes nothing', async () => {
  expect(await run(wanted(1))).toMatchObject({ did: 'written', name: 'Title.md' });
  expect(await run(wanted(1))).toMatchObject({ did: 'unchanged', name: 'Title.md' });
  expect(await run(wanted(2, knownAs(1)))).toMatchObject({ did: 'written', name: 'Title.md' });
  expect(await run(wanted(2, knownAs(1)))).toMatchObject({ did: 'unchanged', name: 'Title.md' });
  expect(inVault()).toEqual(['Title.md']);
  expect(read('Title.md')).toBe(textOf(2));
});

test('what the person has changed is left, and the newer text lies beside it', async () => {
  await run(wanted(1));
  writeFileSync(join(vault, 'Title.md'), `${textOf(1)}My own words.\n`);
  const second = await run(wanted(2, knownAs(1)));
  expect(second).toMatchObject({
    did: 'written',
    name: 'Title (synopsis 2).md',
    before: { name: 'Title.md', now: 'Title.md', isEdited: true },
  });
  expect(await run(wanted(2, knownAs(1)))).toMatchObject({ did: 'unchanged', name: 'Title (synopsis 2).md' });
  expect(read('Title.md')).toContain('My own words.');
  expect(read('Title (synopsis 2).md')).toBe(textOf(2));
  expect(await run(wanted(1, knownAs(1, 'Title.md', true)))).toMatchObject({ did: 'left', state: 'edited' });
});

test('what the person has deleted stays away until they want it back', async () => {
  await run(wanted(1));
  rmSync(join(vault, 'Title.md'));
  expect(await run(wanted(2, knownAs(1)))).toMatchObject({ did: 'left', state: 'deleted', name: 'Title.md' });
  expect(inVault()).toEqual([]);
  expect(await run(wanted(2, knownAs(1), { restore: true }))).toMatchObject({ did: 'written', state: 'written' });
  expect(read('Title.md')).toBe(textOf(2));
});

test('one that comes back under another name is the same file', async () => {
  expect(await run(wanted(2, knownAs(1, 'Title (synopsis 2).md'), { restore: true }))).toMatchObject({
    did: 'written',
    name: 'Title.md',
    before: { name: 'Title (synopsis 2).md', now: 'Title.md', isEdited: false },
  });
});

test('a file is kept current where the person has moved it; of two the untouched one', async () => {
  await run(wanted(1));
  mkdirSync(join(vault, 'Physics'));
  renameSync(join(vault, 'Title.md'), join(vault, 'Physics', 'Renamed.md'));
  writeFileSync(join(vault, 'A copy.md'), `${textOf(1)}My own words.\n`);
  expect(await run(wanted(2, knownAs(1)))).toMatchObject({
    did: 'written',
    name: 'Physics/Renamed.md',
    before: { name: 'Title.md', now: 'Physics/Renamed.md', isEdited: false },
  });
  expect(read('Physics/Renamed.md')).toBe(textOf(2));
  expect(read('A copy.md')).toContain('My own words.');
});

test('another file of that name, in whatever spelling, is never written over', async () => {
  writeFileSync(join(vault, 'ЙОД.md'.normalize('NFD')), 'mine');
  expect(await run(wanted(1, null, { fileName: 'йод.md', mode: 'append' }))).toMatchObject({ name: 'йод (synopsis 2).md' });
  expect(readFileSync(join(vault, 'ЙОД.md'.normalize('NFD')), 'utf8')).toBe('mine');
});

test('appending leaves what was written before', async () => {
  await run(wanted(1, null, { mode: 'append' }));
  expect(await run(wanted(2, null, { mode: 'append' }))).toMatchObject({ name: 'Title (synopsis 2).md' });
  expect([read('Title.md'), read('Title (synopsis 2).md')]).toEqual([textOf(1), textOf(2)]);
});

test('a link leads nowhere out of the folder', async () => {
  const outside = join(root, 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'Title.md'), textOf(1));
  symlinkSync(join(outside, 'Title.md'), join(vault, 'Title.md'));
  symlinkSync(outside, join(vault, 'sub'));
  expect(await run(wanted(2, knownAs(1)))).toMatchObject({ did: 'written', name: 'Title (synopsis 2).md' });
  expect(await run(wanted(3, knownAs(1, 'sub/Title.md')))).toMatchObject({ did: 'written', name: 'Title (synopsis 3).md' });
  expect(readdirSync(outside)).toEqual(['Title.md']);
  expect(readFileSync(join(outside, 'Title.md'), 'utf8')).toBe(textOf(1));
});

test('a folder that is gone, or a link in its place, is said and may be tried again', async () => {
  const input = wanted(1);
  renameSync(vault, `${vault}-away`);
  await expect(run(input)).rejects.toMatchObject({ code: 'folder_gone', retryable: true });
  symlinkSync(`${vault}-away`, vault);
  await expect(run(input)).rejects.toMatchObject({ code: 'folder_gone', retryable: true });
  expect(readdirSync(`${vault}-away`)).toEqual([]);
});

// An administrator may write everywhere, and Windows keeps no such mode.
test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'a folder that cannot be written is said and left as it was',
  async () => {
    const input = wanted(1);
    chmodSync(vault, 0o500);
    try {
      await expect(run(input)).rejects.toMatchObject({ code: 'folder_read_only', retryable: true });
    } finally {
      chmodSync(vault, 0o700);
    }
    expect(existsSync(join(vault, 'Title.md'))).toBe(false);
  },
);

test('where the text cannot be written nothing is, and it may be tried again', async () => {
  mkdirSync(join(vault, '.Title.md.konspekt-part'));
  await expect(run(wanted(1))).rejects.toMatchObject({ code: 'not_written', retryable: true });
  expect(inVault()).toEqual(['.Title.md.konspekt-part']);
});

test('what cannot be written leaves the file that is there and no remains', async () => {
  await run(wanted(1));
  const input = wanted(2, knownAs(1));
  rmSync(join(root, 'staged-2.md'));
  await expect(run(input)).rejects.toThrow('ENOENT');
  expect(inVault()).toEqual(['Title.md']);
  expect(read('Title.md')).toBe(textOf(1));
});
