// Where a page may go, and who is asked.
import { expect, test } from '@playwright/test';
import { createFixtureApp } from './fixture-app.ts';

const fixture = createFixtureApp();

test.describe('navigation', () => {
  test.beforeEach(() => fixture.start());

  test('is asked about and stays where it is', async () => {
    for (const id of ['outside', 'inside', 'scheme']) await fixture.page.locator(`#${id}`).click();
    await fixture.page.evaluate(() => {
      location.href = '/by-script.html';
    });
    await expect
      .poll(() => fixture.seen('navigations'))
      .toEqual(['https://example.com/', 'app://main/other.html', 'app://main/other.html', 'app://main/by-script.html']);
    expect(await fixture.page.evaluate(() => location.pathname)).toBe('/');
    expect(await fixture.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())).toBe('app://main/');
  });

  test('of a frame is asked about too', async () => {
    await fixture.page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.src = '/framed.html';
      document.body.append(frame);
    });
    await expect.poll(() => fixture.seen('frames')).toEqual(['app://main/framed.html']);
  });

  test('a redirect is asked about', async () => {
    const outcome = await fixture.app.evaluate(() =>
      globalThis.mainWindow.loadURL('app://main/redirect').then(
        () => 'loaded',
        (error: Error) => error.message,
      ),
    );
    expect(await fixture.seen('redirects')).toEqual(['app://main/index.html']);
    expect(outcome).toContain('ERR_ABORTED (-3)');
  });

  test('the session blocks what the app blocks, and a reload by the app is not asked about', async () => {
    const message = await fixture.app.evaluate(() =>
      globalThis.mainWindow.loadURL('http://127.0.0.1:9/').catch((error: Error) => error.message),
    );
    expect(message).toBe("ERR_BLOCKED_BY_CLIENT (-20) loading 'http://127.0.0.1:9/'");
    expect(await fixture.seen('blocked')).toContain('http://127.0.0.1:9/');
    await fixture.app.evaluate(() => globalThis.mainWindow.loadURL('app://main/'));
    await fixture.page.reload();
    expect(await fixture.seen('navigations')).toEqual([]);
  });

  test('a download is announced and can be refused', async () => {
    await fixture.page.evaluate(() => {
      const link = document.createElement('a');
      link.href = '/download';
      link.download = '';
      document.body.append(link);
      link.click();
    });
    await expect.poll(() => fixture.seen('downloads')).toEqual(['app://main/download']);
  });
});
