import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Download, ElementHandle, Locator, Page } from 'playwright-core';
import type { BrowserAction, BrowserActionName, PageTarget } from '../../shared/domain/browser.ts';
import { BrowserFault, type ActionOutcome, type OpenSession } from './browser-session.ts';
import { extractRows } from './extract-rows.ts';
import { fillSecret } from './fill-secret.ts';
import { giveFile } from './give-file.ts';
import { grantedFile } from './granted-file.ts';
import { arrivingFolder } from './launch-browser.ts';
import { locate, withElement } from './locate.ts';
import { findInSnapshot, snapshotCharLimit } from './page-snapshot.ts';
import { pageAsMarkdown } from './page-as-markdown.ts';
import type { SessionTabs } from './session-tabs.ts';
import { isPlannedSite, isWebAddress, siteOf } from './site-policy.ts';

/** Milliseconds for one element to take an action. */
const actMs = 5_000;
/** Milliseconds for a page to come: as browsers wait. */
export const openMs = 30_000;
/** Milliseconds a tab that a link opens may take to be there. */
const tabMs = 5_000;
const bytesPerMegabyte = 1024 * 1024;
/** Bytes of one download. */
const downloadLimit = 200 * bytesPerMegabyte;
/** Milliseconds between looks at what arrives: in one of them a fast network brings some ten megabytes. */
const watchEveryMs = 100;
const downloadMs = 5 * 60_000;

/** What an action may use of its session. */
export interface Acting {
  readonly given: OpenSession;
  readonly tabs: SessionTabs;
  /** Names of the last snapshot. */
  readonly refs: () => ReadonlySet<string>;
  /** The page as it is now, whole; its names hold from then on. */
  snapshot(page: Page): Promise<string>;
  /** A secret was typed into this field: it is covered in pictures from now on. */
  hide(field: ElementHandle): void;
  /** Set while a download is wanted; every other one is stopped. */
  expectDownload(isWanted: boolean): void;
}

/** What an action has to say beside what has changed on the page. */
export type Said = Partial<Pick<ActionOutcome, 'text' | 'file' | 'rows' | 'staysOnPage' | 'httpError'>>;

type Performers = {
  readonly [K in BrowserActionName]: (action: Extract<BrowserAction, { do: K }>, page: Page, acting: Acting) => Promise<Said>;
};

const element = (page: Page, target: PageTarget, { refs }: Acting): Promise<Locator> => locate(page, target, refs());

