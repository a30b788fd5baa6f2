import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './expect-accessible.ts';
import { test, type ProgramUnderTest } from './program-test.ts';

/** The sample's synopsis, made while the person is in another chat. */
async function makeSynopsisElsewhere(page: Page, program: ProgramUnderTest): Promise<void> {
  await page.goto(program.link);
  await page.getByRole('button', { name: 'Открыть пример' }).click();
  await expect(page.getByRole('log').locator('.message').first()).toBeVisible();
  await page.locator('.composer').getByRole('button', { name: 'Конспект' }).click();
  await page.keyboard.press('Alt+n');
  await expect(page.getByRole('heading', { level: 1, name: 'Новый чат' })).toBeVisible();
}

const bell = (page: Page, unread: string) => page.getByRole('button', { name: `Уведомления${unread}`, exact: true });

test('what is missed waits under the bell, over a restart too, and leads to its place', async ({ page, program }) => {
  await makeSynopsisElsewhere(page, program);
  await expect(bell(page, ': 1 непрочитанное')).toBeVisible({ timeout: 60_000 });

  await program.kill();
  await program.startAgain();
  await page.goto(program.link);
  await expect(bell(page, ': 1 непрочитанное')).toBeVisible();
  await page.keyboard.press('Alt+u');
  const centre = page.getByRole('dialog', { name: 'Уведомления' });
  const row = centre.getByRole('button', { name: /Не прочитано\. Конспект готов/u });
  await expect(row).toHaveCount(1);
  await expectAccessible(page);
  await row.focus();
  await page.keyboard.press('Enter');
  await expect(centre).toBeHidden();
  await expect(page.locator('article.synopsis')).toBeVisible();
  await expect(bell(page, '')).toBeVisible();

  // Read, it stays in the list; nothing is left to mark.
  await bell(page, '').click();
  await expect(centre.getByRole('button', { name: /^Конспект готов/u })).toHaveCount(1);
  await expect(centre.getByRole('button', { name: 'Отметить всё прочитанным' })).toBeDisabled();
});

test('looking at its place elsewhere reads it, and a kind that is switched off is not told at all', async ({ page, program }) => {
  await makeSynopsisElsewhere(page, program);
  await expect(bell(page, ': 1 непрочитанное')).toBeVisible({ timeout: 60_000 });
  await page.locator('.session-open').first().click();
  await expect(bell(page, '')).toBeVisible();

  await bell(page, '').click();
  await page.getByRole('dialog', { name: 'Уведомления' }).getByRole('button', { name: 'Настроить…' }).click();
  const kinds = page.getByRole('radiogroup', { name: 'Конспекты и задачи готовы' });
  await kinds.getByRole('radio', { name: 'Не сообщать' }).click();
  await expect(kinds.getByRole('radio', { name: 'Не сообщать' })).toBeChecked();
  await expectAccessible(page);
});

/** What the page has shown as notifications of the browser, which draws none here; `click` is the person's. */
async function recordNotifications(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shown: { title: string; options: NotificationOptions | undefined; click: () => void }[] = [];
    Object.assign(window, { shown });
    const Real = window.Notification;
    window.Notification = class extends Real {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        shown.push({ title, options, click: () => this.onclick?.(new Event('click')) });
      }
    };
  });
}
const shownBy = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    (window as unknown as { shown: { title: string; options: NotificationOptions }[] }).shown.map(
      ({ title, options }) => `${title}: ${options.body ?? ''}`,
    ),
  );

const openSettings = async (page: Page): Promise<void> => {
  // A key is nobody's before the window is there.
  await expect(page.getByRole('contentinfo')).toBeVisible();
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Уведомления' }).click();
};

test('a browser that forbids notifications is said to, and nothing is asked before the press', async ({ page, program, context }) => {
  await context.clearPermissions();
  await page.addInitScript(() => {
    let asked = 0;
    Object.defineProperty(window, 'asked', { get: () => asked });
    Object.defineProperty(Notification, 'permission', { get: () => (asked === 0 ? 'default' : 'denied') });
    Notification.requestPermission = () => {
      asked += 1;
      return Promise.resolve('denied');
    };
  });
  const asked = () => page.evaluate(() => (window as unknown as { asked: number }).asked);
  await page.goto(program.link);
  await openSettings(page);
  await expect(page.getByText('Браузер ещё не разрешил этой странице уведомления.')).toBeVisible();
  expect(await asked()).toBe(0);
  await page.getByRole('button', { name: 'Проверить' }).click();
  await expect(page.getByText('Браузер запрещает этой странице уведомления.')).toBeVisible();
  expect(await asked()).toBe(1);
});

test('with the browser’s permission a page tells what happens elsewhere, and the click leads there', async ({ page, program, context }) => {
  await context.grantPermissions(['notifications']);
  await recordNotifications(page);
  await page.goto(program.link);
  await openSettings(page);
  await page.getByRole('switch', { name: 'Показывать и когда вы смотрите в окно Konspekt' }).click();
  await page.getByRole('button', { name: 'Проверить' }).click();
  await expect.poll(() => shownBy(page)).toEqual(['Проверка уведомлений: Так Konspekt сообщит о том, что случилось без вас.']);
  await expect(page.getByRole('status').getByText(/^(Система|Уведомление)/u)).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Открыть пример' }).click();
  await expect(page.getByRole('log').locator('.message').first()).toBeVisible();
  await page.locator('.composer').getByRole('button', { name: 'Конспект' }).click();
  await page.keyboard.press('Alt+n');
  await expect.poll(async () => (await shownBy(page)).at(-1), { timeout: 60_000 }).toMatch(/^Конспект готов/u);
  await expect(page.getByRole('heading', { level: 1, name: 'Новый чат' })).toBeVisible();
  await page.evaluate(() => (window as unknown as { shown: { click: () => void }[] }).shown.at(-1)?.click());
  await expect(page.locator('article.synopsis')).toBeVisible();
  await expect(bell(page, '')).toBeVisible();
});

test('in quiet hours the bell counts and nothing is shown; when they are over it is said once', async ({ page, program, context }) => {
  await context.grantPermissions(['notifications']);
  await recordNotifications(page);
  await page.goto(program.link);
  await openSettings(page);
  await page.getByRole('switch', { name: 'Показывать и когда вы смотрите в окно Konspekt' }).click();
  const quiet = page.getByRole('switch', { name: 'Тихие часы' });
  await quiet.click();
  // From midnight to midnight: whatever the time is while this runs.
  for (const name of ['С', 'До']) {
    await page.getByRole('textbox', { name, exact: true }).fill('00:00');
    await page.keyboard.press('Enter');
  }
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Открыть пример' }).click();
  await expect(page.getByRole('log').locator('.message').first()).toBeVisible();
  await page.locator('.composer').getByRole('button', { name: 'Конспект' }).click();
  await page.keyboard.press('Alt+n');
  await expect(bell(page, ': 1 непрочитанное')).toBeVisible({ timeout: 60_000 });
  expect(await shownBy(page)).toEqual([]);
  await expect(page.getByText(/^Конспект готов/u)).toHaveCount(0);

  await openSettings(page);
  await quiet.click();
  await expect.poll(() => shownBy(page)).toEqual(['Пока было тихо: 1 задача готова']);
});
