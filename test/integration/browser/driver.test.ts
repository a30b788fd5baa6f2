// A browser task's driver on a real Chromium and sites of the suite's own, on loopback addresses.
import { existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BrowserAction } from '../../../src/shared/domain/browser.ts';
import { findProcess } from '../../../src/system/process-table.ts';
import { failOnLeaks } from '../../support/leaks.ts';
import { hardPages } from '../../support/sites/hard-pages.ts';
import { serveSite } from '../../support/sites/local-sites.ts';
import { shop, teaShops } from '../../support/sites/shops.ts';
import { browserPath, testSession } from '../../support/sites/test-session.ts';

failOnLeaks();

const byRole = (role: string, name: string) => ({ by: 'role', role, name, nth: 0 }) as const;
const click = (role: string, name: string): Extract<BrowserAction, { do: 'click' }> => ({ do: 'click', target: byRole(role, name) });

/** The plan's site, and another one that nobody may be sent to. */
async function openHardPages(given?: Parameters<typeof testSession>[1]) {
  const stack = new AsyncDisposableStack();
  const elsewhere = stack.use(await serveSite({ orders: [], answer: () => '<h1>Elsewhere</h1>' }, '127.0.0.2'));
  const site = stack.use(await serveSite(hardPages({ elsewhere: elsewhere.origin })));
  const test = stack.use(await testSession([site.host], given));
  const open = (path: string) => test.session.perform({ do: 'open', url: `${site.origin}${path}` });
  return { elsewhere, site, ...test, open, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

const refOf = (text: string, name: string): string => {
  const [, ref] = new RegExp(`${name}.*\\[ref=([a-z]*\\d*e\\d+)\\]`, 'u').exec(text) ?? [];
  if (ref === undefined) throw new Error(`Nothing is called ${name} in:\n${text}`);
  return ref;
};
const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  );

describe.skipIf(browserPath === null)('the driver', () => {
  test('goes through a shop by names of the snapshot, and sends nothing before it is pressed', async () => {
    await using site = await serveSite(shop('Чайная лавка', teaShops['Чайная лавка'] ?? []));
    await using opened = await testSession([site.host]);
    const { session } = opened;
    const home = await session.perform({ do: 'open', url: site.origin });
    expect(home.title).toBe('Чайная лавка');
    const ref = refOf(home.text, 'link "Чай «Северный», 100 г"');
    const link = { do: 'click', target: { by: 'ref', ref } } as const;
    expect(await session.preview(link)).toMatchObject({
      risk: null,
      element: { role: 'link', name: 'Чай «Северный», 100 г' },
      durable: byRole('link', 'Чай «Северный», 100 г'),
    });
    expect((await session.perform(link)).text).toContain('349,00 ₽');
    // Names of the page before.
    expect(await code(session.perform(link))).toBe('stale_ref');

    await session.perform({ do: 'type', target: { by: 'label', text: 'Телефон' }, value: { text: '+7 900' } });
    const buy = click('button', 'Купить');
    expect(await session.preview(buy)).toMatchObject({
      risk: 'pay',
      destination: `${site.origin}/order`,
      payload: { item: 'Чай «Северный», 100 г', phone: '+7 900' },
    });
    expect(site.orders).toEqual([]);
    expect((await session.perform(buy)).text).toContain('Заказ принят');
    expect(site.orders).toEqual(['item=Чай «Северный», 100 г&phone=+7 900']);
  });

  test('reads rows with numbers, and the page as Markdown', async () => {
    await using site = await serveSite(shop('Бакалея №1', teaShops['Бакалея №1'] ?? []));
    await using opened = await testSession([site.host]);
    const { session } = opened;
    await session.perform({ do: 'open', url: site.origin });
    const { rows } = await session.perform({
      do: 'extract',
      schema: {
        rows: '.item',
        fields: [
          { name: 'name', css: '.name', take: 'text' },
          { name: 'price', css: '.price', take: 'number' },
          { name: 'link', css: '.name', take: 'link' },
          { name: 'stock', css: '.stock', take: 'text' },
        ],
        limit: 10,
      },
    });
    expect(rows?.[1]).toEqual({
      name: 'Чай «Северный», 100 г',
      price: 319.5,
      link: expect.stringContaining(`${site.origin}/item?name=`) as string,
      stock: null,
    });
    expect((await session.perform({ do: 'read' })).text).toContain('[Сахар, 1 кг]');
  });

  test('tells what has changed, and refuses names that are gone at once', async () => {
    await using opened = await openHardPages();
    const { session, open } = opened;
    const before = await open('/changes');
    expect((await session.perform(click('button', 'Add'))).text).toMatch(
      /^What has changed on the page:\n(?:.*\n)*- now: paragraph \[ref=e\d+\]: Added$/u,
    );
    const gone = refOf(before.text, 'button "Add"');
    await session.perform(click('button', 'Replace'));
    expect(await code(session.perform({ do: 'click', target: { by: 'ref', ref: gone } }))).toBe('stale_ref');
  });

  test('scrolls a list that grows, waits for words, and checks what is there', async () => {
    await using opened = await openHardPages();
    const { session, open } = opened;
    await open('/scroll');
    await session.perform({ do: 'scroll', to: 'end' });
    await session.perform({ do: 'wait', for: { text: 'row 35' } });
    expect((await session.perform({ do: 'find', text: 'row 35' })).text).toContain('row 35');
    await session.perform({ do: 'assert', that: { text: 'row 20' } });
    expect(await code(session.perform({ do: 'assert', that: { url: '/nowhere' } }))).toBe('assertion_failed');
  });

  test('shows a tab that a page opens, and goes back to the other one', async () => {
    await using opened = await openHardPages();
    const { session, open } = opened;
    await open('/popup');
    const after = await session.perform(click('link', 'Open the rest'));
    expect(after.text).toContain('A new tab has opened');
    expect(after.title).toBe('Plain');
    const tabs = await session.perform({ do: 'tabs', tab: { show: 0 } });
    expect(tabs.title).toBe('Opener');
    expect((await session.perform({ do: 'tabs', tab: { close: 1 } })).text.split('\n')).toHaveLength(1);
  });

  test('answers dialogs with no and says so, or with what it was told to', async () => {
    await using opened = await openHardPages();
    const { session, open } = opened;
    await open('/dialogs');
    const told = await session.perform(click('button', 'Tell'));
    expect(told.text).toContain('“careful”');
    const ask = click('button', 'Ask');
    await expect(session.perform(ask)).rejects.toMatchObject({
      code: 'dialog_open',
      question: 'Delete it all?',
      message: expect.stringMatching(/answered with “no”[\s\S]*kept/u),
    });
    // Whoever knows what will be asked says what to answer.
    expect((await session.perform({ ...ask, dialog: 'No' })).text).toContain('answered with “no”');
    expect((await session.perform({ ...ask, dialog: 'да' })).text).toMatch(/answered with “yes”[\s\S]*deleted/u);
    // That yes was for that press alone.
    await expect(session.perform(ask)).rejects.toMatchObject({ code: 'dialog_open' });
  });

  test('puts a download aside under a name of ours, and stops one that nobody asked for', async () => {
    await using opened = await openHardPages();
    const { session, open, folder } = opened;
    await open('/file');
    const action: BrowserAction = { do: 'download', target: byRole('link', 'Report') };
    expect((await session.preview(action)).risk).toBe('download');
    const { file } = await session.perform(action);
    expect(file?.name).not.toMatch(/[/\\\u202e]/u);
    expect(file?.path.startsWith(join(folder, 'quarantine'))).toBe(true);
    expect(readFileSync(file?.path ?? '', 'utf8')).toBe('a;b\n1;2\n');
    expect(statSync(file?.path ?? '').mode & 0o111).toBe(0);
    // Said once, with whatever is done next.
    let said = (await open('/unasked')).text;
    await expect.poll(async () => (said += (await session.perform({ do: 'snapshot', whole: false })).text)).toContain('it was stopped');
  });

  test('uploads out of granted folders alone, whatever a link in one of them points to', async () => {
    await using site = await serveSite({
      orders: [],
      answer: () =>
        '<label>File <input type="file"></label><button onclick="picker.click()">Choose</button><input id="picker" type="file" hidden onchange="chosen.textContent=this.files[0].name"><p id="chosen"></p><form method="post"><button>Send it</button></form>',
    });
    await using opened = await testSession([site.host]);
    const granted = realpathSync(opened.folder);
    mkdirSync(join(granted, 'granted'));
    writeFileSync(join(granted, 'granted', 'a.txt'), 'a');
    writeFileSync(join(granted, 'b.txt'), 'b');
    await using inFolder = await testSession([site.host], {
      policy: { sites: () => [site.host], allowedHosts: [site.host], uploadFolders: [join(granted, 'granted')] },
    });
    const upload = (path: string): BrowserAction => ({ do: 'upload', target: { by: 'label', text: 'File' }, path });
    const byButton = (name: string): BrowserAction => ({ do: 'upload', target: byRole('button', name), path: 'granted/a.txt' });
    await inFolder.session.perform({ do: 'open', url: site.origin });
    expect(await inFolder.session.preview(upload(join(granted, 'granted', 'a.txt')))).toMatchObject({
      risk: 'upload',
      file: { name: 'a.txt', byteCount: 1 },
      payload: { file: join(granted, 'granted', 'a.txt'), bytes: '1' },
    });
    // Refused before anybody is asked.
    expect(await code(inFolder.session.preview(upload(join(granted, 'b.txt'))))).toBe('not_allowed');
    expect(await code(inFolder.session.preview(upload('granted/c.txt')))).toBe('not_found');
    expect((await inFolder.session.perform(byButton('Choose'))).text).toContain('a.txt');
    // A button that sends is pressed by no upload.
    expect(await code(inFolder.session.preview(byButton('Send it')))).toBe('not_allowed');
    expect(await code(inFolder.session.perform(upload(join(granted, 'granted', 'a.txt'))))).toBe('done');
    expect(await code(inFolder.session.perform(upload(join(granted, 'b.txt'))))).toBe('not_allowed');
    expect(await code(inFolder.session.perform(upload(join(granted, 'granted', '..', 'b.txt'))))).toBe('not_allowed');
  });

  describe('keeps to the plan', () => {
    test('at an address, a redirect, a link, and addresses that are no pages', async () => {
      await using opened = await openHardPages();
      const { session, open, elsewhere } = opened;
      for (const url of [`${elsewhere.origin}/`, 'file:///etc/passwd', 'chrome://version', 'http://169.254.169.254/latest'])
        expect(await code(session.perform({ do: 'open', url })), url).toBe('not_allowed');
      expect((await session.preview({ do: 'open', url: elsewhere.origin })).risk).toBe('new_site');
      expect(await code(open('/away'))).toBe('not_allowed');
      expect(elsewhere.asked).toEqual([]);
    });

    test('in whatever a page asks for by itself', async () => {
      await using opened = await openHardPages();
      const { session, open, elsewhere } = opened;
      await open('/leaks');
      expect((await session.preview(click('link', 'More'))).risk).toBe('new_site');
      await code(session.perform(click('link', 'More')));
      await expect.poll(() => session.takeBlocked()).toEqual(expect.arrayContaining([`${elsewhere.origin}/tab`]));
      expect(elsewhere.asked).toEqual([]);
    });

    test('and goes to a site that is added to it', async () => {
      await using opened = await openHardPages();
      const { session, sites, elsewhere } = opened;
      sites.push(elsewhere.host);
      // In the plan, and still on this machine: that takes a word of the person’s own.
      expect(await code(session.perform({ do: 'open', url: elsewhere.origin }))).not.toBe('done');
      expect(elsewhere.asked).toEqual([]);
    });
  });

  test('sees into frames and open shadow trees', async () => {
    await using opened = await openHardPages();
    const { session, open } = opened;
    const { text } = await open('/frames');
    expect(text).toContain('Plain page');
    const pressed = await session.perform({ do: 'click', target: { by: 'ref', ref: refOf(text, 'button "In the shadow"') } });
    expect(pressed.text).toContain('pressed');
  });

  test('tells of a page of five megabytes what fits, and finds the rest', async () => {
    await using opened = await openHardPages();
    const { session, open } = opened;
    const { text } = await open('/large');
    expect(text.length).toBeLessThan(25_000);
    expect(text).toContain('are not shown');
    expect((await session.perform({ do: 'find', text: 'word 4321' })).text).toContain('4321');
  });

  test('says why an element cannot be used', async () => {
    await using opened = await openHardPages();
    const { session, open } = opened;
    await open('/covered');
    expect(await code(session.perform(click('button', 'Under')))).toBe('occluded');
    await open('/twins');
    expect(await code(session.perform({ do: 'click', target: { by: 'text', text: 'Tea' } }))).toBe('ambiguous');
    expect(await code(session.perform(click('button', 'Off')))).toBe('disabled');
    expect(await code(session.perform({ do: 'click', target: { by: 'text', text: 'Coffee' } }))).toBe('not_found');
  }, 90_000);

  test('outlives a page that hangs', async () => {
    await using opened = await openHardPages();
    const { session, open } = opened;
    await open('/hangs');
    expect(await code(session.perform(click('button', 'Hang')))).toMatch(/page_hung|timeout/u);
    expect(await code(session.perform({ do: 'read' }))).toMatch(/page_hung|timeout/u);
    expect((await open('/plain')).title).toBe('Plain');
  }, 120_000);

  test('asks before a form is sent, by whatever way it is pressed', async () => {
    await using opened = await openHardPages();
    const { session, open, site } = opened;
    await open('/words');
    const field = { by: 'label', text: 'Note' } as const;
    await session.perform({ do: 'type', target: field, value: { text: 'hello' } });
    const asked = { risk: 'submit', destination: `${site.origin}/in`, payload: { note: 'hello' } };
    const ways: readonly BrowserAction[] = [
      { do: 'click', target: { by: 'text', text: 'Go on' } },
      { do: 'click', target: { by: 'css', css: 'button span' } },
      { do: 'press', key: 'Enter', target: field },
      { do: 'press', key: 'Shift+NumpadEnter', target: field },
      { do: 'press', key: 'Enter', target: null },
      { do: 'press', key: '\n', target: null },
    ];
    for (const way of ways) expect(await session.preview(way), JSON.stringify(way)).toMatchObject(asked);
    expect((await session.preview({ do: 'press', key: 'Tab', target: null })).risk).toBeNull();
    expect((await session.preview({ do: 'press', key: 'Space', target: field })).risk).toBeNull();
    expect(site.orders).toEqual([]);
    await session.perform({ do: 'press', key: 'Enter', target: null });
    expect(site.orders).toEqual(['/in note=hello']);
  });

  test('gives the mouse to a person and takes it back', async () => {
    await using opened = await openHardPages();
    const { session, open } = opened;
    await open('/changes');
    session.hold(true);
    expect(await code(session.perform(click('button', 'Add')))).toBe('person_holds');
    const { x, y } = buttonPlace;
    await session.input([
      { type: 'mouse', what: 'down', x, y, button: 'left' },
      { type: 'mouse', what: 'up', x, y, button: 'left' },
    ]);
    session.hold(false);
    expect((await session.perform({ do: 'snapshot', whole: true })).text).toContain('Added');
  });

  test('shows what changes while somebody looks, and nothing while nothing does', async () => {
    await using opened = await openHardPages();
    const { session, open } = opened;
    await open('/changes');
    const first = await session.nextFrame(AbortSignal.timeout(10_000));
    expect(first).toMatchObject({ width: 1_280, height: 800 });
    expect([...(first?.jpeg.subarray(0, 2) ?? [])]).toEqual([0xff, 0xd8]);
    const next = session.nextFrame(AbortSignal.timeout(10_000));
    await session.perform(click('button', 'Add'));
    expect((await next)?.jpeg.length).toBeGreaterThan(1_000);
    await session.stopFrames();
  });

  test('shows a page that moves again and again, one that stands still once, and whoever looks anew the page as it is', async () => {
    await using opened = await openHardPages();
    const { session, open } = opened;
    await open('/moves');
    const pictures = [];
    for (let count = 0; count < 3; count += 1) pictures.push(await session.nextFrame(AbortSignal.timeout(10_000)));
    expect(new Set(pictures.map(picture => Buffer.from(picture?.jpeg ?? []).toString('base64'))).size).toBe(3);
    await open('/changes');
    // Its first pictures may still be of its coming.
    await expect.poll(() => session.nextFrame(AbortSignal.timeout(400))).toBeNull();
    await session.stopFrames();
    expect(await session.nextFrame(AbortSignal.timeout(10_000))).not.toBeNull();
    await session.stopFrames();
  });

  test('writes down how to find its browser, and leaves nothing behind', async () => {
    const opened = await openHardPages();
    const { marker, pid } = JSON.parse(readFileSync(opened.lifelineFile, 'utf8')) as { readonly marker: string; readonly pid: number };
    expect((await findProcess(marker))?.pid).toBe(pid);
    await opened[Symbol.asyncDispose]();
    await expect.poll(() => findProcess(marker)).toBeNull();
    expect(existsSync(opened.lifelineFile)).toBe(false);
  });
});

/** Of the button that adds, which the page puts there. */
const buttonPlace = { x: 25, y: 18 } as const;
