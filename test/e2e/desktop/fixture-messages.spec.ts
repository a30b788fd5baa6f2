// What passes between a page, the main process and a worker.
import { expect, test } from '@playwright/test';
import { createFixtureApp } from './fixture-app.ts';

const fixture = createFixtureApp();

test.describe('IPC', () => {
  test.beforeEach(() => fixture.start());

  test('keeps what structured clone keeps, both ways', async () => {
    const back = await fixture.page.evaluate(async () => {
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
    await fixture.page.evaluate(() => api.invoke('echo', 1));
    await fixture.page.evaluate(() => history.pushState(null, '', '/deeper?x=1#y'));
    await fixture.page.evaluate(() => api.invoke('echo', 1));
    const senders = await fixture.seen<{ url: string; origin: string; parent: unknown }[]>('senders');
    expect(senders.map(({ url, origin, parent }) => [url, origin, parent])).toEqual([
      ['app://main/', 'app://main', null],
      ['app://main/deeper?x=1#y', 'app://main', null],
    ]);
  });

  test('refuses functions in either direction and words errors as Electron does', async () => {
    const say = (channel: string): Promise<string> =>
      fixture.page.evaluate(
        name =>
          api.invoke(name).then(
            () => 'answered',
            (error: Error) => error.message,
          ),
        channel,
      );
    expect(await fixture.page.evaluate(() => api.invoke('echo', { f: () => 1 }).catch((error: Error) => error.message))).toContain(
      'could not be cloned',
    );
    expect(await say('give-function')).toContain('could not be cloned');
    expect(await say('fail')).toBe("Error invoking remote method 'fail': RangeError: too far");
    expect(await say('nobody')).toBe("Error invoking remote method 'nobody': Error: No handler registered for 'nobody'");
  });

  test('carries one-way messages in order', async () => {
    const heard = await fixture.page.evaluate(
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
  test.beforeEach(() => fixture.start());

  test('freezes what it exposes, proxies functions and promises, copies values', async () => {
    expect(
      await fixture.page.evaluate(() => [
        Object.isFrozen(api),
        Object.isFrozen(api.constant.deep.list),
        api.constant.deep.at instanceof Date,
      ]),
    ).toEqual([true, true, true]);
    expect(await fixture.page.evaluate(() => api.applyTwice(n => n * 3, 2))).toBe(18);
    expect(
      await fixture.page.evaluate(() => {
        const given = { a: [1] };
        const back = api.localEcho(given);
        return [back !== given, back.a instanceof Array, back];
      }),
    ).toEqual([true, true, { a: [1] }]);
    expect(
      await fixture.page.evaluate(() => {
        try {
          api.throws();
        } catch (error) {
          return [error instanceof Error, (error as Error).message];
        }
        return [];
      }),
    ).toEqual([true, 'thrown in the preload']);
    expect(
      await fixture.page.evaluate(() => {
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
      await fixture.page.evaluate(() =>
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
  test.beforeEach(() => fixture.start());

  test('a page port reaches the main process', async () => {
    const answer = await fixture.page.evaluate(
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
    const talked = await fixture.page.evaluate(
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
    const mainPid = await fixture.app.evaluate(() => process.pid);
    expect(talked.answer.pid).not.toBe(mainPid);
    expect(await fixture.app.evaluate(() => globalThis.workerOutput)).toMatch(/^worker up one yes \d+\n$/);
    await fixture.app.evaluate(() => globalThis.worker.postMessage('exit'));
    await expect.poll(() => fixture.app.evaluate(() => globalThis.workerExit)).toBe(7);
    await expect.poll(() => fixture.page.evaluate(() => globalThis.portClosed)).toBe(true);
    expect(await fixture.seen('childrenGone')).toMatchObject([
      { type: 'Utility', reason: 'abnormal-exit', exitCode: 7, name: 'Fixture Worker' },
    ]);
  });

  test('a killed worker is reported', async () => {
    await fixture.page.evaluate(
      () =>
        new Promise(resolve => {
          api.listen(resolve);
          api.send('open-worker');
        }),
    );
    await fixture.app.evaluate(() => {
      const { pid } = globalThis.worker;
      if (pid === undefined) throw new Error('the worker has ended already');
      process.kill(pid, 'SIGKILL');
    });
    await expect.poll(() => fixture.app.evaluate(() => globalThis.workerExit)).toBe(9);
    expect(await fixture.seen('childrenGone')).toMatchObject([{ reason: 'killed', exitCode: 9 }]);
  });
});
