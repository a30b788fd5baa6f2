// What the window's page can not do, tried from inside the page of the built program.
import { expect, test, type Page } from '@playwright/test';
import { contentSecurityPolicy } from '../../../src/main/app/window-files.ts';
import { addressCharLimit } from '../../../src/shared/contract/address.ts';
import { createDesk, openDemo, pageOrigin, value, type Desk, type DesktopProgram } from './desktop-program.ts';

declare global {
  var injected: boolean | undefined;
}

let desk: Desk;
let program: DesktopProgram;
let page: Page;

test.beforeEach(async () => {
  desk = createDesk();
  program = await desk.start();
  ({ page } = program);
  await expect(page.locator('footer.strip')).toBeVisible();
});
test.afterEach(async () => {
  await desk.clear();
});

/** The page is still ours and still talks to main. */
async function expectUnharmed(): Promise<void> {
  expect(await page.evaluate(() => location.origin + location.pathname)).toBe(`${pageOrigin}/index.html`);
  expect(await program.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(await page.evaluate(() => document.querySelector('footer.strip') !== null)).toBe(true);
}

test('the page is given three functions, frozen, and nothing of Node or Electron', async () => {
  expect(
    await page.evaluate(() => {
      const door = Reflect.get(globalThis, 'konspekt') as Record<string, unknown>;
      return {
        names: Object.getOwnPropertyNames(door).toSorted(),
        kinds: Object.values(door).map(value => typeof value),
        isFrozen: Object.isFrozen(door),
        isReplaced: Reflect.set(globalThis, 'konspekt', 1) && Reflect.get(globalThis, 'konspekt') === 1,
        foreign: ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter(name => name in globalThis),
      };
    }),
  ).toEqual({
    names: ['onFrame', 'onState', 'send'],
    kinds: ['function', 'function', 'function'],
    isFrozen: true,
    isReplaced: false,
    foreign: [],
  });
});

test('a frame that means nothing harms nothing', async () => {
  await page.evaluate(() => {
    const { send } = Reflect.get(globalThis, 'konspekt') as { send(frame: unknown): void };
    for (const frame of [
      null,
      7,
      'x',
      [],
      {},
      { type: 'call' },
      { type: 'call', id: 1, route: '__proto__', input: {} },
      { type: 'call', id: 'x'.repeat(100_000), route: 'app.open', input: null },
    ])
      send(frame);
  });
  await page.getByRole('button', { name: 'Открыть пример' }).click();
  await expect(page.getByText('Забывание и интервальное повторение').first()).toBeVisible();
  await expectUnharmed();
});

test('leaving the page is refused, by script, by link, by form and to a file', async () => {
  for (const address of [
    'https://example.com/',
    'http://127.0.0.1:9/',
    'file:///etc/passwd',
    '/assets/nothing.html',
    'data:text/html,<p>no</p>',
    'javascript:globalThis.injected=true',
  ]) {
    await page.evaluate(to => {
      setTimeout(() => {
        location.href = to;
      });
    }, address);
    await page.evaluate(to => {
      const link = document.createElement('a');
      link.href = to;
      document.body.append(link);
      link.click();
      link.remove();
    }, address);
  }
  // The policy refuses it before it becomes a navigation.
  expect(
    await page.evaluate(
      () =>
        new Promise(resolve => {
          document.addEventListener('securitypolicyviolation', event => {
            resolve(event.effectiveDirective);
          });
          const form = Object.assign(document.createElement('form'), { action: 'https://example.com/', method: 'post' });
          document.body.append(form);
          form.submit();
        }),
    ),
  ).toBe('form-action');
  await expectUnharmed();
  expect(await page.evaluate(() => globalThis.injected)).toBeUndefined();
});

test('no window is opened and no other contents are embedded', async () => {
  // In tasks of the page's own, all asked for before the first begins: what DevTools evaluates while a page is opened and closed
  // again would wait for it.
  await page.evaluate(() => {
    const followLink = (): void => {
      const link = Object.assign(document.createElement('a'), { href: 'https://example.com/', target: '_blank' });
      document.body.append(link);
      link.click();
      link.remove();
      document.body.dataset['tried'] = '';
    };
    setTimeout(() => window.open('https://example.com/', '_blank'), 0);
    setTimeout(() => window.open('/index.html', 'second', 'width=300'), 0);
    setTimeout(followLink, 0);
  });
  await expect(page.locator('body[data-tried]')).toBeAttached();
  // Without `webviewTag` the element is one that HTML does not know.
  expect(
    await page.evaluate(() => {
      const view = document.createElement('webview');
      view.setAttribute('src', 'https://example.com/');
      document.body.append(view);
      const seen = [
        Object.getPrototypeOf(view) === HTMLElement.prototype || Object.getPrototypeOf(view) === HTMLUnknownElement.prototype,
        'loadURL' in view,
      ];
      view.remove();
      return seen;
    }),
  ).toEqual([true, false]);
  await expect.poll(() => program.app.windows().length).toBe(1);
  await expectUnharmed();
});

test('a frame inside the page gets no door', async () => {
  const doors = await page.evaluate(async () => {
    const seen: string[] = [];
    for (const source of ['about:blank', '/index.html', 'data:text/html,x']) {
      const frame = document.createElement('iframe');
      frame.src = source;
      // It loads, or the policy refuses it.
      const settled = new Promise(resolve => {
        frame.addEventListener('load', resolve, { once: true });
        document.addEventListener('securitypolicyviolation', resolve, { once: true });
      });
      document.body.append(frame);
      await settled;
      try {
        seen.push(frame.contentWindow === null ? 'no window' : typeof Reflect.get(frame.contentWindow, 'konspekt'));
      } catch {
        seen.push('another origin');
      }
      frame.remove();
    }
    return seen;
  });
  expect(doors).not.toContain('object');
  await expectUnharmed();
});

test('no permission is granted', async () => {
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
});

test('the policy is sent with the page and in force', async () => {
  expect(
    await page.evaluate(() =>
      fetch('/index.html').then(answer => [answer.headers.get('content-security-policy'), answer.headers.get('x-content-type-options')]),
    ),
  ).toEqual([contentSecurityPolicy, 'nosniff']);
  // In tasks of the page's own: DevTools lets what it evaluates itself use `eval`.
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
          document.addEventListener(
            'securitypolicyviolation',
            event => {
              resolve(event.effectiveDirective);
            },
            { once: true },
          );
          setTimeout(() => {
            const script = document.createElement('script');
            script.textContent = 'globalThis.injected = true';
            document.body.append(script);
          });
        }),
    ),
  ).toBe('script-src-elem');
  expect(await page.evaluate(() => globalThis.injected)).toBeUndefined();
  for (const address of ['https://example.com/', 'http://127.0.0.1:9/', 'file:///etc/passwd'])
    expect(
      await page.evaluate(
        to =>
          fetch(to).then(
            () => 'fetched',
            () => 'refused',
          ),
        address,
      ),
    ).toBe('refused');
});

