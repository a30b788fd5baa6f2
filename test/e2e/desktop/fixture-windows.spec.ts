// Windows: which are opened, how they look, what becomes of a crashed one.
import { expect, test } from '@playwright/test';
import { createFixtureApp } from './fixture-app.ts';

const fixture = createFixtureApp();

test.describe('windows', () => {
  test('window.open and new tabs are denied', async () => {
    await fixture.start();
    await fixture.page.locator('#blank').click();
    await fixture.page.evaluate(() => void window.open('https://example.com/opened', 'name', 'width=100'));
    await expect.poll(() => fixture.seen('opens')).toEqual(['https://example.com/blank', 'https://example.com/opened']);
    await expect.poll(() => fixture.app.windows().length).toBe(1);
    expect(await fixture.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  test('an allowed one opens with the app’s own rules in it', async () => {
    await fixture.start();
    const opened = fixture.app.waitForEvent('window');
    await fixture.page.locator('#allowed').click();
    const second = await opened;
    await second.waitForLoadState();
    expect(await second.evaluate(() => globalThis.pageRan)).toBe(true);
    expect(await second.evaluate(() => api.invoke('echo', 'from the second'))).toBe('from the second');
    const bounds = await (await fixture.app.browserWindow(second)).evaluate(window => window.getBounds());
    expect(bounds).toMatchObject({ width: 400, height: 300 });
  });

  test('start hidden, show when ready, have real sizes', async () => {
    await fixture.start();
    expect(await fixture.seen('order')).toEqual(['ready-to-show']);
    const window = await fixture.app.browserWindow(fixture.page);
    expect(await window.evaluate(w => [w.isVisible(), w.isFocused(), w.isDestroyed(), w.getBounds().width])).toEqual([
      true,
      true,
      false,
      900,
    ]);
    await expect.poll(() => window.evaluate(w => w.getTitle())).toBe('Fixture');
    expect(await fixture.page.evaluate(() => innerWidth)).toBe(900);
    await window.evaluate(w => w.setBounds({ width: 700, height: 500 }));
    await expect.poll(() => fixture.page.evaluate(() => innerWidth)).toBe(700);
    await window.evaluate(w => w.minimize());
    expect(await window.evaluate(w => [w.isMinimized(), w.isFocused()])).toEqual([true, false]);
  });

  test('the theme that the app chooses is what the page prefers', async () => {
    await fixture.start();
    const prefersDark = (): Promise<boolean> => fixture.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
    const updates = await fixture.app.evaluateHandle(({ nativeTheme }) => {
      const count = { n: 0 };
      nativeTheme.on('updated', () => count.n++);
      return count;
    });
    await fixture.app.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'dark';
    });
    await expect.poll(prefersDark).toBe(true);
    expect(await fixture.app.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors)).toBe(true);
    await fixture.app.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'light';
    });
    await expect.poll(prefersDark).toBe(false);
    expect(await updates.evaluate(count => count.n)).toBe(2);
  });

  test('a crashed renderer is reported and can be reloaded', async () => {
    await fixture.start();
    await fixture.app.evaluate(() => globalThis.mainWindow.webContents.forcefullyCrashRenderer());
    await expect.poll(() => fixture.seen('gone')).toEqual(['crashed']);
    await fixture.app.evaluate(
      () =>
        new Promise<void>(resolve => {
          const { webContents } = globalThis.mainWindow;
          webContents.once('did-finish-load', () => resolve());
          webContents.reload();
        }),
    );
    expect(await fixture.app.evaluate(() => globalThis.mainWindow.webContents.executeJavaScript("api.invoke('echo', 'alive')"))).toBe(
      'alive',
    );
  });
});
