import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { agentToolContext } from '../../../../test/support/agent-tool-context.ts';
import { makePdf } from '../../../../test/support/documents/pdf-file.ts';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { fileChange, keptFileLimit } from '../../../shared/domain/file-change.ts';
import { restoreFile } from '../undo/restore-file.ts';
import { listFiles } from './list-files.ts';
import type { ToolContext } from './tool.ts';
import { readFile } from './read-file.ts';
import { writeFile, type WriteFileInput } from './write-file.ts';

let temp: ReturnType<typeof tempFolder>;
let root: string;
let outside: string;
beforeEach(() => {
  temp = tempFolder();
  const base = realpathSync(temp.path);
  root = join(base, 'Notes');
  outside = join(base, 'outside');
  mkdirSync(join(root, 'sub'), { recursive: true });
  mkdirSync(outside);
  writeFileSync(join(root, 'plan.md'), '# План\n\nПервое.\r\n');
  writeFileSync(join(outside, 'secret.txt'), 'secret');
});
afterEach(() => {
  expect(readdirSync(tmpdir()).filter(name => name.startsWith('konspekt-file-'))).toEqual([]);
  temp.remove();
});
const context = (mayWrite = true, language: 'ru' | 'en' = 'en') =>
  agentToolContext({ reach: { folders: [{ path: root, mayWrite }] }, language });
const read = (path: string, start = 0) => readFile.run({ path, start }, context());
const write = (over: Partial<WriteFileInput> = {}, mayWrite = true) =>
  writeFile.run({ path: 'Notes/new.txt', text: 'Привет', replace: false, ...over }, context(mayWrite));

describe('list_files', () => {
  test('shows the granted folders with their rights, and says when there is none', async () => {
    expect(await listFiles.run({ path: '' }, context())).toEqual({ text: 'Notes/  reading and writing' });
    expect(await listFiles.run({ path: '.' }, context(false, 'ru'))).toEqual({ text: 'Notes/  только чтение' });
    expect((await listFiles.run({ path: '' }, agentToolContext())).text).toMatch(/no folder/u);
  });

  test('shows files and folders, and nothing that could not be opened', async () => {
    writeFileSync(join(root, '.env'), 'x');
    writeFileSync(join(root, 'two\nlines'), 'x');
    symlinkSync(outside, join(root, 'out'));
    symlinkSync(join(root, 'gone'), join(root, 'dangling'));
    symlinkSync(join(root, 'sub'), join(root, 'inner'));
    execFileSync('mkfifo', [join(root, 'pipe')]);
    const { text } = await listFiles.run({ path: 'Notes' }, context());
    expect(text.replaceAll(/\d{4}-[\dT:-]+/gu, 'then')).toBe('Notes/\ninner/\nplan.md  27 B  then\nsub/');
    expect((await listFiles.run({ path: 'Notes/sub' }, context())).text).toMatch(/no files/u);
    expect(await listFiles.run({ path: 'Notes/plan.md' }, context())).toMatchObject({ isError: true });
    expect(await listFiles.run({ path: 'Notes/out' }, context())).toMatchObject({ isError: true });
    expect(text).not.toContain(root);
  });

  test('a folder of thousands is told in part', async () => {
    for (let at = 0; at < 620; at += 1) writeFileSync(join(root, 'sub', `${at}.txt`), '');
    const { text } = await listFiles.run({ path: 'Notes/sub' }, context());
    expect(text.split('\n')).toHaveLength(502);
    expect(text).toMatch(/And more: 120\.$/u);
  });
});

