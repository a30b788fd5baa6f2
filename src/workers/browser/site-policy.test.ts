import { describe, expect, test } from 'vitest';
import { isPlannedSite, isWebAddress } from './site-policy.ts';

describe('a site of the plan', () => {
  test.each([
    ['https://shop.example/a?b', 'shop.example'],
    ['https://www.shop.example/', 'shop.example'],
    ['https://shop.example/', 'www.shop.example'],
    ['http://127.0.0.1:8080/', '127.0.0.1:8080'],
    ['http://127.0.0.1:8080/', '127.0.0.1'],
    ['https://shop.example/', 'shop.example:443'],
    ['wss://shop.example/live', 'shop.example'],
    ['https://img.cdn.example/', '*.cdn.example'],
    ['https://cdn.example/', '*.cdn.example'],
    ['http://[::1]:3000/', '[::1]:3000'],
    ['https://xn--80aswg.xn--p1ai/', 'сайт.рф'],
  ])('%s is of %s', (url, entry) => {
    expect(isPlannedSite(new URL(url), ['other.example', entry])).toBe(true);
  });

  test.each([
    ['https://evil.example/', 'shop.example'],
    ['https://shop.example.evil.example/', 'shop.example'],
    ['https://evilshop.example/', 'shop.example'],
    ['https://evilcdn.example/', '*.cdn.example'],
    ['https://pay.shop.example/', 'shop.example'],
    ['http://127.0.0.1:8081/', '127.0.0.1:8080'],
    ['https://shop.example/', 'shop.example:80'],
    ['https://shop.example/', 'shop.example/path'],
    ['https://shop.example/', 'user@shop.example'],
    ['https://shop.example/', ''],
    ['https://shop.example/', '*'],
  ])('%s is not of %s', (url, entry) => {
    expect(isPlannedSite(new URL(url), [entry])).toBe(false);
  });
});

test('a browser is sent to the web alone, and with nobody’s password', () => {
  for (const url of [
    'file:///etc/passwd',
    'chrome://settings',
    'view-source:https://a.example/',
    'data:text/html,x',
    'https://u:p@a.example/',
  ])
    expect(isWebAddress(new URL(url)), url).toBe(false);
  expect(isWebAddress(new URL('https://a.example/'))).toBe(true);
});
