import { expect, test } from 'vitest';
import { noteStemOf } from './vault-note.ts';

test.each([
  ['Заметка: «итоги» / 2024?', 'Заметка «итоги» 2024'],
  ['C# и [[ссылки]] ^1', 'C и ссылки 1'],
  ['con.old', 'Synopsis'],
  ['COM¹', 'Synopsis'],
  ['...', 'Synopsis'],
  ['.obsidian', 'obsidian'],
  ['Итог. ', 'Итог'],
  ['й'.normalize('NFD'), 'й'.normalize('NFC')],
])('%j is a name that all three systems and Obsidian take', (title, name) => {
  expect(noteStemOf(title, 'Synopsis')).toBe(name);
});

test('a long name leaves room for a number and ends in a whole letter', () => {
  for (const letter of ['я', '語', '😀']) {
    const name = noteStemOf(letter.repeat(300), 'Synopsis');
    expect(new TextEncoder().encode(`${name} (конспект 1000).md`).length).toBeLessThanOrEqual(255);
    expect(name.isWellFormed()).toBe(true);
    expect(name.replaceAll(letter, '')).toBe('');
  }
});