describe('read_file', () => {
  test('reads text as it is, other encodings, pages and PDFs', async () => {
    writeFileSync(join(root, 'old.txt'), Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x2c, 0x20, 0xec, 0xe8, 0xf0, 0x21]));
    writeFileSync(join(root, 'data.json'), '{"a": [1, 2]}\n');
    writeFileSync(join(root, 'empty.txt'), '');
    writeFileSync(join(root, 'page.html'), '<!doctype html><html><body><p>See <a href="https://a.example/">this</a>.</p></body></html>');
    writeFileSync(join(root, 'report.pdf'), await makePdf([[{ text: 'Yearly report.' }]]));
    expect(await read('Notes/plan.md')).toEqual({ text: 'File: Notes/plan.md\n\n# План\n\nПервое.\n' });
    expect((await read('Notes/old.txt')).text).toContain('Привет, мир!');
    expect((await read('Notes/data.json')).text).toContain('{"a": [1, 2]}');
    expect((await read('Notes/page.html')).text).toContain('See [this](https://a.example/).');
    expect((await read('Notes/report.pdf')).text).toContain('Yearly report.');
    expect(await read('Notes/empty.txt')).toEqual({ text: 'File: Notes/empty.txt\n\n(the file is empty)' });
  });

  test('reads a long one in parts that make the whole', async () => {
    const whole = 'слово '.repeat(60_000);
    writeFileSync(join(root, 'long.txt'), whole);
    let text = '';
    for (let start = 0; start < whole.length;) {
      const result = (await read('Notes/long.txt', start)).text;
      text += result.slice(result.indexOf('\n\n') + 2);
      start = Number(/start = (\d+)/u.exec(result)?.[1]);
    }
    expect(text).toBe(whole);
  });

  test('refuses what is no file for it, without waiting', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')]);
    writeFileSync(join(root, 'program'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0]));
    writeFileSync(join(root, 'huge.txt'), Buffer.alloc(33 * 1024 * 1024, 'a'));
    symlinkSync(join(outside, 'secret.txt'), join(root, 'link.txt'));
    for (const [path, why] of [
      ['Notes/sub', /a folder/u],
      ['Notes/pipe', /no ordinary file/u],
      ['Notes/program', /neither a text/u],
      ['Notes/huge.txt', /too large/u],
      ['Notes/link.txt', /leads out/u],
      ['Notes/missing', /not there/u],
    ] as const) {
      const result = await read(path);
      expect(result.isError, path).toBe(true);
      expect(result.text, path).toMatch(why);
      expect(result.text).not.toContain('secret');
    }
  });
});

describe('write_file', () => {
  test('asks with the whole path, and with what would be lost', async () => {
    expect(writeFile.changesOutside).toBe(true);
    const ask = (over: Partial<WriteFileInput>) =>
      writeFile.asksFirst?.({ path: 'Notes/plan.md', text: 'x', replace: false, ...over }, context());
    expect(await ask({})).toEqual({ action: { does: 'make_file', path: 'Notes/plan.md' }, destination: join(root, 'plan.md') });
    expect(await ask({ replace: true })).toEqual({
      action: { does: 'replace_file', path: 'Notes/plan.md' },
      destination: join(root, 'plan.md'),
    });
    symlinkSync(join(root, 'sub'), join(root, 'inner'));
    expect(await ask({ path: 'Notes/inner/x.txt' })).toMatchObject({ destination: join(root, 'sub', 'x.txt') });
    expect(await ask({ path: '../x' })).toMatchObject({ destination: '../x' });
  });

  test('makes a file once, and replaces one only when that was said', async () => {
    expect(await write()).toEqual({ text: 'The file Notes/new.txt was made: 12 B.' });
    expect(readFileSync(join(root, 'new.txt'), 'utf8')).toBe('Привет');
    expect(await write({ text: 'other' })).toMatchObject({ isError: true });
    expect(readFileSync(join(root, 'new.txt'), 'utf8')).toBe('Привет');
    chmodSync(join(root, 'new.txt'), 0o640);
    expect(await write({ text: 'other', replace: true })).toEqual({ text: 'The file Notes/new.txt was replaced: 5 B.' });
    expect(readFileSync(join(root, 'new.txt'), 'utf8')).toBe('other');
    expect(statSync(join(root, 'new.txt')).mode & 0o777).toBe(0o640);
    expect(readdirSync(root).sort()).toEqual(['new.txt', 'plan.md', 'sub']);
  });

  test('follows no link and changes nothing outside, whatever the name', async () => {
    symlinkSync(join(outside, 'secret.txt'), join(root, 'link.txt'));
    symlinkSync(join(outside, 'made.txt'), join(root, 'dangling.txt'));
    symlinkSync(outside, join(root, 'out'));
    linkSync(join(outside, 'secret.txt'), join(root, 'hard.txt'));
    for (const path of [
      'link.txt',
      'dangling.txt',
      'out/made.txt',
      'out',
      'sub',
      'sub/deep/x.txt',
      '.bashrc',
      '../outside/made.txt',
      'a.txt:b',
      'nul',
    ])
      for (const replace of [false, true]) expect(await write({ path: `Notes/${path}`, replace }), path).toMatchObject({ isError: true });
    expect(lstatSync(join(root, 'link.txt')).isSymbolicLink()).toBe(true);
    // A file that has a second name outside keeps its content there: the name is replaced, not what is behind it.
    expect(await write({ path: 'Notes/hard.txt', replace: true })).not.toHaveProperty('isError');
    expect(readFileSync(join(outside, 'secret.txt'), 'utf8')).toBe('secret');
    expect(readdirSync(outside)).toEqual(['secret.txt']);
  });

  test('writes nothing where there is no right to', async () => {
    expect(await write({}, false)).toMatchObject({
      isError: true,
      text: '«Notes/new.txt»: this folder may only be looked at: the person gave no right to write.',
    });
    expect(readdirSync(root).sort()).toEqual(['plan.md', 'sub']);
  });

  test('after a crash it looks whether the text is there', async () => {
    const input = { path: 'Notes/new.txt', text: 'Привет', replace: false };
    expect(await writeFile.check?.(input, context())).toEqual({ happened: false });
    await write();
    expect(await writeFile.check?.(input, context())).toMatchObject({ happened: true });
    expect(await writeFile.check?.({ ...input, text: 'Привет!' }, context())).toEqual({ happened: false });
  });
});

