import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { screens } from './screens/screens.ts';
import { serveWindow } from './serve-window.ts';

// Pictures of the window in its states: `node test/support/renderer-harness/screenshots.ts [folder] [filter]`.
const folder = process.argv[2] ?? '.cache/screenshots';
const filter = new RegExp(process.argv[3] ?? '.', 'u');
const sizes = { m: { width: 1280, height: 800 }, s: { width: 900, height: 600 }, l: { width: 1920, height: 1080 } } as const;

const served = await serveWindow();
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
});
mkdirSync(folder, { recursive: true });
let problems = 0;
try {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const language of ['ru', 'en'] as const) {
      for (const theme of ['light', 'dark'] as const) {
        for (const screen of screens) {
          const name = `${screen.name}-${size}-${language}-${theme}`;
          if (!filter.test(name)) continue;
          const page = await browser.newPage({ viewport });
          page.on('console', message => {
            if (message.type() === 'error' || message.type() === 'warning') {
              problems += 1;
              console.log(`${name}: ${message.text()}`);
            }
          });
          page.on('pageerror', error => {
            problems += 1;
            console.log(`${name}: ${error.message}`);
          });
          await page.goto(`${served.address}?language=${language}&theme=${theme}&${screen.query ?? ''}`);
          await page.waitForSelector('.app');
          try {
            await screen.act(page);
            await page.evaluate(() => document.fonts.ready);
            await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))));
          } catch (error) {
            problems += 1;
            console.log(`${name}: ${String(error).split('\n')[0]}`);
          }
          await page.screenshot({ path: `${folder}/${name}.png` });
          await page.close();
        }
      }
    }
  }
} finally {
  await browser.close();
  await served.close();
}
console.log(`${problems} problems`);
process.exitCode = problems === 0 ? 0 : 1;
