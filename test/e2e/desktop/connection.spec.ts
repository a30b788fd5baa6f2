// The window when main lets go of its port: it says so, comes back by itself, and works.
import { expect, test } from '@playwright/test';
import { createDesk, openDemo, type Desk } from './desktop-program.ts';

declare global {
  /** In the main process: its end of the newest port. */
  var mainsPort: Electron.MessagePortMain | undefined;
  /** In the page: everything the strip at the bottom has said. */
  var stripSaid: string[];
}

let desk: Desk;
test.beforeEach(() => {
  desk = createDesk();
});
test.afterEach(async () => {
  await desk.clear();
});

test('a lost port is told, and a new one is opened', async () => {
  const { app, page } = await desk.start();
  // A page that is still on its way cannot be loaded again.
  await expect(page.getByRole('button', { name: 'Открыть пример' })).toBeVisible();
  await app.evaluate(({ ipcMain }) => {
    ipcMain.on('konspekt:connect', event => {
      globalThis.mainsPort = event.ports[0];
    });
  });
  await page.reload();
  await expect(page.getByRole('button', { name: 'Открыть пример' })).toBeVisible();
  await page.evaluate(() => {
    const strip = document.querySelector('footer.strip');
    if (strip === null) throw new Error('The window has no strip at its bottom.');
    globalThis.stripSaid = [];
    new MutationObserver(() => globalThis.stripSaid.push(strip.textContent)).observe(strip, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
  await app.evaluate(() => globalThis.mainsPort?.close());
  await expect.poll(() => page.evaluate(() => globalThis.stripSaid.some(said => said.includes('Нет связи с программой')))).toBe(true);
  await expect(page.locator('footer.strip')).not.toContainText('Нет связи с программой');
  await openDemo(page);
});
