import { expect, test } from 'vitest';
import { documentAuthor, documentDate } from '../../shared/domain/document.ts';
import { authorOf, dateOf } from './document-facts.ts';

test.each([
  ['2024-03-05T10:00:00Z', '2024-03-05'],
  ['2024-03', '2024-03'],
  ['1869', '1869'],
  ["D:20240305101500+03'00'", '2024-03-05'],
  ['5.3.2024', '2024-03-05'],
  ['2024-02-31', '2024-02'],
  ['2024-13-01', '2024'],
  ['0000', null],
  ['вчера', null],
  ['', null],
])('the date %s is %s', (given, date) => {
  expect(dateOf(given)).toBe(date);
  if (date !== null) expect(documentDate.safeParse(date).success).toBe(true);
});

test('authors are named once, and what programs write there is nobody', () => {
  expect(authorOf([' Лев  Толстой ', 'Лев Толстой', 'User'])).toBe('Лев Толстой');
  expect(authorOf(['Пользователь', ' ', '???'])).toBeNull();
  expect(documentAuthor.safeParse(authorOf(['я'.repeat(900)])).success).toBe(true);
});
