// The program out of its package: whatever the packager left behind would be missing here.
import { expect, test } from '@playwright/test';
import { makePackage } from '../../support/package/make-package.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { createDesk, expectReady, openDemo, pressSynopsis } from './desktop-program.ts';

test.skip(process.platform !== 'linux', 'The package that can be made without an Electron binary is the one for Linux.');

test('what is packaged is the whole program: its window makes a synopsis and opens a passage', async () => {
  const temporary = tempFolder();
  const desk = createDesk();
  try {
    const { extract } = await makePackage(temporary.path);
    const { page } = await desk.start({ appDir: extract() });
    await openDemo(page);
    await pressSynopsis(page);
    await expectReady(page);
    await page.locator('article.synopsis .citation').first().click();
    await expect(page.locator('.reader mark').first()).toBeVisible();
  } finally {
    await desk.clear();
    temporary.remove();
  }
});
