import { expect, test } from 'vitest';
import { chooseFolderFiles, folderFileLimit, nothingLeftOut, sayLeftOut } from './folder-files.ts';
import { documentByteLimit } from './document.ts';

const file = (path: string, byteCount = 1) => ({ path, byteCount });

test('hidden files, unknown formats, parts of saved pages and what is too large are left out and counted', () => {
  const { taken, leftOut } = chooseFolderFiles([
    file('part 10.pdf'),
    file('part 2.pdf'),
    file('.git/config.txt'),
    file('notes/~$draft.docx'),
    file('Thumbs.db'),
    file('setup.exe'),
    file('page.html'),
    file('page_files/logo.png'),
    file('film.srt', documentByteLimit + 1),
    file('books/war.fb2.zip'),
    file('archive.zip'),
  ]);
  expect(taken.map(({ path }) => path)).toEqual(['books/war.fb2.zip', 'page.html', 'part 2.pdf', 'part 10.pdf']);
  expect(leftOut).toEqual({ ...nothingLeftOut, hidden: 3, unknown: 2, savedPart: 1, tooLarge: 1 });
  expect(sayLeftOut('Курс', leftOut, taken.length, 'ru')).toBe(
    'Из папки «Курс» не взяты: скрытые и служебные: 3; незнакомые форматы: 2; части сохранённых страниц: 1; слишком большие: 1.',
  );
});

test('a folder is bounded, and one with nothing to read says so', () => {
  const { taken, leftOut } = chooseFolderFiles(Array.from({ length: folderFileLimit + 7 }, (_, at) => file(`${at}.txt`)));
  expect([taken.length, leftOut.beyond]).toEqual([folderFileLimit, 7]);
  expect(sayLeftOut('a', nothingLeftOut, 1, 'en')).toBeNull();
  expect(sayLeftOut('a', nothingLeftOut, 0, 'en')).toBe('The folder "a" has no file that can be read.');
});
