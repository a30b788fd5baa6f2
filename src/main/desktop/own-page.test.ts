import { expect, test } from 'vitest';
import { isOwnPage, mayLoad } from './own-page.ts';

test('the page is one file of one host, at any place in it', () => {
  for (const url of ['app://main/index.html', 'app://main/index.html#a', 'app://main/index.html?b'])
    expect([url, isOwnPage(url)]).toEqual([url, true]);
  for (const url of [
    'app://main/',
    'app://main/index.htmlx',
    'app://other/index.html',
    'https://example.com/#app://main/index.html',
    'file:///index.html',
  ])
    expect([url, isOwnPage(url)]).toEqual([url, false]);
});

test('the session loads the window’s files and what the page itself made', () => {
  for (const url of ['app://main/assets/a.js', 'blob:app://main/1', 'data:image/png;base64,', 'devtools://devtools/x'])
    expect([url, mayLoad(url)]).toEqual([url, true]);
  for (const url of [
    'app://main.evil/',
    'app://other/',
    'http://127.0.0.1/',
    'https://example.com/data:',
    'file:///etc/passwd',
    'ws://127.0.0.1/',
    'chrome://gpu/',
  ])
    expect([url, mayLoad(url)]).toEqual([url, false]);
});
