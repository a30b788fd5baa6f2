import { openAutoExport, openLimits, openMain, openMcp, openModels, openSettings, putLogins } from './open-places.ts';
import type { Screen } from './screen.ts';

/** Settings and the dialogs they open. */
export const settingScreens: readonly Screen[] = [
  {
    name: 'browser-settings',
    act: async page => {
      await openSettings(page, 'browser');
      await page.waitForSelector('.settings .setting-hint');
    },
  },
  {
    name: 'models-first',
    query: 'ollama=1',
    act: async page => {
      await page.waitForSelector('.model-found');
    },
  },
  {
    name: 'models-empty',
    act: openModels,
  },
  {
    name: 'models-form',
    act: async page => {
      await page.evaluate(() => window.scenario.backend.providers.setSecrets('weak'));
      await openModels(page);
      await page.locator('.models-add').click();
      await page.locator('input[type=password]').fill('sk-0123456789');
    },
  },
  {
    name: 'models-chosen',
    act: async page => {
      await page.evaluate(() => window.scenario.backend.providers.fill());
      await openModels(page);
      await page.locator('.role-choice button').first().click();
    },
  },
  { name: 'settings-notifications', act: async page => openSettings(page, 'notifications') },
  {
    name: 'settings-quiet-hours',
    act: async page => {
      await openSettings(page, 'notifications');
      await page.locator('.settings .setting-group').nth(1).locator('.switch').click();
      await page.locator('.quiet-day').last().click();
      await page.locator('.settings').evaluate(settings => settings.scrollTo(0, settings.scrollHeight));
    },
  },
  { name: 'auto-export-none', act: openAutoExport },
  {
    name: 'auto-export',
    act: async page => {
      await page.evaluate(() => window.scenario.backend.autoExports.fill());
      await openAutoExport(page);
      await page.waitForSelector('.auto-export-names');
    },
  },
  { name: 'mcp-none', act: openMcp },
  {
    name: 'mcp',
    act: async page => {
      await page.evaluate(() => window.scenario.backend.mcp.fill());
      await openMcp(page);
      await page.locator('.mcp-server .icon-button').nth(6).click();
      await page.waitForSelector('.mcp-said');
    },
  },
  {
    name: 'mcp-tools',
    act: async page => {
      await page.evaluate(() => window.scenario.backend.mcp.fill());
      await openMcp(page);
      await page.locator('.mcp-access summary').click();
      await page.locator('.mcp-tools').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'mcp-form',
    act: async page => {
      await page.evaluate(() => window.scenario.backend.mcp.setSecrets('weak'));
      await openMcp(page);
      await page.locator('.mcp-add').click();
      await page.locator('.mcp-form .field-control').nth(0).fill('files');
      await page.locator('.mcp-form .field-control').nth(1).fill('npx -y @modelcontextprotocol/server-filesystem "/home/anna/Документы"');
      await page.locator('.mcp-values-foot .button').click();
      await page.locator('.mcp-value input').nth(0).fill('API_TOKEN');
      await page.locator('.mcp-value input').nth(1).fill('secret');
    },
  },
  {
    name: 'health',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => window.scenario.fillJobs());
      await page.locator('.strip-workers').click();
      await page.locator('.strip-health').click();
      await page.waitForSelector('.health-table');
    },
  },
  {
    name: 'limits-chat',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => window.scenario.putChatLimit());
      await openLimits(page);
      await page.waitForSelector('.limits .budgets li');
    },
  },
  {
    name: 'limits-change',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => window.scenario.putChatLimit());
      await openLimits(page);
      await page.locator('.budget-tools button').first().click();
      await page.waitForSelector('.budget-form');
    },
  },
  {
    name: 'limits-none',
    act: async page => {
      await openMain(page);
      await openLimits(page);
      await page.waitForSelector('.limits');
    },
  },
  {
    name: 'budgets',
    act: async page => {
      await page.evaluate(() => {
        window.scenario.putPlans();
      });
      await openSettings(page, 'limits');
      await page.waitForSelector('.budgets li');
      await page.locator('.budget-add').click();
      await page.locator('.budget-form').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'settings',
    act: async page => {
      await openMain(page);
      await page.keyboard.press('Control+,');
      await page.waitForSelector('.settings');
    },
  },
  {
    name: 'settings-logins',
    act: async page => {
      await putLogins(page);
      await openSettings(page, 'browser');
      await page.locator('.login-list').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'settings-login-form',
    act: async page => {
      await page.evaluate(() => window.scenario.backend.browser.logins.setSecrets('weak'));
      await openSettings(page, 'browser');
      await page.locator('.settings .browser-ways .button').last().click();
      await page.locator('.login-form').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'settings-assistant',
    act: async page => openSettings(page, 'assistant'),
  },
  {
    name: 'settings-about',
    act: async page => {
      await openSettings(page, 'about');
      await page.waitForSelector('.settings .setting-group');
    },
  },
  {
    name: 'settings-data',
    act: async page => openSettings(page, 'data'),
  },
];
