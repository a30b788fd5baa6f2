// Logins of a browser task's driver, on a real Chromium and sites of the suite's own, on loopback addresses.
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import type { GivenLogin } from '../../../src/shared/domain/browser-login.ts';
import type { BrowserAction } from '../../../src/shared/domain/browser.ts';
import type { PagePicture } from '../../../src/workers/browser/browser-session.ts';
import { failOnLeaks } from '../../support/leaks.ts';
import { customer, serveLoginSite, sessionToken, storedMark } from '../../support/sites/login-site.ts';
import { browserPath, testSession } from '../../support/sites/test-session.ts';

failOnLeaks();

const field = (text: string) => ({ by: 'label', text }) as const;
const fill = (secret: string, label: string): BrowserAction => ({ do: 'type', target: field(label), value: { secret } });
const press = (name: string): BrowserAction => ({ do: 'click', target: { by: 'role', role: 'button', name, nth: 0 } });
const fault = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Error && 'code' in error ? `${String(error.code)}: ${error.message}` : String(error)),
  );

/** Everything that a page could have told of the customer. */
function expectNothingTold(told: unknown): void {
  const text = JSON.stringify(told);
  const { user, password } = customer;
  for (const secret of [password, user, password.slice(0, 9)])
    for (const written of [
      secret,
      encodeURIComponent(secret),
      encodeURIComponent(encodeURIComponent(secret)),
      JSON.stringify(secret).slice(1, -1),
    ])
      expect(text).not.toContain(written);
  for (const written of [password, `${user}:${password}`]) expect(text).not.toContain(Buffer.from(written).toString('base64').slice(4, -4));
}

