// How the program begins and ends, alone and in the tray.
import { expect, test } from '@playwright/test';
import { launchWithoutWindow, onStandIn } from '../../support/launch-desktop.ts';
import { appDir, createFixtureApp } from './fixture-app.ts';

const RECORD_ONLY = 'the record of trays and notifications exists on the stand-in only';
const fixture = createFixtureApp();

test.describe('life', () => {
  test('a second instance is announced to the first, with its data, and ends', async () => {
    await fixture.start({ FIXTURE_NAME: 'first' });
    // It ends before Playwright has got hold of it, which Playwright calls a failed launch.
    const second = launchWithoutWindow({
      dataDir: fixture.dataDir(),
      appDir,
      env: { FIXTURE_NAME: 'second' },
      args: ['--open=konspekt://session/1'],
    }).then(
      () => 'launched',
      (error: Error) => error.message,
    );
    await expect.poll(() => fixture.seen('second')).toMatchObject([{ data: { from: 'second' }, cwd: process.cwd() }]);
    expect((await fixture.seen<{ argv: string[] }[]>('second'))[0]?.argv).toContain('--open=konspekt://session/1');
    expect(await second).toContain('exitCode=0');
    expect(await fixture.page.evaluate(() => api.invoke('echo', 'still here'))).toBe('still here');
  });

  test('the lock is free again after kill -9', async () => {
    await fixture.start();
    const gone = fixture.app.waitForEvent('close');
    fixture.app.process().kill('SIGKILL');
    await gone;
    fixture.forget(); // Playwright waits for ever for the end of what has ended by itself
    await fixture.start();
    expect(await fixture.app.evaluate(({ app: electron }) => electron.hasSingleInstanceLock())).toBe(true);
  });

  test('closing the last window ends the program', async () => {
    await fixture.start();
    const program = fixture.app.process();
    const closed = fixture.app.waitForEvent('close');
    await fixture.page.close();
    await closed;
    expect(program.exitCode).toBe(0);
  });

  test('a program in the tray hides instead, and quitting still ends it', async () => {
    await fixture.start({ FIXTURE_TRAY: '1' });
    const window = await fixture.app.browserWindow(fixture.page);
    await window.evaluate(w => w.close());
    await expect.poll(() => window.evaluate(w => [w.isVisible(), w.isDestroyed()])).toEqual([false, false]);
    expect(await fixture.page.evaluate(() => api.invoke('echo', 'hidden'))).toBe('hidden');
    const program = fixture.app.process();
    const closed = fixture.app.waitForEvent('close');
    await fixture.app.evaluate(({ app: electron }) => electron.quit());
    await closed;
    expect(program.exitCode).toBe(0);
  });
});

test.describe('what is recorded', () => {
  test.skip(!onStandIn, RECORD_ONLY);
  test.beforeEach(() => fixture.start({ FIXTURE_TRAY: '1' }));

  test('the tray menu can be clicked', async () => {
    const click = (id: string): Promise<void> =>
      fixture.app.evaluate((_electron, itemId) => process.standIn?.record.trays[0]?.contextMenu?.getMenuItemById(itemId)?.click(), id);
    const window = await fixture.app.browserWindow(fixture.page);
    await window.evaluate(w => w.close());
    await expect.poll(() => window.evaluate(w => w.isVisible())).toBe(false);
    await click('show');
    expect(await window.evaluate(w => w.isVisible())).toBe(true);
    await click('pause');
    expect(await fixture.app.evaluate(() => globalThis.paused)).toBe(true);
    const closed = fixture.app.waitForEvent('close');
    await click('quit').catch(() => {});
    await closed;
  });

  test('a notification can be clicked', async () => {
    await fixture.app.evaluate(() => globalThis.notify());
    expect(
      await fixture.app.evaluate(() =>
        process.standIn?.record.calls.filter(call => call.api === 'Notification.show').map(call => call.args),
      ),
    ).toEqual([[{ title: 'Done', body: 'Your synopsis is ready' }]]);
    await fixture.app.evaluate(() => process.standIn?.record.notifications[0]?.emit('click', {}));
    expect(await fixture.app.evaluate(() => globalThis.notified)).toBe('clicked');
  });

  test('what is not modelled says so', async () => {
    const refusal = (use: string): Promise<string> =>
      fixture.app.evaluate((electron, code) => {
        try {
          new Function('electron', code)(electron);
        } catch (error) {
          return (error as Error).message;
        }
        return 'nothing was said';
      }, use);
    expect(await refusal('electron.app.getFileIcon("/x")')).toContain('stand-in: electron.app.getFileIcon is not modelled');
    expect(await refusal('electron.desktopCapturer.getSources({})')).toContain(
      'stand-in: electron.desktopCapturer.getSources is not modelled',
    );
    expect(await refusal('electron.app.on("no-such-event", () => {})')).toContain(
      "stand-in: electron.app event 'no-such-event' is not modelled",
    );
    expect(await refusal('mainWindow.setVibrancy("dark")')).toContain('stand-in: electron.BrowserWindow.setVibrancy is not modelled');
    expect(await refusal('new electron.BrowserWindow({ webPreferences: { sandbox: false } })')).toContain(
      'BrowserWindow without sandbox is not modelled',
    );
    expect(
      await fixture.page.evaluate(() => {
        try {
          return api.unmodelled();
        } catch (error) {
          return (error as Error).message;
        }
      }),
    ).toContain('ipcRenderer.sendSync is not modelled');
  });
});
