import { openBrowser, openMain, openRecipe, putLogins } from './open-places.ts';
import type { Screen } from './screen.ts';

/** The pane of the browser. */
export const browserScreens: readonly Screen[] = [
  {
    name: 'browser-live',
    act: async page => {
      await openBrowser(page, 'atWork');
      await page.waitForSelector('.live-none', { state: 'detached' });
    },
  },
  {
    name: 'browser-held',
    act: async page => {
      await openBrowser(page, 'atWork');
      await page.waitForSelector('.live-none', { state: 'detached' });
      await page.locator('.browser-head .button').first().click();
      await page.waitForSelector('.live-view-held');
      await page.waitForSelector('.live-canvas:focus');
    },
  },
  {
    name: 'browser-paused',
    act: async page => {
      await openBrowser(page, 'atWork');
      await page.locator('.browser-head .button').nth(1).click();
      await page.waitForSelector('.browser-held');
    },
  },
  {
    name: 'browser-trace',
    act: async page => {
      await openBrowser(page, 'atWork');
      await page.locator('.trace').scrollIntoViewIfNeeded();
      await page.locator('.trace-row').last().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'browser-ended',
    act: async page => {
      await openBrowser(page, 'ended');
      await page.waitForSelector('.result-table');
      await page.locator('.result-table').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'browser-failed',
    act: async page => {
      await openBrowser(page, 'crashed');
      await page.waitForSelector('.trace-row');
    },
  },
  {
    name: 'browser-picture',
    act: async page => {
      await openBrowser(page, 'ended');
      await page.locator('.trace-row .icon-button').nth(1).click();
      await page.waitForSelector('.trace-large img');
    },
  },
  {
    name: 'browser-badge',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => void window.scenario.browsing.atWork());
      await page.keyboard.press('Alt+s');
      await page.waitForSelector('.tab .busy-mark');
    },
  },
  {
    name: 'browser-plan',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => void window.scenario.browsing.plan());
      await page.waitForSelector('.ask-plan');
      await page.waitForSelector('.ask-card .button:enabled');
    },
  },
  {
    name: 'browser-approval',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => void window.scenario.browsing.approval());
      await page.waitForSelector('.ask-card .page-picture');
      await page.waitForSelector('.ask-card .button:enabled');
    },
  },
  {
    name: 'browser-undecided',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => void window.scenario.browsing.undecided());
      await page.keyboard.press('Control+j');
      await page.locator('.job-row-main').first().click();
      await page.keyboard.press('Control+j');
      await page.waitForSelector('.question .page-picture');
    },
  },
  {
    name: 'browser-words',
    act: async page => {
      await page.evaluate(() => window.scenario.backend.providers.fill());
      await openBrowser(page, null);
      await page.locator('.browser-start .segment').first().click();
      await page.waitForSelector('.browser-start textarea');
    },
  },
  {
    name: 'browser-no-model',
    act: async page => {
      await openBrowser(page, null);
      await page.locator('.browser-start .segment').first().click();
    },
  },
  { name: 'browser-recipes', act: openRecipe },
  {
    name: 'browser-login',
    act: async page => {
      await putLogins(page);
      await openRecipe(page);
      await page.locator('.login-choice select').selectOption({ index: 1 });
    },
  },
  {
    name: 'browser-recipe',
    act: async page => {
      await openRecipe(page);
      await page.locator('.recipe-open').click();
      await page.waitForSelector('.recipe-steps li');
    },
  },
  {
    name: 'browser-recipe-edit',
    act: async page => {
      await openRecipe(page);
      await page.locator('.recipe-open').click();
      await page.locator('.recipe .button').nth(2).click();
      await page.waitForSelector('.edited-step');
    },
  },
  {
    name: 'browser-recipe-stopped',
    act: async page => {
      await openBrowser(page, 'stopped');
      await page.waitForSelector('.recipe-stop');
    },
  },
  {
    name: 'browser-recipe-times',
    act: async page => {
      await openRecipe(page);
      await page.locator('.recipe-open').click();
      await page.locator('.recipe .button').nth(1).click();
      await page.waitForSelector('.schedule-form');
    },
  },
  {
    name: 'browser-recipe-times-login',
    act: async page => {
      await putLogins(page);
      await openRecipe(page);
      await page.locator('.recipe-open').click();
      await page.locator('.recipe .button').nth(1).click();
      await page.locator('.schedule-form .login-choice select').selectOption({ index: 1 });
      // It is removed while the form is open.
      const chosen = await page.locator('.schedule-form .login-choice select').inputValue();
      await page.evaluate(id => {
        window.scenario.backend.browser.handlers['browser.removeLogin']({ id: id as never });
      }, chosen);
      await page.waitForSelector('.login-gone');
    },
  },
  {
    name: 'browser-run-kept',
    act: async page => {
      await openBrowser(page, 'ended');
      await page.locator('.browser-task > .browser-ways .button').first().click();
      await page.locator('.save-param').first().scrollIntoViewIfNeeded();
      await page.locator('.save-run').evaluate(form => form.scrollIntoView());
    },
  },
  {
    name: 'browser-recipe-wrong',
    act: async page => {
      await openBrowser(page, null);
      await page.locator('.recipes .button').click();
      await page
        .locator('.recipe-text textarea')
        .fill('{"name":"a","sites":[],"steps":[{"action":{"do":"open"}},{"action":{"do":"buy"}}]}');
      await page.locator('.recipe-text .button-accent').click();
      await page.waitForSelector('.recipe-faults');
    },
  },
  {
    name: 'browser-none',
    act: async page => {
      await page.evaluate(() => window.scenario.backend.browser.setFound([]));
      await openBrowser(page, null);
      await page.waitForSelector('.no-browser');
    },
  },
  {
    name: 'browser-command',
    act: async page => {
      await openMain(page);
      await page.locator('.composer-input').fill('/');
      await page.waitForSelector('.composer-commands');
    },
  },
];