describe('a file that was written', () => {
  const keeper = () => {
    const files = new Map<string, string>();
    const hostCall = ((name: string, given: { base64?: string; sha256?: string }) => {
      if (name === 'file.kept') return Promise.resolve({ base64: files.get(given.sha256 ?? '') });
      if (name !== 'file.keep') return Promise.reject(new Error(name));
      const sha256 = createHash('sha256')
        .update(Buffer.from(given.base64 ?? '', 'base64'))
        .digest('hex');
      files.set(sha256, given.base64 ?? '');
      return Promise.resolve({ sha256 });
    }) as ToolContext['task']['hostCall'];
    return { files, hostCall };
  };

  test.for([
    ['a short text', Buffer.from('# План\n'), 0],
    ['a long text', Buffer.from('слово '.repeat(20_000)), 1],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0, 1, 2, 0x80]), 1],
    ['as much as is kept', Buffer.alloc(keptFileLimit, 'x'), 1],
  ] as const)('is taken back to what it held: %s', async ([, held, keeps]) => {
    const path = join(root, 'held.bin');
    writeFileSync(path, held);
    const { files, hostCall } = keeper();
    const given = { path: 'Notes/held.bin', text: 'новое', replace: true };
    const on = agentToolContext({ reach: { folders: [{ path: root, mayWrite: true }] }, hostCall });
    const undo = await writeFile.undo?.(given, on);
    expect(files.size).toBe(keeps);
    await writeFile.run(given, on);
    expect(readFileSync(path, 'utf8')).toBe('новое');
    if (undo === null || undo === undefined) throw new Error('It is not taken back.');
    await restoreFile(fileChange.parse(structuredClone(undo)), { hostCall });
    expect(readFileSync(path).equals(held)).toBe(true);
    // Again, and after somebody has changed it, nothing happens.
    writeFileSync(path, 'чужое');
    await restoreFile(undo, { hostCall });
    expect(readFileSync(path, 'utf8')).toBe('чужое');
  });

  test('is left as it is when it held more than is kept', async () => {
    writeFileSync(join(root, 'held.bin'), Buffer.alloc(keptFileLimit + 1, 'x'));
    expect(await writeFile.undo?.({ path: 'Notes/held.bin', text: 'x', replace: true }, context())).toBeNull();
  });
});
