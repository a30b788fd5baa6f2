import { expect, test } from 'vitest';
import { systemLocale, tagOfPosixLocale } from './system-locale.ts';

test.each([
  ['ru_RU.UTF-8', 'ru-RU'],
  ['en_GB', 'en-GB'],
  ['de_DE@euro', 'de-DE'],
  ['C.UTF-8', null],
  ['POSIX', null],
  ['', null],
  [undefined, null],
  ['not a locale', null],
])('%s is %s', (locale, tag) => {
  expect(tagOfPosixLocale(locale)).toBe(tag);
});

test('LC_ALL wins over LANG', () => {
  expect(systemLocale({ LC_ALL: 'ru_RU.UTF-8', LANG: 'en_US.UTF-8' })).toBe('ru-RU');
  expect(systemLocale({ LC_ALL: 'C', LANG: 'en_US.UTF-8' })).toBe('en-US');
});
