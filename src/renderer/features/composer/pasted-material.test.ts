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
  expect(readCommand('/фон')).toEqual({ kind: 'background', task: '' });
  expect(readCommand('/Background compare\nboth papers ')).toEqual({ kind: 'background', task: 'compare\nboth papers' });
  expect(readCommand('/браузер сравни цены')).toEqual({ kind: 'browser', task: 'сравни цены' });
  expect(readCommand('/browser')).toEqual({ kind: 'browser', task: '' });
  for (const text of ['/etc/hosts', '/ two', '/konspekt it', 'what is /конспект?', '']) expect(readCommand(text), text).toBeNull();
});

test('what is typed so far suggests', () => {
  const suggested = (...typed: Parameters<typeof suggestCommands>) => suggestCommands(...typed).map(({ word }) => word);
  expect(suggested('/', 'ru')).toEqual(['/конспект', '/фон', '/браузер']);
  expect(suggested('/', 'en')).toEqual(['/synopsis', '/background', '/browser']);
  expect(suggested('/s', 'ru')).toEqual(['/synopsis']);
  expect(suggested('/кон', 'en')).toEqual(['/конспект']);
  expect(suggested('/конспект', 'ru')).toEqual([]);
  expect(suggested('no /', 'ru')).toEqual([]);
});
