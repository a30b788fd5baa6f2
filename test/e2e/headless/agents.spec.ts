// A person and agents: the built program in a real browser, with a scripted model and nobody else on the network.
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { startCountingServer } from '../../support/mcp/counting-server.ts';
import type { ModelRequest, ScriptedReply } from '../../support/scripted-models/script.ts';
import { answers, call, openAnsweringDesk, openDesk, say, toolResults, type AgentDesk } from './agent-desk.ts';

let desk: AgentDesk;
test.afterEach(async () => {
  await desk.clear();
});

const log = (page: Page) => page.getByRole('log');
/** After a restart: the only chat, from the list. */
async function openChat(page: Page, title: string): Promise<void> {
  const chat = page.getByRole('navigation').getByText(title).first();
  await chat.click();
  await expect(log(page).getByText(title)).toBeVisible();
}

test('a model is connected in the window, and a long conversation is held with it', async ({ page }) => {
  const slow = Array.from({ length: 200 }, (_, at) => `слово${at} `);
  const versions = ['Первый ответ.', 'Второй ответ.'];
  desk = await openDesk(page, ({ lastText }): ScriptedReply => {
    if (lastText.includes('медленно')) return { kind: 'answer', text: slow, delivery: { tokensPerSecond: 20 } };
    if (lastText.includes('заново')) return { kind: 'answer', text: versions.shift() ?? 'Лишний ответ.' };
    return { kind: 'answer', text: `Ответ на «${lastText}».` };
  });
  await desk.start();
  await page.getByRole('button', { name: 'Настройки', exact: true }).click();
  await page.getByRole('tab', { name: 'Помощник' }).click();
  await page.getByRole('button', { name: 'Поставщики и модели' }).click();
  const dialog = page.getByRole('dialog', { name: 'Модели' });
  await dialog.getByRole('button', { name: 'Добавить поставщика' }).click();
  await page.getByLabel('Название', { exact: true }).fill('Scripted');
  await page.getByLabel('Адрес', { exact: true }).fill(desk.server.baseUrl);
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await dialog.getByLabel('Чат', { exact: true }).selectOption({ label: 'scripted · Scripted' });
  await expect(dialog.getByText('В чатах отвечает scripted (Scripted).')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  for (const question of ['Вопрос раз', 'Вопрос два', 'Вопрос три']) {
    await say(page, question);
    await expect(log(page).getByText(`Ответ на «${question}».`)).toBeVisible();
  }
  // The model is told what was said before.
  expect(JSON.stringify(desk.server.requests.at(-1)?.body)).toContain('Ответ на «Вопрос раз».');

  // Stop keeps what was written.
  await say(page, 'Отвечай медленно');
  const stopped = answers(page).last();
  await expect(stopped.getByText('слово5', { exact: false })).toBeVisible();
  await stopped.getByRole('button', { name: 'Остановить' }).click();
  await expect(stopped.getByText('Остановлено. Написанное сохранено.')).toBeVisible();
  await expect(stopped).toContainText('слово5');
  await expect(stopped).not.toContainText('слово199');

  // Another answer to the same question, and the way back to the first.
  await say(page, 'Ответь заново');
  const last = answers(page).last();
  await expect(last).toContainText('Первый ответ.');
  await last.hover();
  await last.getByRole('button', { name: 'Ответить заново' }).click();
  await expect(last).toContainText('Второй ответ.');
  await last.getByRole('button', { name: 'Предыдущий вариант' }).click();
  await expect(last).toContainText('Первый ответ.');
  await expect(last.getByRole('group', { name: 'Вариант 1 из 2' })).toBeVisible();

  // The question in other words; what was said stays beside it, also after a reload.
  const question = log(page).getByRole('article', { name: 'Вы' }).last();
  await question.hover();
  await question.getByRole('button', { name: 'Изменить и спросить снова' }).click();
  await question.getByRole('textbox', { name: 'Изменённое сообщение' }).fill('Вопрос иначе');
  await page.keyboard.press('Enter');
  await expect(log(page).getByText('Ответ на «Вопрос иначе».')).toBeVisible();
  await expect(question.getByRole('group', { name: 'Вариант 2 из 2' })).toBeVisible();
  await page.reload();
  await question.getByRole('button', { name: 'Предыдущий вариант' }).click();
  await expect(question).toContainText('Ответь заново');
  await expect(last).toContainText('Первый ответ.');
});

test('long work goes to the background, the chat stays free, and the result leads to its steps', async ({ page }) => {
  const result = Promise.withResolvers<ScriptedReply>();
  const tasks = [{ agent: 'analyst', title: 'Сравнение', task: 'Сравни договоры.' }];
  desk = await openAnsweringDesk(page, async request => {
    if (JSON.stringify(request.body).includes('Ты — аналитик')) return result.promise;
    if (request.lastText.includes('Между делом')) return { kind: 'answer', text: 'Отвечаю сразу.' };
    return toolResults(request) > 0 ? { kind: 'answer', text: 'Начал.' } : call('run_in_background', { tasks });
  });
  await desk.start();
  await say(page, 'Сравни все договоры');
  await expect(log(page).getByText('Работаю над этим в фоне', { exact: false })).toBeVisible();
  await expect(log(page).getByText('Начал.')).toBeVisible();
  await say(page, 'Между делом: который час?');
  await expect(log(page).getByText('Отвечаю сразу.')).toBeVisible();
  await expect(log(page).getByText('Работа в фоне закончена.')).toBeHidden();

  result.resolve({ kind: 'answer', text: 'Договоры различаются сроком.' });
  const ready = answers(page).filter({ hasText: 'Работа в фоне закончена.' });
  await expect(ready).toContainText('Договоры различаются сроком.');
  await ready.getByRole('button', { name: 'Показать шаги' }).click();
  await expect(page.getByRole('article', { name: 'Сравнение' })).toBeVisible();
});

test('what asks first still asks after the program was killed, and once allowed it is done once', async ({ page }) => {
  desk = await openAnsweringDesk(page, request =>
    toolResults(request) > 0
      ? { kind: 'answer', text: 'План записан.' }
      : call('write_file', { path: 'Заметки/план.md', text: 'Сначала маяк.', replace: false }),
  );
  const notes = join(desk.root, 'Заметки');
  mkdirSync(notes);
  await desk.konspekt('reach', 'grant', notes, '--write');
  await desk.start();
  await say(page, 'Запиши план');
  const card = page.getByRole('group', { name: 'Нужно ваше разрешение' });
  await expect(card).toBeVisible();
  await desk.kill();
  expect(readdirSync(notes)).toEqual([]);

  await desk.start();
  await openChat(page, 'Запиши план');
  await expect(card.getByText('Сначала маяк.', { exact: false })).toBeVisible();
  expect(readdirSync(notes)).toEqual([]);
  await card.getByRole('button', { name: 'Разрешить', exact: true }).click();
  await expect(answers(page).last()).toContainText('План записан.');
  await expect(card).toBeHidden();
  const file = join(notes, 'план.md');
  expect(readFileSync(file, 'utf8')).toBe('Сначала маяк.');
  // A second writing would have been refused to the model: the file is not to be replaced.
  expect(desk.server.requests.map(toolResults)).toEqual([0, 1]);
  expect(desk.server.requests[1]?.lastText).toContain('создан');

  // Nor is it done again by another life of the program.
  const { mtimeMs } = statSync(file);
  await desk.kill();
  await desk.start();
  await openChat(page, 'Запиши план');
  await expect(answers(page).last()).toContainText('План записан.');
  expect([readdirSync(notes), statSync(file).mtimeMs, desk.server.requests.length]).toEqual([['план.md'], mtimeMs, 2]);
});

test('an agent of ten steps that was killed in its middle finishes, and nothing is asked or done twice', async ({ page }) => {
  const steps = 10;
  const killedAt = 5;
  const counting = await startCountingServer();
  try {
    const middle = Promise.withResolvers<null>();
    const never = Promise.withResolvers<ScriptedReply>();
    const answered: number[] = [];
    desk = await openAnsweringDesk(page, (request: ModelRequest) => {
      const at = toolResults(request);
      // The call in whose middle the program dies gives nothing, and is the only one to be made again.
      if (at === killedAt && request.number === killedAt + 1) {
        middle.resolve(null);
        return never.promise;
      }
      answered.push(at);
      return at < steps ? call('mcp__counting__mark', { at }) : { kind: 'answer', text: 'Все десять отмечены.' };
    });
    await desk.konspekt('mcp', 'add', 'counting', '--url', counting.url);
    await desk.konspekt('mcp', 'choose', 'counting', '--harmless', 'mark', '--agents', 'assistant');
    await desk.start();
    await say(page, 'Отметь десять');
    await middle.promise;
    await desk.kill();
    never.resolve({ kind: 'hang' });
    expect(counting.marks).toEqual([0, 1, 2, 3, 4]);

    await desk.start();
    await openChat(page, 'Отметь десять');
    await expect(answers(page).last()).toContainText('Все десять отмечены.');
    expect(counting.marks).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(answered).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(desk.server.requests.length).toBe(steps + 2);
  } finally {
    await counting.close();
  }
});

test('an agent of ten steps whose process dies within a call of a tool finishes, and no step is done twice', async ({ page }) => {
  test.skip(process.platform !== 'linux', 'Its process is found by what the kernel of Linux tells.');
  const steps = 10;
  const within = Promise.withResolvers<null>();
  const released = Promise.withResolvers<undefined>();
  let calls = 0;
  const counting = await startCountingServer(async at => {
    calls += 1;
    if (at !== 5 || calls !== 6) return;
    within.resolve(null);
    await released.promise;
    throw new Error('Nobody waits for this call any more.');
  });
  try {
    desk = await openAnsweringDesk(page, (request: ModelRequest) => {
      const at = toolResults(request);
      return at < steps ? call('mcp__counting__mark', { at }) : { kind: 'answer', text: 'Все десять отмечены.' };
    });
    await desk.konspekt('mcp', 'add', 'counting', '--url', counting.url);
    await desk.konspekt('mcp', 'choose', 'counting', '--harmless', 'mark', '--agents', 'assistant');
    await desk.start();
    await say(page, 'Отметь десять');
    await within.promise;
    expect(desk.killAgents()).toBeGreaterThan(0);
    // In the same window, without anybody doing anything.
    await expect(answers(page).last()).toContainText('Все десять отмечены.', { timeout: 20_000 });
    expect(counting.marks).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(desk.server.requests.map(toolResults)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  } finally {
    released.resolve(undefined);
    await counting.close();
  }
});

for (const way of ['the command', 'the button'] as const)
  test(`a person sends work to the background by ${way}, and its result comes as a message that leads to the run`, async ({ page }) => {
    const result = Promise.withResolvers<ScriptedReply>();
    desk = await openAnsweringDesk(page, async request =>
      request.lastText.includes('Между делом') ? { kind: 'answer', text: 'Отвечаю сразу.' } : result.promise,
    );
    await desk.start();
    if (way === 'the button') await page.getByRole('button', { name: 'В фоне', exact: true }).click();
    await say(page, way === 'the command' ? '/фон Сравни договоры' : 'Сравни договоры');
    await expect(log(page).getByText('Работаю над этим в фоне', { exact: false })).toBeVisible();
    // The chat stays free, and the next message is an ordinary one.
    await say(page, 'Между делом: который час?');
    await expect(log(page).getByText('Отвечаю сразу.')).toBeVisible();
    result.resolve({ kind: 'answer', text: 'Договоры различаются сроком.' });
    const ready = answers(page).filter({ hasText: 'Работа в фоне закончена.' });
    await expect(ready).toContainText('Договоры различаются сроком.');
    await ready.getByRole('button', { name: 'Показать шаги' }).click();
    await expect(page.getByRole('article', { name: 'Сравни договоры' })).toBeVisible();
    expect(desk.server.requests.filter(({ lastText }) => lastText.includes('Сравни договоры'))).toHaveLength(1);
  });

test('an answer waits for a model that is away, then for one that asks for patience, and goes on by itself', async ({ page }) => {
  const asked: number[] = [];
  const waitS = 2;
  desk = await openAnsweringDesk(page, (): ScriptedReply => {
    asked.push(performance.now());
    return asked.length === 1 ? { kind: 'refusal', status: 429, retryAfter: String(waitS) } : { kind: 'answer', text: 'Теперь могу.' };
  });
  await desk.start();
  await say(page, 'Спрошу сразу');
  const answer = answers(page).last();
  await expect(answer).toContainText(/Попытка 2 из|Ждёт поставщика/u);
  await expect(answer).toContainText('Теперь могу.');
  const [first = 0, second = 0] = asked;
  expect(second - first).toBeGreaterThanOrEqual(waitS * 1_000);
  expect(asked).toHaveLength(2);

  await desk.leave();
  await say(page, 'Ты здесь?');
  await expect(answer).toContainText('Ждёт сети');
  await desk.comeBack();
  // It looks again after half a minute.
  await expect(answer).toContainText('Теперь могу.', { timeout: 60_000 });
  expect(asked).toHaveLength(3);
});
