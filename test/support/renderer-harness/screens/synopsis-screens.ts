import { openMain, openSynopsis } from './open-places.ts';
import type { Screen } from './screen.ts';

/** The synopsis, its sources and the library. */
export const synopsisScreens: readonly Screen[] = [
  {
    name: 'versions-stale',
    act: async page => {
      await openSynopsis(page, false);
      await page.waitForSelector('.section-stale');
      await page.locator('.synopsis-section').nth(2).hover();
    },
  },
  {
    name: 'versions-reasons',
    act: async page => {
      await openSynopsis(page, false);
      await page.locator('.section-stale').nth(1).scrollIntoViewIfNeeded();
      await page.locator('.section-stale').nth(1).click();
      await page.waitForSelector('.section-reasons');
    },
  },
  {
    name: 'versions-proposal',
    act: async page => {
      await openSynopsis(page, true);
      await page.waitForSelector('.section-proposal');
    },
  },
  {
    name: 'versions-remake',
    act: async page => {
      await openSynopsis(page, false);
      await page.locator('.section-menu').first().click();
      await page.locator('.menu-item').first().click();
      await page.waitForSelector('.section-remake');
    },
  },
  {
    name: 'versions-note',
    act: async page => {
      await openSynopsis(page, false);
      await page.locator('.section-menu').nth(1).click();
      await page.locator('.menu-item').nth(1).click();
      await page.waitForSelector('.note-editor');
      await page.locator('.note-editor').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'versions-list',
    act: async page => {
      await openSynopsis(page, false);
      await page.locator('.synopsis-tools .icon-button').first().click();
      await page.waitForSelector('.menu-item');
    },
  },
  {
    name: 'versions-older',
    act: async page => {
      await openSynopsis(page, false);
      await page.locator('.synopsis-tools .icon-button').first().click();
      await page.locator('.menu-item').last().click();
      await page.waitForSelector('.version-strip');
    },
  },
  ...(['inline', 'beside'] as const).map((layout): Screen => ({
    name: `versions-compare-${layout}`,
    act: async page => {
      await openSynopsis(page, false);
      await page.locator('.synopsis-tools .icon-button').first().click();
      await page.locator('.menu-item').last().click();
      await page.locator('.version-strip .button').nth(1).click();
      await page.waitForSelector('.compare');
      if (layout === 'beside') await page.locator('.compare .segment').last().click();
    },
  })),
  {
    name: 'library',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => window.scenario.fillLibrary(300));
      await page.locator('.session-library').click();
      await page.waitForSelector('.library-row');
    },
  },
  {
    name: 'library-tags',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => window.scenario.fillLibrary(300));
      await page.locator('.session-library').click();
      await page.waitForSelector('.library-row');
      await page.locator('.library-tags').nth(3).click();
      await page.waitForSelector('.tag-editor');
    },
  },
  {
    name: 'library-empty',
    act: async page => {
      await openMain(page);
      await page.locator('.session-library').click();
      await page.locator('.library-toggle').first().click();
      await page.waitForSelector('.empty-title');
    },
  },
  {
    name: 'synopsis',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.keyboard.press('Control+Shift+K');
      await page.waitForSelector('.synopsis-section');
    },
  },
  {
    name: 'synopsis-audited',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.evaluate(() => {
        const { backend, main } = window.scenario;
        const version = [...backend.versions.values()].find(({ sessionId }) => sessionId === main.id);
        if (version !== undefined) backend.putAudit(version.id);
      });
      await page.keyboard.press('Control+Shift+K');
      await page.waitForSelector('.claim-label');
    },
  },
  {
    name: 'synopsis-options',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.evaluate(() => window.scenario.backend.providers.fill());
      await page.locator('.synopsis-choose').click();
      await page.waitForSelector('.synopsis-options');
    },
  },
  {
    name: 'synopsis-low',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.keyboard.press('Control+Shift+K');
      await page.waitForSelector('.synopsis-section');
      await page.evaluate(() => {
        const at = document.querySelector('.synopsis-scroll');
        at?.scrollTo({ top: at.scrollHeight * 0.55 });
      });
    },
  },
  {
    name: 'hover',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.keyboard.press('Control+Shift+K');
      await page.locator('.items-theses .citation').first().hover();
      await page.waitForSelector('.citation-card');
    },
  },
  {
    name: 'making',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.evaluate(() => void window.scenario.startSecond(2));
      await page.keyboard.press('Control+Shift+K');
      await page.waitForSelector('.synopsis-making');
    },
  },
  {
    name: 'source',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.keyboard.press('Control+Shift+K');
      await page.locator('.items-theses .citation').nth(3).click();
      await page.waitForSelector('.segment-text mark');
    },
  },
  {
    name: 'docked',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.keyboard.press('Control+Shift+K');
      await page.locator('.synopsis-overlay-bar .icon-button').nth(-2).click();
      await page.waitForSelector('.app-right .synopsis-section');
    },
  },
  {
    name: 'coverage',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.keyboard.press('Control+Shift+K');
      await page.locator('.coverage').click();
      await page.waitForSelector('.coverage-row');
    },
  },
];
