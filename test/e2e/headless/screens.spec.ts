import { expect, test } from '@playwright/test';
import { findBareText } from '../../support/renderer-harness/find-bare-text.ts';
import { findClippedText } from '../../support/renderer-harness/find-clipped-text.ts';
import { screens } from '../../support/renderer-harness/screens/screens.ts';
import { serveWindow, type ServedWindow } from '../../support/renderer-harness/serve-window.ts';
import { expectAccessible } from './expect-accessible.ts';

// Every screen of the window in the pseudo-locale: it can be read with a screen reader and in both themes, speaks through the tables
// of sentences alone, and has room for sentences longer than the English ones.

test.use({ contextOptions: { reducedMotion: 'reduce' }, viewport: { width: 1_280, height: 800 } });

let served: ServedWindow;
test.beforeAll(async () => {
  served = await serveWindow();
});
test.afterAll(() => served.close());

/** Latin words that are not the window's own: addresses, files, names of services and of their tools, and what goes to them as it is. */
const names =
  /https?:\S+|(?:[\w.]+\.example(?:, )?)+|[\w/-]+\.pdf|\b(?:python|Ollama|Anthropic|API_TOKEN|files|tracker|notes|list|2026-spring-planning|title|text|share)\b|"[\w@.]+"|\{"name".*|(?:Read the complete|Create a new file).*/gu;

/** Rules of axe that ask nothing of the window here. */
const unasked = [
  // Menus and cards lie over the page, outside its landmarks.
  'region',
  // A document read keeps the levels of its own headings.
  'heading-order',
  // What is added to make a sentence longer differs between a button's word and its longer name.
  'label-content-name-mismatch',
];

for (const screen of screens) {
  test(`${screen.name} is accessible, and neither bare nor clipped in the pseudo-locale`, async ({ page }) => {
    await page.goto(`${served.address}?language=ru&theme=light&pseudo&${screen.query ?? ''}`);
    await page.waitForSelector('.app');
    await screen.act(page);

    expect.soft(await findBareText(page, names)).toEqual([]);
    expect.soft(await findClippedText(page)).toEqual([]);
    await expectAccessible(page, undefined, { unasked });
    await page.evaluate(() => {
      document.documentElement.dataset['theme'] = 'dark';
    });
    // Of all rules only that of colours has another answer there.
    await expectAccessible(page, undefined, { only: ['color-contrast'] });
    await page.setViewportSize({ width: 900, height: 600 });
    expect.soft(await findClippedText(page)).toEqual([]);
  });
}

test('what its place cuts off is told whole under the pointer', async ({ page }) => {
  await page.goto(`${served.address}?language=ru&theme=light`);
  const cut = page.locator('.session-open .truncate').filter({ hasText: 'Переписка с издательством' }).first();
  await cut.hover();
  await expect(cut).toHaveAttribute('title', (await cut.textContent()) ?? '');
  const whole = page.locator('.session-open .truncate').filter({ hasText: 'Заметки к выступлению' }).first();
  await whole.hover();
  await expect(whole).not.toHaveAttribute('title');
});

const screenOf = (name: string) => {
  const found = screens.find(screen => screen.name === name);
  if (found === undefined) throw new Error(`There is no screen "${name}".`);
  return found;
};

for (const theme of ['light', 'dark'] as const) {
  test(`who asks for more contrast gets seven to one, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ contrast: 'more' });
    for (const name of ['chat', 'synopsis', 'jobs', 'inspector', 'settings']) {
      await page.goto(`${served.address}?language=ru&theme=${theme}`);
      await page.waitForSelector('.app');
      await screenOf(name).act(page);
      await expectAccessible(page, undefined, { only: ['color-contrast-enhanced'] });
    }
  });
}

test('in colours of the person’s own, what is chosen and what is marked can still be told', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto(`${served.address}?language=ru&theme=dark`);
  await page.waitForSelector('.app');
  await screenOf('jobs').act(page);
  const shade = (selector: string): Promise<string> =>
    page
      .locator(selector)
      .first()
      .evaluate(element => getComputedStyle(element).backgroundColor);
  const paper = await shade('body');
  for (const marked of ['.session-row-open', '.job-filter[aria-pressed=true]', '.message-said', '.progress-fill', '.badge-unread'])
    expect(await shade(marked), marked).not.toBe(paper);
  expect(await shade('.progress-fill')).not.toBe(await shade('.progress-track'));
});

test('paper gets the synopsis and nothing of the window around it, light in a dark window too', async ({ page }) => {
  for (const name of ['synopsis', 'docked']) {
    await page.goto(`${served.address}?language=ru&theme=dark`);
    await page.waitForSelector('.app');
    await screenOf(name).act(page);
    await page.emulateMedia({ media: 'print' });
    for (const around of ['.app-side', '.composer', '.strip', '.transcript', '.section-menu'])
      await expect(page.locator(around).first()).toBeHidden();
    const sheet = await page.evaluate(() => ({
      ink: getComputedStyle(document.body).color,
      isWhole: document.documentElement.scrollHeight > innerHeight && document.querySelector('.synopsis-scroll')?.scrollTop === 0,
    }));
    expect(sheet).toEqual({ ink: 'rgb(35, 33, 28)', isWhole: true });
    await page.emulateMedia({ media: 'screen' });
  }
});

test('a command chosen in the menu of the system runs in the window', async ({ page }) => {
  await page.goto(`${served.address}?language=ru&theme=light`);
  await page.waitForSelector('.app');
  await page.evaluate(() => window.scenario.backend.emit('command.run', { command: 'library' }));
  await expect(page.locator('.library')).toBeVisible();
  await page.evaluate(() => window.scenario.backend.emit('command.run', { command: 'shortcuts' }));
  await expect(page.getByRole('dialog', { name: 'Клавиши' })).toBeVisible();
});
