// A synopsis that a scripted model makes, as a person sees it: who made it, where its words stand, and what was found of its claims.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { ScriptedReply } from '../../support/scripted-models/script.ts';
import { openAnsweringDesk, type AgentDesk } from './agent-desk.ts';

let desk: AgentDesk | null = null;
test.afterEach(async () => {
  await desk?.clear();
  desk = null;
});

const told =
  'Склад переезжает в понедельник, 12 мая. Решили заказать двадцать коробок для посуды. Ключи от ворот отдаёт Анна до пятницы.\n';
const proof = (quote: string) => [{ source: 1, quote }];

function model(lastText: string): ScriptedReply {
  if (lastText.includes('Коротко'))
    return items([
      { text: 'Переезд склада назначен на 12 мая.', quotes: proof('Склад переезжает в понедельник, 12 мая') },
      { text: 'Всё оплатит город.', quotes: proof('Все расходы берёт на себя город') },
    ]);
  if (lastText.includes('Задачи') && !lastText.includes('verdict'))
    return items([{ text: 'Отдать ключи.', who: 'Анна', due: 'до пятницы', quotes: proof('Ключи от ворот отдаёт Анна до пятницы') }]);
  return items([1, 2, 3].map(item => ({ item, verdict: item === 2 ? 'not' : 'supported' })));
}
const items = (list: readonly object[]): ScriptedReply => ({ kind: 'answer', text: JSON.stringify({ items: list }) });

test('a synopsis by a model says so, shows what could not be proven, and its quotes open at their place', async ({ page }) => {
  desk = await openAnsweringDesk(page, ({ lastText }) => model(lastText));
  const path = join(desk.root, 'склад.txt');
  writeFileSync(path, told);
  await desk.start();
  await page.getByRole('button', { name: 'Новый чат' }).first().click();
  await page.locator('.composer input[type=file]:not([webkitdirectory])').setInputFiles(path);
  await expect(page.locator('.document-card-ready')).toHaveCount(1);
  await page.locator('.composer').getByRole('button', { name: 'Конспект' }).click();
  const synopsis = page.locator('article.synopsis');
  await expect(synopsis).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });

  await expect(synopsis.locator('.synopsis-by').filter({ hasText: 'scripted' })).toBeVisible();
  await expect(synopsis.getByText('Переезд склада назначен на 12 мая.')).toBeVisible();
  await expect(synopsis.getByText('Всё оплатит город.')).toBeVisible();
  await expect(synopsis.locator('.synopsis-issues')).toContainText('цитат');
  // The claims are looked at in the background; the figure comes by itself.
  await expect(synopsis.locator('.citation-health')).toBeVisible({ timeout: 60_000 });
  await expect(synopsis.locator('.claim-label-not').first()).toBeVisible();
  await synopsis.locator('.citation').first().click();
  await expect(page.locator('.reader mark').first()).toBeVisible();
  expect((await page.locator('.reader mark').allInnerTexts()).join(' ')).toContain('Склад переезжает в понедельник, 12 мая');
});
