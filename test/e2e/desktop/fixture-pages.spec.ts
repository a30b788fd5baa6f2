// Pages: where they come from, what they see, what they may.
import { expect, test } from '@playwright/test';
import { onStandIn } from '../../support/launch-desktop.ts';
import { createFixtureApp } from './fixture-app.ts';

const PAGE_ORIGIN = onStandIn ? 'https://main.app.invalid' : 'app://main';
const fixture = createFixtureApp();

test.describe('pages', () => {
  test.beforeEach(() => fixture.start());

  test('come from protocol.handle on a secure origin, with their CSP in force', async () => {
    expect(
      await fixture.page.evaluate(() => ({ secure: isSecureContext, module: globalThis.pageRan, inline: globalThis.inlineRan ?? false })),
    ).toEqual({ secure: true, module: true, inline: false });
    expect(await fixture.page.evaluate(() => location.origin)).toBe(PAGE_ORIGIN);
    expect(
      await fixture.page.evaluate(() =>
        fetch('https://example.com/').then(
          () => 'fetched',
          () => 'refused',
        ),
      ),
    ).toBe('refused');
    // In a task of the page's own: DevTools lets what it evaluates itself use `eval`.
    expect(
      await fixture.page.evaluate(
        () =>
          new Promise(resolve =>
            setTimeout(() => {
              try {
                resolve(new Function('return 1')());
              } catch (error) {
                resolve((error as Error).name);
              }
            }),
          ),
      ),
    ).toBe('EvalError');
    expect(
      await fixture.page.evaluate(
        () =>
          new Promise(resolve => {
            document.addEventListener('securitypolicyviolation', event => resolve(event.violatedDirective));
            setTimeout(() => {
              const script = document.createElement('script');
              script.textContent = 'globalThis.injected = 1';
              document.body.append(script);
            });
          }),
      ),
    ).toBe('script-src-elem');
  });

  test('get statuses, bodies, methods and headers through the handler and the session', async () => {
    expect(await fixture.page.evaluate(() => fetch('/missing.js').then(answer => answer.status))).toBe(404);
    expect(await fixture.page.evaluate(() => fetch('/echo', { method: 'POST', body: 'héllo' }).then(answer => answer.json()))).toEqual({
      method: 'POST',
      body: 'héllo',
    });
    expect(
      await fixture.page.evaluate(() =>
        fetch('/page.js').then(answer => [answer.headers.get('x-from-session'), answer.headers.get('x-content-type-options')]),
      ),
    ).toEqual(['yes', 'nosniff']);
    expect(await fixture.page.evaluate(() => fetch('/net').then(answer => answer.text()))).toContain('pageRan');
    expect(
      await fixture.page.evaluate(() =>
        fetch('/broken').then(
          () => 'fetched',
          () => 'failed',
        ),
      ),
    ).toBe('failed');
  });

  test('of a scheme that nobody handles cannot be loaded', async () => {
    const message = await fixture.app.evaluate(({ BrowserWindow }) =>
      new BrowserWindow({ show: false }).loadURL('nothing://here/').catch((error: Error) => error.message),
    );
    expect(message).toBe("ERR_UNKNOWN_URL_SCHEME (-302) loading 'nothing://here/'");
  });

  test('see no Node and no trace of the preload', async () => {
    expect(
      await fixture.page.evaluate(() => ({
        require: typeof globalThis.require,
        process: typeof globalThis.process,
        leaked: Object.getOwnPropertyNames(globalThis).filter(name => /stand.?in|ipcRenderer|electron/i.test(name)),
      })),
    ).toEqual({ require: 'undefined', process: 'undefined', leaked: [] });
  });
});

test.describe('permissions', () => {
  test('are denied when the app denies them', async () => {
    await fixture.start();
    expect(
      await fixture.page.evaluate(() =>
        Promise.all(
          (['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[]).map(
            async name => (await navigator.permissions.query({ name })).state,
          ),
        ),
      ),
    ).toEqual(['denied', 'denied', 'denied', 'denied']);
    expect(await fixture.page.evaluate(() => Notification.requestPermission())).toBe('denied');
    expect(
      await fixture.page.evaluate(
        () =>
          new Promise(resolve =>
            navigator.geolocation.getCurrentPosition(
              () => resolve('granted'),
              error => resolve(error.code),
            ),
          ),
      ),
    ).toBe(1);
  });
});
