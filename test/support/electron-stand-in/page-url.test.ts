import { describe, expect, test } from 'vitest';
import { appOrigin, registerPageScheme, toAppUrl, toPageHeader, toPageUrl } from './page-url.ts';

registerPageScheme('app');

describe('page addresses', () => {
  test.each([
    ['app://main/', 'https://main.app.invalid/'],
    ['app://main/a/b.js?x=1#y', 'https://main.app.invalid/a/b.js?x=1#y'],
    ['app://main/?u=https://example.com/', 'https://main.app.invalid/?u=https://example.com/'],
  ])('%s is served at %s and reported as itself', (app, page) => {
    expect(toPageUrl(app)).toBe(page);
    expect(toAppUrl(page)).toBe(app);
  });

  test.each([
    'https://example.com/',
    'file:///etc/passwd',
    'about:blank',
    'data:text/html,x',
    'https://main.other.invalid/',
    'https://main.app.invalid.evil.test/',
  ])('%s is left alone both ways', url => {
    expect(toPageUrl(url)).toBe(url);
    expect(toAppUrl(url)).toBe(url);
  });

  test('origins are what Electron reports', () => {
    expect(appOrigin('https://main.app.invalid/x')).toBe('app://main');
    expect(appOrigin('https://example.com/x')).toBe('https://example.com');
    expect(appOrigin('data:text/html,x')).toBe('null');
  });

  test('headers that name the scheme reach Chromium in its own words', () => {
    expect(toPageHeader("script-src 'self' app://main; img-src app: data:")).toBe(
      "script-src 'self' https://main.app.invalid; img-src https://*.app.invalid data:",
    );
    expect(toPageHeader("default-src 'none'; connect-src myapp: https://x.app")).toBe(
      "default-src 'none'; connect-src myapp: https://x.app",
    );
  });
});
