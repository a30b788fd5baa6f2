import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { findChromium } from '../../../tools/test/find-chromium.ts';
import { serveWindow, type ServedWindow } from './serve-window.ts';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';

const quiet = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

/** Without one, as on a machine that sets none, Chromium calls every file whose name is not ASCII “download”. */
const utf8Locale = 'C.UTF-8';

/** How a window is opened: what it begins with, as the harness page reads it, and its size. */
export type OpenWindow = (query?: string, viewport?: { readonly width: number; readonly height: number }) => Promise<Page>;

/** The built window in a real browser over the backend in memory, under the program's content security policy, for all tests of a file. */
export function windowInBrowser(): OpenWindow {
  let served: ServedWindow;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const problems: string[] = [];

  beforeAll(async () => {
    served = await serveWindow();
    const executablePath = findChromium();
    if (executablePath === undefined) throw new Error('No Chromium was found: install one, or name one in KONSPEKT_CHROMIUM.');
    browser = await chromium.launch({ executablePath, args: quiet, env: { ...process.env, LC_ALL: utf8Locale } });
  }, 120_000);

  afterEach(async () => {
    await Promise.all(contexts.splice(0).map(context => context.close()));
    // A refused style, a refused script, a React warning or an exception fails the test that caused it.
    expect(problems.splice(0)).toEqual([]);
  });

  afterAll(async () => {
    await browser.close();
    await served.close();
  });

  async function open(query = 'language=ru&theme=light', viewport = { width: 1_280, height: 800 }): Promise<Page> {
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
    contexts.push(context);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    page.on('pageerror', error => problems.push(error.message));
    page.on('console', message => {
      if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
    });
    await page.goto(`${served.address}?${query}`);
    await page.waitForSelector('.app');
    return page;
  }

  return open;
}
