import { expect, type Page } from '@playwright/test';
import { test } from './program-test.ts';

test.beforeEach(async ({ page, program }) => {
  await page.goto(program.link);
});

const lighthouse = 'Маяк построили в 1871 году на голой скале. Смотритель маяка держал пчёл и писал письма сестре.\n';

async function ask(page: Page, question: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Сообщение' }).fill(question);
  await page.keyboard.press('Enter');
}

test('a question asked at once about a file that was just chosen is answered from it', async ({ page, program }) => {
  await page.getByRole('button', { name: 'Новый чат' }).click();
  // Large enough to be under way still when the question is sent.
  await page
    .locator('.composer input[type=file]:not([webkitdirectory])')
    .setInputFiles(program.file('маяк.txt', lighthouse + 'Волны били о камни всю ночь. '.repeat(60_000)));
  await ask(page, 'Когда построили маяк?');
  const log = page.getByRole('log');
  await expect(log.getByText('отвечаю выдержками из ваших материалов')).toBeVisible({ timeout: 60_000 });
  await expect(log.locator('blockquote, .markdown').getByText('1871').first()).toBeVisible();
  await expect(log.getByText('документов в чате пока нет')).toHaveCount(0);
  // The card stands above the question that was asked of it.
  const card = await log.locator('.document-card').first().boundingBox();
  const said = await log.locator('.message-said').first().boundingBox();
  expect(card?.y ?? Infinity).toBeLessThan(said?.y ?? 0);
});

test('an answer that waits for documents says so, says what keeps them, and can be stopped', async ({ page, program }) => {
  await page.getByRole('button', { name: 'Новый чат' }).click();
  await page.keyboard.press('Control+J');
  await page.getByRole('button', { name: 'Пауза очереди' }).click();
  await page.keyboard.press('Control+J');
  await page.locator('.composer input[type=file]:not([webkitdirectory])').setInputFiles(program.file('маяк.txt', lighthouse));
  await ask(page, 'Когда построили маяк?');
  const log = page.getByRole('log');
  await expect(log.locator('.message-state')).toContainText('очередь на паузе');
  await expect(log.locator('.document-card')).toContainText('очередь на паузе');
  await log.getByRole('button', { name: 'Остановить' }).click();
  await expect(log.getByText('Остановлено')).toBeVisible();
});

test('a file that cannot be read stands among the errors with its reason', async ({ page, program }) => {
  await page.getByRole('button', { name: 'Новый чат' }).click();
  await page
    .locator('.composer input[type=file]:not([webkitdirectory])')
    .setInputFiles(program.file('сломан.pdf', '%PDF-1.7\nthis is not a document'));
  await expect(page.locator('.document-card')).toContainText('Файл повреждён');
  // Read once more it would be the same file.
  await expect(page.locator('.document-card').getByRole('button', { name: 'Повторить' })).toHaveCount(0);
  await expect(page.locator('.document-card').getByRole('button', { name: 'Убрать из чата' })).toBeVisible();
  await page.keyboard.press('Control+J');
  const errors = page.locator('.job-panel');
  await expect(errors).toContainText('Ошибки');
  await expect(errors).toContainText('сломан.pdf');
  await expect(errors).toContainText('Файл повреждён');
  await page.keyboard.press('Control+J');

  // Nothing is there to make a synopsis of, and it is said which file is to blame.
  await expect(page.getByRole('log')).toContainText('Ни один документ этого чата не удалось прочитать');
  await expect(page.getByRole('log').getByRole('button', { name: 'Сделать конспект' })).toHaveCount(0);
  await page.locator('.composer').getByRole('button', { name: 'Конспект' }).click();
  await expect(page.getByText('«сломан.pdf» не прочитан. Файл повреждён')).toBeVisible();
});

test('a synopsis that is being made is no queued answer, and its card says what the overlay says', async ({ page, program }) => {
  await page.getByRole('button', { name: 'Новый чат' }).click();
  await page.locator('.composer input[type=file]:not([webkitdirectory])').setInputFiles(program.file('маяк.txt', lighthouse));
  const log = page.getByRole('log');
  await expect(log.locator('.document-card-ready')).toBeVisible();
  await page.keyboard.press('Control+J');
  await page.getByRole('button', { name: 'Пауза очереди' }).click();
  await page.keyboard.press('Control+J');
  await page.locator('.composer').getByRole('button', { name: 'Конспект' }).click();
  const overlay = page.locator('.synopsis-making-line');
  await expect(overlay).toContainText('очередь на паузе');
  const said = await overlay.locator('.truncate').innerText();
  await page.keyboard.press('Escape');
  await expect(log.locator('.message-card')).toContainText(said);
  await expect(log.getByText('Ответ в очереди')).toHaveCount(0);
  await log.locator('.message-card').getByRole('button', { name: 'Остановить' }).click();
  await expect(log.getByText('Остановлено.')).toBeVisible();
});

