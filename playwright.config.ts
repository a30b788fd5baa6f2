import { defineConfig } from '@playwright/test';
import { findChromium } from './tools/test/find-chromium.ts';

const chromium = findChromium();

/** The browser under test makes no calls of its own: whatever goes over the wire is ours. */
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

/**
 * On Linux Chromium reads the bytes of a file's name by the locale, and silently leaves out a chosen file whose name it cannot
 * read: without a UTF-8 locale, as in a bare container, that is every name in Russian. glibc brings this one along.
 */
const UTF8_NAMES = { LC_ALL: 'C.UTF-8' };

export default defineConfig({
  // Two browsers at once gain nothing on two cores and double the memory (measured).
  workers: 1,
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  timeout: 120_000,
  // How long a state may take to come on a machine that does much else; nothing here measures speed.
  expect: { timeout: 30_000 },
  outputDir: 'test-results',
  // tools/test/run.ts reads the same path.
  reporter: [['line'], ['json', { outputFile: '.cache/reports/playwright.json' }]],
  use: {
    browserName: 'chromium',
    trace: 'retain-on-failure',
    launchOptions: {
      args: QUIET,
      env: { ...process.env, ...UTF8_NAMES },
      // Chromium's sandbox refuses to start for root, which is who runs tests in a container.
      chromiumSandbox: process.getuid?.() !== 0,
      ...(chromium === undefined ? {} : { executablePath: chromium }),
    },
  },
  projects: [
    // A program without a window of its own speaks the browser's language.
    { name: 'headless', testDir: 'test/e2e/headless', use: { locale: 'ru-RU' } },
    { name: 'desktop', testDir: 'test/e2e/desktop' },
  ],
});