async function open(given: Partial<GivenLogin> = {}) {
  const stack = new AsyncDisposableStack();
  const site = stack.use(await serveLoginSite());
  const stranger = stack.use(await serveLoginSite('127.0.0.2'));
  const login: GivenLogin = { hosts: [site.host], ...customer, session: null, ...given };
  const opened = stack.use(await testSession([site.host, stranger.host], { login }));
  const go = (url: string) => opened.session.perform({ do: 'open', url });
  return { ...opened, site, stranger, login, go, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** How many colours stand in a part of a picture: a field that is painted over has one. */
async function coloursOf({ jpeg, width }: PagePicture, box: { x: number; y: number; width: number; height: number }): Promise<number> {
  const image = await loadImage(jpeg);
  const scale = image.width / width;
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(box.x * scale + 4, box.y * scale + 4, box.width * scale - 8, box.height * scale - 8);
  const seen = new Set<number>();
  // A JPEG is never quite of one colour; 32 shades are.
  for (let at = 0; at < data.length; at += 4) seen.add((data[at] ?? 0) >> 5);
  return seen.size;
}

describe.skipIf(browserPath === null)('a login', () => {
  test('signs in without a word of it being told, and the next browser is signed in', async () => {
    await using opened = await open();
    const { session, site, go, login } = opened;
    const told: unknown[] = [await go(site.origin)];
    for (const step of [fill('user', 'User'), fill('password', 'Password')]) {
      told.push(await session.preview(step));
      expect((await session.preview(step)).risk).toBeNull();
      told.push(await session.perform(step));
    }
    const asked = await session.preview(press('Sign in'));
    expect(asked).toMatchObject({ risk: 'submit', payload: { user: '‹secret: user›', password: '••••' } });
    told.push(asked, await session.perform(press('Sign in')), await session.tabs());
    expectNothingTold(told);
    expect(site.signedIn).toHaveLength(1);
    const kept = await session.loginSession();
    expect(kept).toMatchObject({
      cookies: [{ name: 'sid', value: sessionToken, httpOnly: true }],
      origins: [{ origin: site.origin, localStorage: [{ name: 'mark', value: storedMark }] }],
    });

    await using next = await testSession([site.host], { login: { ...login, session: kept } });
    const account = await next.session.perform({ do: 'open', url: `${site.origin}/account` });
    expect(account.title).toBe('Account');
    expect(account.text).toContain(storedMark);
    expect(site.signedIn).toHaveLength(1);
  });

  test('is covered wherever a page repeats it, in whatever way', async () => {
    await using opened = await open();
    const { session, site, go } = opened;
    const told: unknown[] = [await go(`${site.origin}/echo`)];
    told.push(await session.perform({ do: 'read' }));
    told.push(await session.perform({ do: 'find', text: 'password' }));
    told.push(
      await session.perform({
        do: 'extract',
        schema: { rows: 'li', fields: [{ name: 'row', css: ':scope', take: 'text' }], limit: 10 },
      }),
    );
    told.push(await session.perform(press('Tell')));
    told.push(await session.perform({ do: 'click', target: { by: 'role', role: 'link', name: 'Again', nth: 0 } }), await session.tabs());
    told.push(await fault(session.perform({ do: 'assert', that: { url: 'nowhere' } })));
    expectNothingTold(told);
    expect(JSON.stringify(told)).toContain('‹secret: password›');
  });

  test('is typed on its own hosts alone, and into fields of its kind', async () => {
    await using opened = await open();
    const { session, site, stranger, go } = opened;
    await go(stranger.origin);
    expect(await fault(session.perform(fill('password', 'Password')))).toMatch(/^secret_refused: .*not for 127\.0\.0\.2/u);
    await go(`${stranger.origin}/framed?in=${encodeURIComponent(site.origin)}`);
    const inFrame = (await session.perform({ do: 'snapshot', whole: true })).text;
    const [, ref = ''] = /textbox "Password".*\[ref=([a-z]*\d*e\d+)\]/u.exec(inFrame) ?? [];
    const framed: BrowserAction = { do: 'type', target: { by: 'ref', ref }, value: { secret: 'password' } };
    expect(await fault(session.perform(framed))).toMatch(/^secret_refused: .*not for 127\.0\.0\.2/u);
    await go(site.origin);
    expect(await fault(session.perform(fill('password', 'Note')))).toMatch(/^secret_refused: .*type password/u);
    expect(await fault(session.perform(fill('user', 'Password')))).toMatch(/^secret_refused: /u);
    expect(await fault(session.perform(fill('pin', 'Note')))).toMatch(/^no_secret: /u);
    await session.perform(fill('user', 'Note'));
    // What was left of other sites is no part of it.
    await go(`${stranger.origin}/account`);
    expect((await session.loginSession())?.origins.map(({ origin }) => origin)).not.toContain(stranger.origin);
    await using without = await testSession([site.host]);
    await without.session.perform({ do: 'open', url: site.origin });
    expect(await fault(without.session.perform(fill('user', 'User')))).toMatch(/^no_secret: .*no login/u);
    expect(await without.session.loginSession()).toBeNull();
  });

  test('is shown in no picture, also where the page shows it as text', async () => {
    await using opened = await open();
    const { session, site, go } = opened;
    await go(site.origin);
    await session.perform(fill('password', 'Password'));
    await session.perform(press('Show password'));
    const look = async (): Promise<PagePicture> => {
      const frame = await session.nextFrame(AbortSignal.timeout(10_000));
      if (frame === null) throw new Error('There is no picture.');
      return frame;
    };
    // The field stands in the second column of the one line of the form; its place is told by a mark around it.
    const where = { x: 0, y: 0, width: 0, height: 0 };
    const marked = await session.picture(field('Password'));
    Object.assign(where, await frameOf(marked));
    expect(await coloursOf(marked, where)).toBe(1);
    expect(await coloursOf(await look(), where)).toBe(1);
    await go(`${site.origin}/echo`);
    await session.stopFrames();
    const repeated = await frameOf(await session.picture({ by: 'css', css: 'li' }));
    expect(await coloursOf(await look(), { ...repeated, width: 200 })).toBe(1);
  });
});

/** Where the frame of a marked picture stands: magenta, and nothing else of a page is. */
async function frameOf({ jpeg }: PagePicture): Promise<{ x: number; y: number; width: number; height: number }> {
  const image = await loadImage(jpeg);
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const places: { readonly x: number; readonly y: number }[] = [];
  for (let at = 0; at < data.length; at += 4)
    if ((data[at] ?? 0) > 180 && (data[at + 1] ?? 255) < 60 && (data[at + 2] ?? 0) > 80)
      places.push({ x: (at / 4) % image.width, y: Math.floor(at / 4 / image.width) });
  const xs = places.map(({ x }) => x);
  const ys = places.map(({ y }) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return { x: left + 6, y: top + 6, width: right - left - 12, height: bottom - top - 12 };
}
