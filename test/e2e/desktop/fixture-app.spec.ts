// Proves the ground that the desktop specs stand on, with a small app of its own: what the program may rely on in
// Electron is so here too. Public Electron API only, so that `STANDIN=0` runs it on the real one; the few tests that look at the
// stand-in's record say so and are skipped there.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { launchDesktop, launchWithoutWindow, onStandIn } from '../../support/launch-desktop.ts';

const appDir = join(import.meta.dirname, '../../support/electron-stand-in/fixture');
const RECORD_ONLY = 'the record of trays and notifications exists on the stand-in only';
const PAGE_ORIGIN = onStandIn ? 'https://main.app.invalid' : 'app://main';

/** What the fixture's preload exposes. */
interface Api {
  invoke(channel: string, value?: unknown): Promise<unknown>;
  send(channel: string, value?: unknown): void;
  listen(listener: (value: unknown) => void): () => void;
  localEcho<T>(value: T): T;
  throws(): never;
  applyTwice(change: (value: number) => number, value: number): number;
  unmodelled(): unknown;
  requires(id: string): string;
  readonly constant: { readonly deep: { readonly list: readonly number[]; readonly at: Date } };
}
declare global {
  // In the page.
  var api: Api;
  var pageRan: boolean | undefined;
  var inlineRan: boolean | undefined;
  var workerPort: MessagePort;
  var portClosed: boolean | undefined;
  // In the fixture's main process.
  var started: boolean | undefined;
  var seen: Readonly<Record<string, unknown>>;
  var mainWindow: Electron.BrowserWindow;
  var worker: Electron.UtilityProcess;
  var workerOutput: string;
  var workerExit: number | undefined;
  var paused: boolean | undefined;
  var notified: string | undefined;
  var notify: () => void;
}

let dataDir: string;
let app: ElectronApplication;
let page: Page;
const open: ElectronApplication[] = [];

async function start(env: Record<string, string> = {}): Promise<void> {
  ({ app, page } = await launchDesktop({ dataDir, appDir, env }));
  open.push(app);
  await page.waitForLoadState();
  await expect.poll(() => app.evaluate(() => globalThis.started)).toBe(true);
}
const seen = <T = unknown>(name: string): Promise<T> => app.evaluate((_electron, key) => globalThis.seen[key], name) as Promise<T>;

test.beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'konspekt-fixture-'));
});
test.afterEach(async () => {
  for (const running of open.splice(0)) await running.close().catch(() => {});
  rmSync(dataDir, { recursive: true, force: true });
});

