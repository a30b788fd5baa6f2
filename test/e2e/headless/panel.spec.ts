import { expect, type Locator, type Page } from '@playwright/test';
import { expectAccessible } from './expect-accessible.ts';
import { test, type ProgramUnderTest } from './program-test.ts';

async function openDemo(page: Page, program: ProgramUnderTest): Promise<void> {
  await page.goto(program.link);
  await page.getByRole('button', { name: 'Открыть пример' }).click();
  await expect(page.getByRole('log').locator('.message').first()).toBeVisible();
}

async function openTasks(page: Page): Promise<Locator> {
  await expect(page.getByRole('contentinfo')).toBeVisible();
  await page.keyboard.press('Control+j');
  return page.getByRole('region', { name: 'Фоновые задачи' });
}

async function pressSynopsis(page: Page): Promise<void> {
  await page.locator('.composer').getByRole('button', { name: 'Конспект' }).click();
}

/** Asks for a synopsis and puts its overlay away, which opens once the request is answered. */
async function makeSynopsisUnseen(page: Page): Promise<void> {
  await pressSynopsis(page);
  await expect(page.getByRole('dialog', { name: 'Конспект' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Конспект' })).toBeHidden();
}

const synopsis = /^Конспект: /u;

test('groups are filtered by chips, folded, and found again after a reload', async ({ page, program }) => {
  await openDemo(page, program);
  await pressSynopsis(page);
  await expect(page.locator('article.synopsis')).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });
  const panel = await openTasks(page);
  const filters = panel.getByRole('group', { name: 'Какие задачи показать' });
  await expect(filters.getByRole('button', { name: /^Готово [1-9]/u })).toBeVisible();
  await filters.getByRole('button', { name: /^Ошибки 0/u }).click();
  await expect(panel.getByText('В разделе «Ошибки» задач нет.')).toBeVisible();
  await expect(panel.getByRole('button', { name: synopsis })).toHaveCount(0);
  await filters.getByRole('button', { name: /^Готово/u }).click();
  await expect(filters.getByRole('button', { name: /^Готово/u })).toHaveAttribute('aria-pressed', 'true');
  await expect(panel.getByRole('button', { name: synopsis })).toBeVisible();
  // The same chip again shows all.
  await filters.getByRole('button', { name: /^Готово/u }).click();

  const head = panel.getByRole('heading', { name: /^Готово/u }).getByRole('button');
  await expect(head).toHaveAttribute('aria-expanded', 'true');
  // From the keyboard: up to the head, left folds it.
  await panel.getByRole('button', { name: synopsis }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(head).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(head).toHaveAttribute('aria-expanded', 'false');
  await expect(panel.getByRole('button', { name: synopsis })).toHaveCount(0);
  await expectAccessible(page);
  await page.goto(new URL('/', program.link).href);
  await expect(page.getByRole('contentinfo')).toBeVisible();
  await openTasks(page);
  await expect(head).toHaveAttribute('aria-expanded', 'false');
  await head.focus();
  await page.keyboard.press('ArrowRight');
  await expect(panel.getByRole('button', { name: synopsis })).toBeVisible();

  // What was looked for is still there when the panel is opened again.
  await panel.getByRole('searchbox').fill('такого нет');
  await expect(panel.getByText('По запросу «такого нет» задач нет.')).toBeVisible();
  await page.keyboard.press('Control+j');
  await openTasks(page);
  await expect(panel.getByRole('searchbox')).toHaveValue('такого нет');
  await expect(panel.getByText('По запросу «такого нет» задач нет.')).toBeVisible();
});

test('a paused kind is told at the foot of the window, its job says what ends the wait, and a stop is taken back', async ({
  page,
  program,
}) => {
  await openDemo(page, program);
  const panel = await openTasks(page);
  await panel.getByRole('button', { name: 'Пауза по видам задач' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Конспекты' }).click();
  const strip = page.getByRole('contentinfo');
  await expect(strip.getByText('На паузе: Конспекты')).toBeVisible();
  await makeSynopsisUnseen(page);
  const row = panel.getByRole('button', { name: /^Конспект: .*В очереди: на паузе «Конспекты»/u });
  await row.focus();
  await page.keyboard.press('Delete');
  await expect(panel.getByRole('button', { name: /^Конспект: .*Остановлено/u })).toBeVisible();
  const toasts = page.getByRole('status', { name: 'Уведомления' });
  await expect(toasts).toContainText('Остановлено:');
  await toasts.getByRole('button', { name: 'Вернуть' }).click();
  await expect(row).toBeVisible();

  await row.click();
  const wait = page.getByRole('region', { name: 'Почему задача ждёт' });
  await expect(wait).toContainText('Задачи этого вида на паузе');
  await expectAccessible(page);
  await wait.getByRole('button', { name: 'Снять с паузы: Конспекты' }).click();
  await expect(strip.getByText('На паузе', { exact: false })).toHaveCount(0);
  await expect(panel.getByRole('button', { name: /^Конспект: .*Готово/u })).toBeVisible({ timeout: 60_000 });
  await expect(wait).toHaveCount(0);
});

test('a chat has limits of its own: its job waits at them, says so, and goes on when one is raised', async ({ page, program }) => {
  await openDemo(page, program);
  await page.locator('.session-row-open').getByRole('button', { name: /^Ещё/u }).click();
  await page.getByRole('menuitem', { name: 'Пределы чата…' }).click();
  const limits = page.getByRole('dialog', { name: /^Пределы чата/u });
  await expect(limits.getByText('Своих пределов пока нет.')).toBeVisible();
  await limits.getByRole('button', { name: 'Добавить предел' }).click();
  // The worker's start alone takes longer than 6 ms.
  await limits.getByRole('textbox', { name: 'Не больше' }).fill('0,0001');
  await limits.getByRole('button', { name: 'Сохранить' }).click();
  await expect(limits.getByText(/^Не больше .* за всё время/u)).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await makeSynopsisUnseen(page);
  const panel = await openTasks(page);
  const row = panel.getByRole('button', { name: /^Конспект: .*Достигнут предел, ждёт вашего решения/u });
  await row.click();
  const wait = page.getByRole('region', { name: 'Почему задача ждёт' });
  await expect(wait).toContainText('Этот чат: не больше');
  await expectAccessible(page);
  await wait.getByRole('button', { name: 'Изменить предел…' }).click();
  await limits.getByRole('button', { name: /^Изменить предел/u }).click();
  await limits.getByRole('textbox', { name: 'Время работы, минуты' }).fill('30');
  await limits.getByRole('button', { name: 'Сохранить' }).click();
  await expect(limits.getByText('Не больше 30 мин за всё время')).toBeVisible();
  await expect(limits.getByText(/^Израсходовано: /u)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel.getByRole('button', { name: /^Конспект: .*Готово/u })).toBeVisible({ timeout: 60_000 });
  // The job's own inspector tells what it used and what holds for it.
  const inspector = page.getByRole('article');
  await expect(inspector.last().getByText('Этот чат: не больше 30 мин за всё время', { exact: false })).toBeVisible();
});

test('the inspector shows what a task was given, what came of it, its log and its files, from the keyboard', async ({ page, program }) => {
  await openDemo(page, program);
  await pressSynopsis(page);
  await expect(page.locator('article.synopsis')).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });
  const panel = await openTasks(page);
  await panel.getByRole('button', { name: synopsis }).click();
  await page.keyboard.press('Control+j');
  const parts = page.getByRole('tablist', { name: 'Что показать о задаче' });
  const inspector = page.locator('article.inspector');
  await expect(parts.getByRole('tab', { name: 'Обзор' })).toHaveAttribute('aria-selected', 'true');
  await expect(inspector.getByText('рабочий процесс «Конспекты»')).toBeVisible();
  await parts.getByRole('tab', { name: 'Обзор' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(inspector.getByRole('tabpanel', { name: 'Результат' })).toContainText('версия 1, готова');
  await expectAccessible(page);
  await page.keyboard.press('ArrowRight');
  await expect(inspector.getByRole('tabpanel', { name: 'Вход' })).toContainText('прочитан');
  await page.keyboard.press('ArrowRight');
  await expect(inspector.getByRole('tabpanel', { name: 'Журнал' })).toContainText('Поставлена в очередь');
  await page.keyboard.press('ArrowRight');
  await expect(inspector.getByRole('tabpanel', { name: 'Файлы' })).toContainText('файлов не пишет');
  await expectAccessible(page);
});
