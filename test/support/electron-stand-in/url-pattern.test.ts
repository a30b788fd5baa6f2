import { expect, test } from 'vitest';
import { matchesUrlPattern } from './url-pattern.ts';

test.each([
  ['<all_urls>', 'https://example.com/', true],
  ['<all_urls>', 'app://main/', false],
  ['*://*/*', 'http://127.0.0.1:8080/x', true],
  ['*://*/*', 'app://main/x', false],
  ['https://*.example.com/*', 'https://a.example.com/x', true],
  ['https://*.example.com/*', 'https://example.com/x', true],
  ['https://*.example.com/*', 'https://badexample.com/x', false],
  ['file:///*', 'file:///etc/passwd', true],
  ['file://*', 'file:///etc/passwd', true],
  ['app://main/*.js', 'app://main/a.js', true],
  ['app://main/*.js', 'app://main/a.css', false],
  ['https://example.com/a+b', 'https://example.com/aab', false],
] as const)('%s against %s: %s', (pattern, url, expected) => {
  expect(matchesUrlPattern(pattern, url)).toBe(expected);
});

test('a pattern without a scheme is refused', () => {
  expect(() => matchesUrlPattern('example.com', 'https://example.com/')).toThrow('Invalid url pattern example.com');
});
