import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './expect-accessible.ts';
import { test } from './program-test.ts';

test.beforeEach(async ({ page, program }) => {
  await page.goto(program.link);
});

const report = [
  'Насос в подвале шумит по вечерам и мешает соседям. Глеб снял с него фильтр и нашёл в нём песок.',
  'Решили заменить фильтр до пятницы. Анна закажет новый фильтр и два уплотнения.',
  'Трубы лежат на складе с марта 2024 года. Их семьдесят две, каждая по три метра длиной.',
  'Гидравлический удар — это резкий скачок давления в трубе при быстром закрытии крана.',
  'Кто заберёт трубы со склада, пока неизвестно. Склад закрывается в шесть часов вечера.',
].join('\n\n');
const minutes = 'Решили закрыть старый склад. Борис перевезёт трубы до 14 марта. Новый склад открывается в мае 2025 года.\n';

async function add(page: Page, path: string, count: number): Promise<void> {
  await page.locator('.composer input[type=file]:not([webkitdirectory])').setInputFiles(path);
  await expect(page.locator('.document-card-ready')).toHaveCount(count);
}

test('a synopsis is annotated, refreshed section by section, compared, taken back, and found in the library', async ({ page, program }) => {
  await page.getByRole('button', { name: 'Новый чат' }).first().click();
  await add(page, program.file('насос.txt', report), 1);
  await page.locator('.composer').getByRole('button', { name: 'Конспект' }).click();
  const synopsis = page.locator('article.synopsis');
  await expect(synopsis).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });

  // A note, by the keyboard alone.
  await page.getByRole('button', { name: 'Действия с разделом «Коротко»' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Добавить заметку ниже' }).press('Enter');
  await page.getByRole('textbox', { name: 'Заметка' }).fill('Спросить **Глеба** про песок');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.synopsis-note strong')).toHaveText('Глеба');

  await page.keyboard.press('Escape');
  await add(page, program.file('склад.txt', minutes), 2);
  await page.locator('.composer').getByRole('button', { name: 'Конспект' }).click();
  await expect(page.locator('.version-strip-stale')).toContainText('не учтён документ «склад.txt»');
  await page.locator('.section-stale').first().click();
  await expect(page.locator('.section-reasons')).toContainText('не учтён документ «склад.txt»');
  await expectAccessible(page, '.synopsis-overlay');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Обновить разделы' }).click();
  const proposals = page.locator('.section-proposal');
  await expect(proposals.first()).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page, '.synopsis-overlay');
  const count = await proposals.count();
  await proposals.first().getByRole('button', { name: 'Принять' }).click();
  await expect(proposals).toHaveCount(count - 1);
  const strip = page.locator('.version-strip');
  if (count > 1) await strip.getByRole('button', { name: 'Оставить как было' }).click();
  await expect(proposals).toHaveCount(0);
  await expect(strip).toHaveCount(0);
  // The note is a person's: no refresh touches it.
  await expect(page.locator('.synopsis-note')).toContainText('Спросить Глеба про песок');

  await page.getByRole('button', { name: 'Версии: Версия 3' }).click();
  await page.getByRole('menuitem', { name: 'Версия 1' }).click();
  await expect(page.locator('.synopsis-note')).toHaveCount(0);
  await page.getByRole('button', { name: 'Сравнить с текущей' }).click();
  await expect(page.locator('.compare ins').first()).toBeVisible();
  await page.getByText('Рядом', { exact: true }).click();
  await expect(page.locator('.compare-row').first()).toBeVisible();
  await expectAccessible(page, '.synopsis-overlay');
  await page.locator('.compare-head').getByRole('button', { name: 'Закрыть' }).click();
  await page.getByRole('button', { name: 'Восстановить' }).click();
  await expect(page.locator('.synopsis-note')).toContainText('Глеба');
  await page.locator('.synopsis-tools').getByRole('button', { name: 'Ещё' }).click();
  await page.getByRole('menuitem', { name: 'Отменить последнее изменение' }).click();
  await expect(page.getByRole('button', { name: 'Версии: Версия 5' })).toBeVisible();

  await page.getByRole('button', { name: 'Библиотека' }).click();
  await expect(page.locator('.library-row')).toHaveCount(1);
  await page.getByRole('button', { name: /^Метки конспекта/u }).click();
  await page.getByRole('combobox', { name: 'Новая метка' }).fill('дом');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.locator('.library-row .library-tag')).toHaveText('дом');
  await page.getByRole('searchbox', { name: 'Искать в конспектах' }).fill('глебу');
  await expect(page.locator('.library-row mark').first()).toBeVisible();
  await expectAccessible(page, '.library');
  await page.locator('.library-open').click();
  await expect(page.locator('.library')).toHaveCount(0);
  await expect(synopsis).toBeVisible();
});
