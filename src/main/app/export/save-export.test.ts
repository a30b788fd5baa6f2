import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { saveExport } from './save-export.ts';

const file = { fileName: 'Лекция.md', text: '# Лекция\n' };

test('a file is saved under the name the dialog gives, and said to be', async ({ onTestFinished }) => {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  const path = join(folder.path, 'другое имя.md');
  expect(await saveExport(file, () => Promise.resolve(path))).toEqual({ saved: 'другое имя.md' });
  expect(readFileSync(path, 'utf8')).toBe(file.text);
});

test('a cancelled dialog saves nothing and says nothing', async ({ onTestFinished }) => {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  expect(await saveExport(file, () => Promise.resolve(null))).toEqual({ saved: null });
  expect(existsSync(join(folder.path, file.fileName))).toBe(false);
});

test('a place that takes no file is named, with the cure', async () => {
  const path = join(import.meta.dirname, 'no such folder', 'x.md');
  await expect(saveExport(file, () => Promise.resolve(path))).rejects.toMatchObject({
    code: 'cannot_write',
    message: /x\.md.*another folder/u,
  });
});