test.describe('pages', () => {
  test.beforeEach(() => start());

  test('come from protocol.handle on a secure origin, with their CSP in force', async () => {
    expect(
      await page.evaluate(() => ({ secure: isSecureContext, module: globalThis.pageRan, inline: globalThis.inlineRan ?? false })),
    ).toEqual({ secure: true, module: true, inline: false });
    expect(await page.evaluate(() => location.origin)).toBe(PAGE_ORIGIN);
    expect(
      await page.evaluate(() =>
        fetch('https://example.com/').then(
          () => 'fetched',
          () => 'refused',
        ),
      ),
    ).toBe('refused');
    // In a task of the page's own: DevTools lets what it evaluates itself use `eval`.
    expect(
      await page.evaluate(
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
      await page.evaluate(
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
    expect(await page.evaluate(() => fetch('/missing.js').then(answer => answer.status))).toBe(404);
    expect(await page.evaluate(() => fetch('/echo', { method: 'POST', body: 'héllo' }).then(answer => answer.json()))).toEqual({
      method: 'POST',
      body: 'héllo',
    });
    expect(
      await page.evaluate(() =>
        fetch('/page.js').then(answer => [answer.headers.get('x-from-session'), answer.headers.get('x-content-type-options')]),
      ),
    ).toEqual(['yes', 'nosniff']);
    expect(await page.evaluate(() => fetch('/net').then(answer => answer.text()))).toContain('pageRan');
    expect(
      await page.evaluate(() =>
        fetch('/broken').then(
          () => 'fetched',
          () => 'failed',
        ),
      ),
    ).toBe('failed');
  });

  test('of a scheme that nobody handles cannot be loaded', async () => {
    const message = await app.evaluate(({ BrowserWindow }) =>
      new BrowserWindow({ show: false }).loadURL('nothing://here/').catch((error: Error) => error.message),
    );
    expect(message).toBe("ERR_UNKNOWN_URL_SCHEME (-302) loading 'nothing://here/'");
  });

  test('see no Node and no trace of the preload', async () => {
    expect(
      await page.evaluate(() => ({
        require: typeof globalThis.require,
        process: typeof globalThis.process,
        leaked: Object.getOwnPropertyNames(globalThis).filter(name => /stand.?in|ipcRenderer|electron/i.test(name)),
      })),
    ).toEqual({ require: 'undefined', process: 'undefined', leaked: [] });
  });
});

test.describe('IPC', () => {
  test.beforeEach(() => start());

  test('keeps what structured clone keeps, both ways', async () => {
    const back = await page.evaluate(async () => {
      const value = {
        date: new Date(5),
        bytes: Uint8Array.of(0, 255),
        map: new Map([[1, { x: undefined }]]),
        set: new Set(['a']),
        nothing: undefined,
        zero: -0,
        nan: NaN,
        big: 10n,
        list: [null, undefined],
      };
      const answer = (await api.invoke('echo', value)) as typeof value;
      return [
        answer.date instanceof Date && answer.date.getTime(),
        answer.bytes instanceof Uint8Array && [...answer.bytes],
        answer.map instanceof Map && 'x' in (answer.map.get(1) ?? {}),
        [...answer.set],
        'nothing' in answer,
        Object.is(answer.zero, -0),
        Number.isNaN(answer.nan),
        String(answer.big),
        answer.list,
      ];
    });
    expect(back).toEqual([5, [0, 255], true, ['a'], true, true, true, '10', [null, undefined]]);
  });

  test('tells the handler who asks, in the words of the app', async () => {
    await page.evaluate(() => api.invoke('echo', 1));
    await page.evaluate(() => history.pushState(null, '', '/deeper?x=1#y'));
    await page.evaluate(() => api.invoke('echo', 1));
    const senders = await seen<{ url: string; origin: string; parent: unknown }[]>('senders');
    expect(senders.map(({ url, origin, parent }) => [url, origin, parent])).toEqual([
      ['app://main/', 'app://main', null],
      ['app://main/deeper?x=1#y', 'app://main', null],
    ]);
  });

  test('refuses functions in either direction and words errors as Electron does', async () => {
    const say = (channel: string): Promise<string> =>
      page.evaluate(
        name =>
          api.invoke(name).then(
            () => 'answered',
            (error: Error) => error.message,
          ),
        channel,
      );
    expect(await page.evaluate(() => api.invoke('echo', { f: () => 1 }).catch((error: Error) => error.message))).toContain(
      'could not be cloned',
    );
    expect(await say('give-function')).toContain('could not be cloned');
    expect(await say('fail')).toBe("Error invoking remote method 'fail': RangeError: too far");
    expect(await say('nobody')).toBe("Error invoking remote method 'nobody': Error: No handler registered for 'nobody'");
  });

  test('carries one-way messages in order', async () => {
    const heard = await page.evaluate(
      () =>
        new Promise(resolve => {
          const all: unknown[] = [];
          api.listen(value => {
            all.push(value);
            if (all.length === 50) resolve(all);
          });
          for (let i = 0; i < 50; i++) api.send('say', i);
        }),
    );
    expect(heard).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });
});

test.describe('the context bridge', () => {
  test.beforeEach(() => start());

  test('freezes what it exposes, proxies functions and promises, copies values', async () => {
    expect(
      await page.evaluate(() => [Object.isFrozen(api), Object.isFrozen(api.constant.deep.list), api.constant.deep.at instanceof Date]),
    ).toEqual([true, true, true]);
    expect(await page.evaluate(() => api.applyTwice(n => n * 3, 2))).toBe(18);
    expect(
      await page.evaluate(() => {
        const given = { a: [1] };
        const back = api.localEcho(given);
        return [back !== given, back.a instanceof Array, back];
      }),
    ).toEqual([true, true, { a: [1] }]);
    expect(
      await page.evaluate(() => {
        try {
          api.throws();
        } catch (error) {
          return [error instanceof Error, (error as Error).message];
        }
        return [];
      }),
    ).toEqual([true, 'thrown in the preload']);
    expect(
      await page.evaluate(() => {
        const before = api;
        try {
          Object.assign(globalThis, { api: 1 });
        } catch {
          /* strict mode says so */
        }
        return api === before;
      }),
    ).toBe(true);
  });

  test('has a sandboxed require: electron and little else', async () => {
    expect(
      await page.evaluate(() =>
        ['electron', 'url', 'fs'].map(id => {
          try {
            return api.requires(id);
          } catch (error) {
            return (error as Error).message;
          }
        }),
      ),
    ).toEqual(['object', 'object', 'module not found: fs']);
  });
});

test.describe('ports', () => {
  test.beforeEach(() => start());

  test('a page port reaches the main process', async () => {
    const answer = await page.evaluate(
      () =>
        new Promise(resolve => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = ({ data }) => resolve([data.got.when instanceof Map, [...data.got.when], data.value]);
          window.postMessage({ to: 'main', value: 5 }, '*', [port2]);
          port1.postMessage({ when: new Map([[1, 2]]) });
        }),
    );
    expect(answer).toEqual([true, [[1, 2]], 5]);
  });

  test('a worker and a page talk over a port, and each hears when the other is gone', async () => {
    const talked = await page.evaluate(
      () =>
        new Promise<{ answer: { echo: unknown; pid: number }; said: unknown[] }>(resolve => {
          const said: unknown[] = [];
          api.listen(value => said.push(value));
          window.addEventListener('message', event => {
            if (event.data !== 'worker-port') return;
            const [port] = event.ports as [MessagePort];
            globalThis.workerPort = port;
            port.addEventListener('close', () => (globalThis.portClosed = true));
            port.onmessage = message => resolve({ answer: message.data, said });
            port.postMessage({ n: 1n, at: new Date(9) });
          });
          api.send('open-worker');
        }),
    );
    expect(talked.answer.echo).toEqual({ n: 1n, at: new Date(9) });
    expect(talked.said).toEqual([{ up: true, at: new Date(7), bytes: expect.anything() }]);
    const mainPid = await app.evaluate(() => process.pid);
    expect(talked.answer.pid).not.toBe(mainPid);
    expect(await app.evaluate(() => globalThis.workerOutput)).toMatch(/^worker up one yes \d+\n$/);
    await app.evaluate(() => globalThis.worker.postMessage('exit'));
    await expect.poll(() => app.evaluate(() => globalThis.workerExit)).toBe(7);
    await expect.poll(() => page.evaluate(() => globalThis.portClosed)).toBe(true);
    expect(await seen('childrenGone')).toMatchObject([{ type: 'Utility', reason: 'abnormal-exit', exitCode: 7, name: 'Fixture Worker' }]);
  });

  test('a killed worker is reported', async () => {
    await page.evaluate(
      () =>
        new Promise(resolve => {
          api.listen(resolve);
          api.send('open-worker');
        }),
    );
    await app.evaluate(() => {
      const { pid } = globalThis.worker;
      if (pid === undefined) throw new Error('the worker has ended already');
      process.kill(pid, 'SIGKILL');
    });
    await expect.poll(() => app.evaluate(() => globalThis.workerExit)).toBe(9);
    expect(await seen('childrenGone')).toMatchObject([{ reason: 'killed', exitCode: 9 }]);
  });
});

test.describe('navigation', () => {
  test.beforeEach(() => start());

  test('is asked about and stays where it is', async () => {
    for (const id of ['outside', 'inside', 'scheme']) await page.locator(`#${id}`).click();
    await page.evaluate(() => {
      location.href = '/by-script.html';
    });
    await expect
      .poll(() => seen('navigations'))
      .toEqual(['https://example.com/', 'app://main/other.html', 'app://main/other.html', 'app://main/by-script.html']);
    expect(await page.evaluate(() => location.pathname)).toBe('/');
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())).toBe('app://main/');
  });

  test('of a frame is asked about too', async () => {
    await page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.src = '/framed.html';
      document.body.append(frame);
    });
    await expect.poll(() => seen('frames')).toEqual(['app://main/framed.html']);
  });

  test('a redirect is asked about', async () => {
    const outcome = await app.evaluate(() =>
      globalThis.mainWindow.loadURL('app://main/redirect').then(
        () => 'loaded',
        (error: Error) => error.message,
      ),
    );
    expect(await seen('redirects')).toEqual(['app://main/index.html']);
    expect(outcome).toContain('ERR_ABORTED (-3)');
  });

  test('the session blocks what the app blocks, and a reload by the app is not asked about', async () => {
    const message = await app.evaluate(() => globalThis.mainWindow.loadURL('http://127.0.0.1:9/').catch((error: Error) => error.message));
    expect(message).toBe("ERR_BLOCKED_BY_CLIENT (-20) loading 'http://127.0.0.1:9/'");
    expect(await seen('blocked')).toContain('http://127.0.0.1:9/');
    await app.evaluate(() => globalThis.mainWindow.loadURL('app://main/'));
    await page.reload();
    expect(await seen('navigations')).toEqual([]);
  });

  test('a download is announced and can be refused', async () => {
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = '/download';
      link.download = '';
      document.body.append(link);
      link.click();
    });
    await expect.poll(() => seen('downloads')).toEqual(['app://main/download']);
  });
});