const performers: Performers = {
  async open({ url }, page, { given }) {
    const address = URL.parse(url);
    if (address === null || !isWebAddress(address)) throw new BrowserFault('not_allowed', `${url} is no address of a web page.`, url);
    if (!isPlannedSite(address, given.policy.sites()))
      throw new BrowserFault('not_allowed', `${siteOf(address)} is not in the plan of this task.`, siteOf(address));
    const response = await page.goto(address.href, { waitUntil: 'domcontentloaded', timeout: openMs });
    const status = response?.status() ?? 200;
    return status < 400 ? {} : { text: `The server answered ${status}.`, httpError: status };
  },
  async back(_action, page) {
    const response = await page.goBack({ waitUntil: 'domcontentloaded', timeout: openMs });
    return response === null && page.url() === 'about:blank' ? { text: 'There is no page before this one.' } : {};
  },
  async snapshot({ whole }, page, acting) {
    return whole ? { text: await acting.snapshot(page) } : {};
  },
  async find({ text }, page, acting) {
    return { text: findInSnapshot(await acting.snapshot(page), text) };
  },
  async click({ target }, page, acting) {
    const pressed = await element(page, target, acting);
    // Asked on the same line to the browser as the press, and before it: that costs no time of its own.
    const opensTab = pressed.evaluate(leadsToTab as (node: unknown) => boolean).catch(() => false);
    const opened = page.waitForEvent('popup', { timeout: tabMs }).catch(() => null);
    await pressed.click({ timeout: actMs });
    if (await opensTab) await opened;
    return {};
  },
  async type({ target, value }, page, acting) {
    if ('text' in value) {
      await withElement(page, target, acting.refs(), field => field.fill(value.text, { timeout: actMs }));
      return {};
    }
    acting.hide(await fillSecret(await element(page, target, acting), value.secret, acting.given.login, actMs));
    return {};
  },
  async select({ target, options }, page, acting) {
    await withElement(page, target, acting.refs(), list => list.selectOption([...options], { timeout: actMs }));
    return {};
  },
  async press({ key, target }, page, acting) {
    if (target === null) await page.keyboard.press(key);
    else await (await element(page, target, acting)).press(key, { timeout: actMs });
    return {};
  },
  async scroll({ to }, page, acting) {
    if (typeof to !== 'string') {
      await (await element(page, to, acting)).scrollIntoViewIfNeeded({ timeout: actMs });
      return {};
    }
    if (to === 'start' || to === 'end') await page.keyboard.press(to === 'start' ? 'Control+Home' : 'Control+End');
    else await page.mouse.wheel(0, (to === 'down' ? 1 : -1) * 0.9 * (page.viewportSize()?.height ?? 800));
    return {};
  },
  async wait(action, page) {
    if ('ms' in action.for) await page.waitForTimeout(action.for.ms);
    else await page.getByText(action.for.text).first().waitFor({ state: 'visible', timeout: openMs });
    return {};
  },
  async read(_action, page) {
    const { title, text } = pageAsMarkdown(await page.content(), page.url());
    return { text: `${title === null ? '' : `# ${title}\n\n`}${text}`.slice(0, 4 * snapshotCharLimit) };
  },
  async extract({ schema }, page) {
    const rows = await extractRows(page, schema);
    return {
      rows,
      text:
        rows.length === 0
          ? `Nothing on the page matches “${schema.rows}”.`
          : `${rows.length} rows:\n${JSON.stringify(rows).slice(0, snapshotCharLimit)}`,
    };
  },
  screenshot: async () => ({}),
  async download({ target }, page, acting) {
    acting.expectDownload(true);
    try {
      const button = await element(page, target, acting);
      const [download] = await Promise.all([page.waitForEvent('download', { timeout: openMs }), button.click({ timeout: actMs })]);
      return { file: await quarantine(download, acting.given) };
    } finally {
      acting.expectDownload(false);
    }
  },
  async upload({ target, path }, page, acting) {
    const file = await grantedFile(path, acting.given.policy.uploadFolders);
    return { staysOnPage: await giveFile(page, await element(page, target, acting), file.path, actMs) };
  },
  async tabs({ tab }, _page, { tabs }) {
    if (tab === null) return { text: await listTabs(tabs) };
    await ('show' in tab ? tabs.show(tab.show) : tabs.close(tab.close));
    return { text: await listTabs(tabs) };
  },
  async assert({ that }, page) {
    if ('url' in that) {
      if (!page.url().includes(that.url))
        throw new BrowserFault('assertion_failed', `The page’s address is ${page.url()} and does not hold “${that.url}”.`);
      return {};
    }
    const [words, state] = 'text' in that ? ([that.text, 'visible'] as const) : ([that.gone, 'hidden'] as const);
    await page
      .getByText(words)
      .first()
      .waitFor({ state, timeout: actMs })
      .catch(() => {
        throw new BrowserFault(
          'assertion_failed',
          state === 'visible' ? `“${words}” is not on the page.` : `“${words}” is still on the page.`,
        );
      });
    return {};
  },
};

/** Runs in the page. */
function leadsToTab(node: { closest(css: string): unknown }): boolean {
  return node.closest('a[href][target=_blank]') !== null;
}

export function perform(action: BrowserAction, page: Page, acting: Acting): Promise<Said> {
  // Each performer takes the action of its own name; the table is checked where it is written.
  return (performers[action.do] as (action: BrowserAction, page: Page, acting: Acting) => Promise<Said>)(action, page, acting);
}

async function listTabs(tabs: SessionTabs): Promise<string> {
  const lines = await Promise.all(
    tabs
      .all()
      .map(
        async (page, index) => `${index}${page === tabs.shown() ? ' (shown)' : ''}: ${await page.title().catch(() => '')} ${page.url()}`,
      ),
  );
  return lines.join('\n');
}

/** SECURITY: what comes from a page is never opened and never run; it lies under a name of ours, without the right to be started. */
async function quarantine(download: Download, given: OpenSession): Promise<NonNullable<ActionOutcome['file']>> {
  const { quarantineDir } = given;
  await mkdir(quarantineDir, { recursive: true, mode: 0o700 });
  const path = join(quarantineDir, `${randomUUID()}.download`);
  const watch = new AbortController();
  try {
    await Promise.race([download.saveAs(path), watchArriving(given, watch.signal)]);
    const { size } = await stat(path);
    if (size > downloadLimit) throw tooLarge();
    await chmod(path, 0o600);
    return { path, name: shownName(download.suggestedFilename()), byteCount: size };
  } catch (error) {
    await download.cancel().catch(() => undefined);
    await rm(path, { force: true });
    if (error instanceof BrowserFault) throw error;
    throw new BrowserFault('download_blocked', 'The download broke off.');
  } finally {
    watch.abort();
    await download.delete().catch(() => undefined);
  }
}

/** Rejects when what arrives is too large or takes too long, so that a page cannot fill the disk; never resolves. */
async function watchArriving(given: OpenSession, over: AbortSignal): Promise<never> {
  const begunMs = performance.now();
  for (;;) {
    await setTimeout(watchEveryMs, undefined, { signal: over });
    if ((await largestFile(arrivingFolder(given))) > downloadLimit) throw tooLarge();
    if (performance.now() - begunMs > downloadMs) throw new BrowserFault('download_blocked', 'The download took too long and was stopped.');
  }
}

async function largestFile(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter(entry => entry.isFile())
    .map(entry =>
      stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return Math.max(0, ...(await Promise.all(sizes)));
}

const tooLarge = (): BrowserFault =>
  new BrowserFault(
    'too_large',
    `The file is larger than ${downloadLimit / bytesPerMegabyte} MB, more than a download may have; it was stopped.`,
  );

/** A name for people: without a path, and without letters that turn the rest of it around. */
function shownName(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Cf}\\/:*?"<>|]/gu, '_').slice(0, 200) || 'download';
}
