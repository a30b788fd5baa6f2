import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import { writeNewFile } from './write-new-file.ts';

let folder: string;
let remove: () => void;
beforeEach(() => {
  ({ path: folder, remove } = tempFolder());
});
afterEach(() => remove());

const bytes = new TextEncoder().encode('# Конспект\n');

test('nothing is written through a link that somebody has put into the folder', async () => {
  const own = join(folder, 'own.txt');
  writeFileSync(own, 'mine');
  symlinkSync(own, join(folder, '.Title.md.konspekt-part'));
  await writeNewFile(join(folder, 'Title.md'), bytes);
  expect(readFileSync(own, 'utf8')).toBe('mine');
  expect(readFileSync(join(folder, 'Title.md'), 'utf8')).toBe('# Конспект\n');
  expect(readdirSync(folder).sort()).toEqual(['Title.md', 'own.txt']);
});

test('what an attempt that was cut off has left is not in the way, and a file that is there is not written over', async () => {
  const path = join(folder, 'Title.md');
  writeFileSync(join(folder, '.Title.md.konspekt-part'), 'half');
  await writeNewFile(path, bytes);
  await expect(writeNewFile(path, new Uint8Array())).rejects.toMatchObject({ code: 'not_written', retryable: false });
  expect(readFileSync(path, 'utf8')).toBe('# Конспект\n');
  expect(readdirSync(folder)).toEqual(['Title.md']);
});