test.describe('windows', () => {
  test('window.open and new tabs are denied', async () => {
    await start();
    await page.locator('#blank').click();
    await page.evaluate(() => void window.open('https://example.com/opened', 'name', 'width=100'));
    await expect.poll(() => seen('opens')).toEqual(['https://example.com/blank', 'https://example.com/opened']);
    await expect.poll(() => app.windows().length).toBe(1);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  test('an allowed one opens with the app’s own rules in it', async () => {
    await start();
    const opened = app.waitForEvent('window');
    await page.locator('#allowed').click();
    const second = await opened;
    await second.waitForLoadState();
    expect(await second.evaluate(() => globalThis.pageRan)).toBe(true);
    expect(await second.evaluate(() => api.invoke('echo', 'from the second'))).toBe('from the second');
    const bounds = await (await app.browserWindow(second)).evaluate(window => window.getBounds());
    expect(bounds).toMatchObject({ width: 400, height: 300 });
  });

  test('start hidden, show when ready, have real sizes', async () => {
    await start();
    expect(await seen('order')).toEqual(['ready-to-show']);
    const window = await app.browserWindow(page);
    expect(await window.evaluate(w => [w.isVisible(), w.isFocused(), w.isDestroyed(), w.getBounds().width])).toEqual([
      true,
      true,
      false,
      900,
    ]);
    await expect.poll(() => window.evaluate(w => w.getTitle())).toBe('Fixture');
    expect(await page.evaluate(() => innerWidth)).toBe(900);
    await window.evaluate(w => w.setBounds({ width: 700, height: 500 }));
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(700);
    await window.evaluate(w => w.minimize());
    expect(await window.evaluate(w => [w.isMinimized(), w.isFocused()])).toEqual([true, false]);
  });

  test('the theme that the app chooses is what the page prefers', async () => {
    await start();
    const prefersDark = (): Promise<boolean> => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
    const updates = await app.evaluateHandle(({ nativeTheme }) => {
      const count = { n: 0 };
      nativeTheme.on('updated', () => count.n++);
      return count;
    });
    await app.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'dark';
    });
    await expect.poll(prefersDark).toBe(true);
    expect(await app.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors)).toBe(true);
    await app.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'light';
    });
    await expect.poll(prefersDark).toBe(false);
    expect(await updates.evaluate(count => count.n)).toBe(2);
  });

  test('a crashed renderer is reported and can be reloaded', async () => {
    await start();
    await app.evaluate(() => globalThis.mainWindow.webContents.forcefullyCrashRenderer());
    await expect.poll(() => seen('gone')).toEqual(['crashed']);
    await app.evaluate(
      () =>
        new Promise<void>(resolve => {
          const { webContents } = globalThis.mainWindow;
          webContents.once('did-finish-load', () => resolve());
          webContents.reload();
        }),
    );
    expect(await app.evaluate(() => globalThis.mainWindow.webContents.executeJavaScript("api.invoke('echo', 'alive')"))).toBe('alive');
  });
});