test('the bar’s button makes the synopsis too: of a talk as of a meeting; what was chosen beside it holds from then on', async ({
  page,
  program,
}) => {
  await page.getByRole('button', { name: 'Новый чат' }).click();
  await page
    .locator('.composer input[type=file]:not([webkitdirectory])')
    .setInputFiles(
      program.file('планёрка.txt', 'Анна: Начнём с маяка.\nИгорь: Маяк я покрашу к маю.\nАнна: Решили: красим маяк.\nИгорь: Хорошо.\n'),
    );
  await expect(page.locator('.document-card-ready')).toBeVisible();
  await page.locator('.chat-bar').getByRole('button', { name: 'Конспект' }).click();
  const synopsis = page.locator('article.synopsis');
  await expect(synopsis).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });
  await expect(synopsis.locator('.synopsis-meta')).toContainText('встреча');
  await page.getByRole('button', { name: 'Настроить…' }).click();
  const options = page.getByRole('dialog', { name: 'Каким сделать конспект' });
  await options.getByRole('radio', { name: 'Бриф' }).click();
  await options.getByRole('radio', { name: 'Кратко' }).click();
  await expect(options).toContainText('до 4 тезисов');
  await options.getByRole('button', { name: 'Сделать конспект' }).click();
  await expect(synopsis.locator('.synopsis-meta')).toContainText('бриф\u00A0· кратко');
  await expect(synopsis).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });
});

test('an empty chat is there once, and only while it is open', async ({ page, program }) => {
  const button = page.getByRole('button', { name: 'Новый чат', exact: true }).first();
  const rows = page.locator('.session-row');
  await button.click();
  await expect(rows).toHaveCount(1);
  await button.click();
  await expect(rows).toHaveCount(1);
  // What is in it makes it a chat like any other.
  await page.locator('.composer input[type=file]:not([webkitdirectory])').setInputFiles(program.file('маяк.txt', lighthouse));
  await expect(page.locator('.document-card-ready')).toBeVisible();
  // The same bytes again are said to be there.
  await page.locator('.composer input[type=file]:not([webkitdirectory])').setInputFiles(program.file('копия.txt', lighthouse));
  await expect(page.getByText('копия.txt: Этот файл уже здесь.')).toBeVisible();
  await expect(page.locator('.document-card')).toHaveCount(1);
  await button.click();
  await expect(rows).toHaveCount(2);
  await rows.nth(1).locator('.session-open').click();
  await expect(rows).toHaveCount(1);
  // As after the window was closed in it.
  await button.click();
  await page.reload();
  await expect(rows).toHaveCount(1);
});

test.describe('in an English browser', () => {
  test.use({ locale: 'en-GB' });
  test('the window is English wherever the program runs, and tells what a synopsis does not have yet', async ({ page, program }) => {
    await page.getByRole('button', { name: 'New chat' }).first().click();
    await page.locator('.composer input[type=file]:not([webkitdirectory])').setInputFiles(program.file('маяк.txt', lighthouse));
    await expect(page.locator('.document-card-ready')).toBeVisible();
    await page.locator('.composer').getByRole('button', { name: 'Synopsis' }).click();
    await expect(page.locator('article.synopsis')).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });
    await page.keyboard.press('Escape');
    await page
      .locator('.composer input[type=file]:not([webkitdirectory])')
      .setInputFiles(program.file('пчёлы.txt', 'В улье живёт одна матка и тысячи рабочих пчёл. Они живут вместе.\n'));
    await expect(page.locator('.document-card-ready')).toHaveCount(2);
    await page.locator('.composer').getByRole('button', { name: 'Synopsis' }).click();
    await expect(page.locator('.version-strip-stale')).toContainText('the document “пчёлы.txt” is not included');
    await page.getByRole('button', { name: 'Refresh sections' }).click();
    await page.getByRole('button', { name: 'Accept all' }).click({ timeout: 60_000 });
    await expect(page.locator('.coverage-words')).toContainText('2 sources read');
    await expect(page.locator('.version-strip')).toHaveCount(0);
  });
});
