import type { Page } from 'playwright-core';
import type { SessionId } from '../../../../src/shared/domain/ids.ts';
import { settingsPages, type SettingsPage } from '../../../../src/shared/domain/settings-page.ts';

/** The chat with documents, tasks and a synopsis. */
export const openMain = (page: Page): Promise<void> =>
  page
    .locator('.session-open')
    .filter({ hasText: /лекция и дворы|lecture and yards/u })
    .click();

export async function openSettings(page: Page, of: SettingsPage): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.locator('.tabs-vertical .tab').nth(settingsPages.indexOf(of)).click();
}

/** Limits of the chat that is open, out of its menu. */
export async function openLimits(page: Page): Promise<void> {
  await page.locator('.session-row-open .session-menu').click();
  await page
    .locator('.menu-item')
    .filter({ has: page.locator('.lucide-gauge') })
    .click();
}

export async function openModels(page: Page): Promise<void> {
  await openSettings(page, 'assistant');
  await page.locator('.settings .button').first().click();
  await page.waitForSelector('.models, .provider-form');
}

export async function openAutoExport(page: Page): Promise<void> {
  await openSettings(page, 'data');
  await page.locator('.settings .setting .button').first().click();
  await page.waitForSelector('.auto-export-form');
}

export async function openMcp(page: Page): Promise<void> {
  await openSettings(page, 'assistant');
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

/** The notification centre with one of nearly everything that is told. */
export async function putNotices(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { put } = window.scenario.backend.told;
    const rows = [...document.querySelectorAll<HTMLElement>('.session-open')];
    const [chat, other] = rows.map(row => row.dataset['sessionId'] as SessionId);
    const day = 86_400_000;
    const now = Date.now();
    const at = (sessionId: SessionId | undefined) => ({ sessionId: sessionId ?? null });
    put({ event: 'synopsis_ready', title: 'Протокол совещания о дворах', atMs: now - 3 * day, isRead: true, ...at(other) });
    put({ event: 'schedule_missed', title: 'Семинар по утрам', atMs: now - 2 * day, isRead: true, ...at(other) });
    put({ event: 'approval', title: 'План переезда на новый склад', atMs: now - day, isOver: true, ...at(other) });
    put({ event: 'update_ready', title: '1.4.0', atMs: now - 40_000_000 });
    put({
      event: 'budget',
      title: 'Сравнение трёх договоров аренды мастерской с приложениями и дополнительными соглашениями',
      atMs: now - 9_000_000,
    });
    put({ event: 'unclear', title: 'Отправить письмо поставщику', atMs: now - 5_000_000 });
    put({ event: 'failed', title: 'Отчёт за квартал', atMs: now - 3_000_000, ...at(other) });
    put({ event: 'browser_done', title: 'Сравни цены на чай в трёх магазинах', atMs: now - 1_500_000, ...at(chat) });
    put({ event: 'proposal', title: 'Вода в городе: лекция и дворы', atMs: now - 700_000, ...at(chat) });
    put({ event: 'question', title: 'План поездки в Карелию', atMs: now - 60_000, ...at(chat) });
  });
}
