// A chat of two hundred turns, as a person goes about in it: far up, in other words, and from two windows at once.
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { connectToRunning } from '../../../src/main/headless/remote-channel.ts';
import { readControlFile } from '../../../src/main/ipc/control-file.ts';
import { createClient } from '../../../src/shared/contract/client.ts';
import { ask, newChat } from '../../bench/program/scripted-chat.ts';
import type { ScriptedReply } from '../../support/scripted-models/script.ts';
import { answers, openAnsweringDesk, say, type AgentDesk } from './agent-desk.ts';

let desk: AgentDesk | null = null;
test.afterEach(async () => {
  await desk?.clear();
  desk = null;
});

const turns = 200;
const words = 60;
const asked = (n: number) => `Вопрос номер ${n}: что ещё известно о маяке?`;
const log = (page: Page) => page.getByRole('log');
const question = (page: Page, text: string) => log(page).getByRole('article', { name: 'Вы' }).filter({ hasText: text });

test('two hundred turns: a question in the middle is put otherwise and back, and two windows write along', async ({ page, browser }) => {
  const slow = Array.from({ length: words }, (_, at) => `слово${at} `);
  desk = await openAnsweringDesk(page, ({ lastText }): ScriptedReply =>
    lastText.includes('медленно')
      ? { kind: 'answer', text: slow, delivery: { tokensPerSecond: 20 } }
      : { kind: 'answer', text: `Ответ на «${lastText}».\n\nМаяк стоит на мысе.` },
  );
  await desk.start();
  const record = readControlFile(join(desk.root, 'data'));
  if (record === null) throw new Error('The program is ready and left no control file.');
  const remote = await connectToRunning(record);
  try {
    const client = createClient(remote.channel);
    const chat = await newChat(client, 'Длинный разговор');
    for (let n = 1; n <= turns; n += 1) await (await ask(client, chat, asked(n))).ended;
  } finally {
    remote.close();
  }
  const entry = (where: Page) => where.getByRole('navigation').getByText('Длинный разговор').first();
  await entry(page).click();
  await expect(question(page, asked(turns))).toBeVisible();

  // Up to the middle, past pages that are not loaded yet.
  const middle = question(page, asked(100));
  await log(page).hover();
  await expect(async () => {
    await page.mouse.wheel(0, -400);
    await expect(middle).toBeInViewport({ timeout: 50 });
  }).toPass({ intervals: [20], timeout: 60_000 });
  await middle.hover();
  await middle.getByRole('button', { name: 'Изменить и спросить снова' }).click();
  await middle.getByRole('textbox', { name: 'Изменённое сообщение' }).fill('Вопрос сто, но иначе');
  await page.keyboard.press('Enter');
  await expect(log(page).getByText('Ответ на «Вопрос сто, но иначе».')).toBeVisible();
  await expect(question(page, asked(101))).toHaveCount(0);

  // The way back shows what was there, at the place where the person is, and not at the end of a hundred turns more.
  const otherwise = question(page, 'Вопрос сто, но иначе');
  await otherwise.getByRole('button', { name: 'Предыдущий вариант' }).click();
  await expect(middle).toBeInViewport();
  await expect(question(page, asked(101))).toBeVisible();
  await middle.getByRole('button', { name: 'Следующий вариант' }).click();
  await expect(otherwise).toBeInViewport();
  await otherwise.getByRole('button', { name: 'Предыдущий вариант' }).click();
  await expect(middle).toBeInViewport();

  // What is written arrives in both windows, whole and once.
  const context = await browser.newContext({ locale: 'ru-RU' });
  try {
    const other = await context.newPage();
    await other.goto(await desk.link());
    await entry(other).click();
    await expect(question(other, asked(turns))).toBeVisible();
    await say(page, 'Расскажи медленно');
    for (const window of [page, other]) await expect(answers(window).last()).toContainText('слово3');
    for (const window of [page, other]) {
      const answer = answers(window).last();
      await expect(answer).toHaveAttribute('aria-busy', 'false');
      expect((await answer.innerText()).match(/слово\d+/gu)).toEqual(slow.map(word => word.trim()));
    }
  } finally {
    await context.close();
  }
});
