// Links of the system: they show a place in the window that is there, say so where there is none, and change nothing.
import { once } from 'node:events';
import { expect, test } from '@playwright/test';
import { launchWithoutWindow } from '../../support/launch-desktop.ts';
import { createDesk, openDemo, value, type Desk } from './desktop-program.ts';

let desk: Desk;
test.beforeEach(() => {
  desk = createDesk();
});
test.afterEach(async () => {
  await desk.clear();
});

/** A start beside the running program, as a system makes one for a link. */
async function startWith(link: string): Promise<void> {
  await launchWithoutWindow({ dataDir: desk.dataDir, args: [link] }).then(
    async app => {
      const program = app.process();
      if (program.exitCode === null) await once(program, 'exit');
    },
    // It handed over and ended before Playwright had hold of it.
    () => undefined,
  );
}

test('a second start with a link shows its place in the first one’s window; garbage is told and does nothing', async () => {
  const program = await desk.start();
  const { page } = program;
  await openDemo(page);
  const { jobs } = value(await program.client.call('jobs.list', {}));
  await startWith('konspekt://settings/data');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');

  const wrong = `konspekt://job/${jobs[0]?.id ?? ''}/cancel?approve=yes`;
  await startWith(wrong);
  await expect(page.getByText(/По адресу «konspekt:\/\/job\//u)).toBeVisible();
  expect(await program.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(value(await program.client.call('jobs.list', {})).jobs.map(({ id, state }) => [id, state])).toEqual(
    jobs.map(({ id, state }) => [id, state]),
  );
});