test.describe('permissions', () => {
  test('are denied when the app denies them', async () => {
    await start();
    expect(
      await page.evaluate(() =>
        Promise.all(
          (['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[]).map(
            async name => (await navigator.permissions.query({ name })).state,
          ),
        ),
      ),
    ).toEqual(['denied', 'denied', 'denied', 'denied']);
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
    expect(
      await page.evaluate(
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

test.describe('life', () => {
  test('a second instance is announced to the first, with its data, and ends', async () => {
    await start({ FIXTURE_NAME: 'first' });
    // It ends before Playwright has got hold of it, which Playwright calls a failed launch.
    const second = launchWithoutWindow({ dataDir, appDir, env: { FIXTURE_NAME: 'second' }, args: ['--open=konspekt://session/1'] }).then(
      () => 'launched',
      (error: Error) => error.message,
    );
    await expect.poll(() => seen('second')).toMatchObject([{ data: { from: 'second' }, cwd: process.cwd() }]);
    expect((await seen<{ argv: string[] }[]>('second'))[0]?.argv).toContain('--open=konspekt://session/1');
    expect(await second).toContain('exitCode=0');
    expect(await page.evaluate(() => api.invoke('echo', 'still here'))).toBe('still here');
  });

  test('the lock is free again after kill -9', async () => {
    await start();
    const gone = app.waitForEvent('close');
    app.process().kill('SIGKILL');
    await gone;
    open.length = 0; // Playwright waits for ever for the end of what has ended by itself
    await start();
    expect(await app.evaluate(({ app: electron }) => electron.hasSingleInstanceLock())).toBe(true);
  });

  test('closing the last window ends the program', async () => {
    await start();
    const program = app.process();
    const closed = app.waitForEvent('close');
    await page.close();
    await closed;
    expect(program.exitCode).toBe(0);
  });

  test('a program in the tray hides instead, and quitting still ends it', async () => {
    await start({ FIXTURE_TRAY: '1' });
    const window = await app.browserWindow(page);
    await window.evaluate(w => w.close());
    await expect.poll(() => window.evaluate(w => [w.isVisible(), w.isDestroyed()])).toEqual([false, false]);
    expect(await page.evaluate(() => api.invoke('echo', 'hidden'))).toBe('hidden');
    const program = app.process();
    const closed = app.waitForEvent('close');
    await app.evaluate(({ app: electron }) => electron.quit());
    await closed;
    expect(program.exitCode).toBe(0);
  });
});

test.describe('what is recorded', () => {
  test.skip(!onStandIn, RECORD_ONLY);
  test.beforeEach(() => start({ FIXTURE_TRAY: '1' }));

  test('the tray menu can be clicked', async () => {
    const click = (id: string): Promise<void> =>
      app.evaluate((_electron, itemId) => process.standIn?.record.trays[0]?.contextMenu?.getMenuItemById(itemId)?.click(), id);
    const window = await app.browserWindow(page);
    await window.evaluate(w => w.close());
    await expect.poll(() => window.evaluate(w => w.isVisible())).toBe(false);
    await click('show');
    expect(await window.evaluate(w => w.isVisible())).toBe(true);
    await click('pause');
    expect(await app.evaluate(() => globalThis.paused)).toBe(true);
    const closed = app.waitForEvent('close');
    await click('quit').catch(() => {});
    await closed;
  });

  test('a notification can be clicked', async () => {
    await app.evaluate(() => globalThis.notify());
    expect(
      await app.evaluate(() => process.standIn?.record.calls.filter(call => call.api === 'Notification.show').map(call => call.args)),
    ).toEqual([[{ title: 'Done', body: 'Your synopsis is ready' }]]);
    await app.evaluate(() => process.standIn?.record.notifications[0]?.emit('click', {}));
    expect(await app.evaluate(() => globalThis.notified)).toBe('clicked');
  });

  test('what is not modelled says so', async () => {
    const refusal = (use: string): Promise<string> =>
      app.evaluate((electron, code) => {
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
      await page.evaluate(() => {
        try {
          return api.unmodelled();
        } catch (error) {
          return (error as Error).message;
        }
      }),
    ).toContain('ipcRenderer.sendSync is not modelled');
  });
});
