import type { Page } from 'playwright-core';

/** The chat with documents, tasks and a synopsis. */
export const openMain = (page: Page): Promise<void> =>
  page
    .locator('.session-open')
    .filter({ hasText: /лекция и дворы|lecture and yards/u })
    .click();

/** `at` counts from 0, as the pages stand in the settings of a page in a browser. */
export async function openSettings(page: Page, at: number): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.locator('.tabs-vertical .tab').nth(at).click();
}

export async function openModels(page: Page): Promise<void> {
  await openSettings(page, 1);
  await page.locator('.settings .button').first().click();
  await page.waitForSelector('.models, .provider-form');
}

export async function openMcp(page: Page): Promise<void> {
  await openSettings(page, 1);
  await page.locator('.settings .setting .button').nth(1).click();
  await page.waitForSelector('.mcp, .mcp-form');
}

export async function openSynopsis(page: Page, proposed: boolean | null): Promise<void> {
  await openMain(page);
  if (proposed !== null) await page.evaluate(isProposed => window.scenario.liveOn(isProposed), proposed);
  await page.keyboard.press('Control+Shift+K');
  await page.waitForSelector('.synopsis-section');
}

/** The pane of the browser beside the chat; `state` is a function of the scenario's browser tasks. */
export async function openBrowser(page: Page, state: 'atWork' | 'ended' | 'stopped' | 'crashed' | null): Promise<void> {
  await openMain(page);
  if (state !== null) await page.evaluate(which => void window.scenario.browsing[which](), state);
  await page.keyboard.press('Alt+b');
  await page.waitForSelector('.browser-pane');
}

export async function openRecipe(page: Page): Promise<void> {
  await openBrowser(page, null);
  await page.evaluate(() => {
    const { backend, browsing } = window.scenario;
    backend.browser.handlers['browser.saveRecipe']({ requestKey: 'a', id: null, recipe: browsing.recipe });
  });
  await page.locator('.browser-start .segment').first().click();
  await page.locator('.browser-start .segment').last().click();
}

/** Logins of browser tasks: one that is signed in, and one that a task uses. */
export async function putLogins(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { handlers, logins } = window.scenario.backend.browser;
    const login = { requestKey: 'a', password: null, acceptWeak: false };
    const sites = ['shop.example', 'login.shop.example'];
    const shop = handlers['browser.saveLogin']({ ...login, name: 'Чайная лавка', sites, user: 'anna', password: 'tea' });
    logins.put({ ...shop, sessionAtMs: Date.now() - 90_000_000 });
    const library = handlers['browser.saveLogin']({ ...login, name: 'Библиотека', sites: ['library.example'], user: null });
    logins.put({ ...library, isInUse: true });
  });
}
