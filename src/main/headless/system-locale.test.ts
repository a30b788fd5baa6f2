import { expect, test } from 'vitest';
import { programLocale, systemLocale, tagOfPosixLocale } from './system-locale.ts';

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

test.each([
  ['ru-UA', 'ru-RU'],
  ['en-US', 'en-GB'],
  ['de-DE', 'en-GB'],
])('with %s dates are written as in %s, whose words the program speaks', (system, dates) => {
  expect(programLocale(system)).toBe(dates);
});