test('the session reaches no address but the window’s, whoever asks', async () => {
  for (const address of ['http://127.0.0.1:9/', 'https://example.com/', 'app://other/index.html']) {
    const outcome = await program.app.evaluate(async ({ BrowserWindow }, url) => {
      const window = new BrowserWindow({ show: false });
      const said = await window.loadURL(url).then(
        () => 'loaded',
        (error: Error) => error.message,
      );
      window.destroy();
      return said;
    }, address);
    expect(outcome).toContain('ERR_BLOCKED_BY_CLIENT');
  }
  await expectUnharmed();
});

test('only files of the window are served, however the way out is spelled', async () => {
  const status = (path: string) => page.evaluate(to => fetch(to).then(answer => answer.status), path);
  expect(await status('/index.html')).toBe(200);
  for (const path of [
    '/../../package.json',
    '/../main/index.js',
    '/%2e%2e/%2e%2e/package.json',
    '/..%2f..%2fpackage.json',
    '/..%2F..%2Fpackage.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/..%5c..%5cpackage.json',
    '/..%252f..%252fpackage.json',
    '/%2fetc%2fpasswd',
    '/index.html%00.js',
    '/%',
    '/assets',
    '/package.json',
  ])
    expect([path, await status(path)]).toEqual([path, 404]);
  expect(await page.evaluate(() => fetch('/index.html', { method: 'POST' }).then(answer => answer.status))).toBe(404);
});

test('a link that a stranger wrote shows nothing, is told as what it is, and changes nothing', async () => {
  await openDemo(page);
  // What a link could reach for: the tasks, the chats, whether the queue stands still.
  const kept = async () => ({
    jobs: value(await program.client.call('jobs.list', {})).jobs.map(({ id, state }) => [id, state]),
    chats: value(await program.client.call('sessions.list', {})).sessions.map(({ id }) => id),
    isPaused: value(await program.client.call('app.status', {})).paused,
  });
  const before = await kept();
  const [job = ''] = before.jobs[0] ?? [];
  const [chat = ''] = before.chats;
  for (const link of [
    'konspekt://approve/everything',
    'konspekt://__proto__/constructor',
    'konspekt://user:word@settings/data',
    'konspekt://127.0.0.1:9/settings',
    'konspekt:javascript:globalThis.injected=true',
    `konspekt://job/${job}/cancel`,
    `konspekt://job/${job}?do=cancel`,
    `konspekt://chat/${chat}/delete`,
    `konspekt://chat/${chat}/../../settings/data`,
    'konspekt://settings/data?restore=yes',
    'konspekt://settings/data\u0000',
    'konspekt://settings/data\r\n--data=/tmp',
    'konspekt://settings/%64ata',
    'konspekt://library?search=%ff',
    `konspekt://library?search=${'x'.repeat(addressCharLimit)}`,
    'konspekt://library?search=<img src=x onerror=globalThis.injected=true>',
  ]) {
    const said = page.locator('.toast').filter({ hasText: 'По адресу' });
    await program.app.evaluate(({ app }, url) => {
      app.emit('open-url', { preventDefault: () => undefined }, url);
    }, link);
    await expect(said, link.slice(0, 80)).toBeVisible();
    await said.getByRole('button', { name: 'Закрыть' }).first().click();
    await expect(said).toHaveCount(0);
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  expect(await kept()).toEqual(before);
  expect(await page.evaluate(() => globalThis.injected)).toBeUndefined();
  await expectUnharmed();
});
