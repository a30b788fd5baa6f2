import { expect, test } from 'vitest';
import { asSingleUrl, readCommand, suggestCommands } from './pasted-material.ts';

test('an address is one only when it is alone and of the web', () => {
  expect(asSingleUrl('  https://example.org/a?b=1 ')).toBe('https://example.org/a?b=1');
  for (const text of ['see https://example.org', 'https://example.org two', 'ftp://example.org', 'javascript:alert(1)', 'https://', ''])
    expect(asSingleUrl(text), text).toBeNull();
});

test('commands are known in both languages, paths are messages', () => {
  expect(readCommand('/конспект')).toEqual({ kind: 'synopsis' });
  expect(readCommand(' /Synopsis ')).toEqual({ kind: 'synopsis' });
  expect(readCommand('/план')).toEqual({ kind: 'unknown', name: '/план' });
  for (const text of ['/etc/hosts', '/ two', 'what is /конспект?', '']) expect(readCommand(text), text).toBeNull();
});

test('what is typed so far suggests', () => {
  expect(suggestCommands('/', 'ru')).toEqual(['/конспект']);
  expect(suggestCommands('/', 'en')).toEqual(['/synopsis']);
  expect(suggestCommands('/s', 'ru')).toEqual(['/synopsis']);
  expect(suggestCommands('/кон', 'en')).toEqual(['/конспект']);
  expect(suggestCommands('/конспект', 'ru')).toEqual([]);
  expect(suggestCommands('no /', 'ru')).toEqual([]);
});
