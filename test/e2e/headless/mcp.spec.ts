// Servers of other programs, as a person adds, allows and uses them: two real ones from npm, started by the built program.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { serverScript } from '../../support/mcp/http-server.ts';
import type { ScriptedReply } from '../../support/scripted-models/script.ts';
import { answers, call, openAnsweringDesk, say, toolResults, type AgentDesk } from './agent-desk.ts';

let desk: AgentDesk | null = null;
test.afterEach(async () => {
  await desk?.clear();
  desk = null;
});

async function addServer(page: Page, name: string, args: readonly string[]): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Добавить сервер' }).click();
  await dialog.getByLabel('Название', { exact: true }).fill(name);
  await dialog.getByLabel('Программа', { exact: true }).fill(process.execPath);
  await dialog.getByLabel('Аргументы').fill(args.join('\n'));
  await dialog.getByRole('button', { name: 'Сохранить и проверить' }).click();
  await expect(row(page, name).getByText(/\d+ инструмент/u)).toBeVisible();
}
const row = (page: Page, name: string) =>
  page
    .getByRole('list', { name: 'Серверы' })
    .locator('.mcp-server')
    .filter({ has: page.getByText(name, { exact: true }) });

test('real servers are added and tested, ask before they change, and are there again after a wait and a kill, with nothing done twice', async ({
  page,
}) => {
  const inFolder = (name: string) => join(desk?.root ?? '', 'Files', name);
  const write = (name: string): ScriptedReply => call('mcp__files__write_file', { path: inFolder(name), content: `Текст ${name}` });
  const echo = (message: string): ScriptedReply => call('mcp__everything__echo', { message });
  const startedAfter: number[] = [];
  const servers = () => desk?.running('@modelcontextprotocol') ?? [];
  desk = await openAnsweringDesk(page, request => {
    startedAfter[toolResults(request)] = servers().length;
    const mayWrite = JSON.stringify(request.body['tools']).includes('mcp__files__write_file');
    const steps = [echo('до ожидания'), ...(mayWrite ? [write('one.txt'), write('two.txt'), echo('после ожидания')] : [])];
    return steps[toolResults(request)] ?? { kind: 'answer', text: mayWrite ? 'Оба файла записаны.' : 'Писать файлы нечем.' };
  });
  // What these two can do does not fit into the four thousand tokens that a model is taken to have.
  await desk.konspekt('models', 'use', 'chat', 'scripted', 'scripted', '--context', '65536');
  const folder = join(desk.root, 'Files');
  mkdirSync(folder);
  await desk.start();

  await page.getByRole('button', { name: 'Настройки', exact: true }).click();
  await page.getByRole('tab', { name: 'Помощник' }).click();
  await page.getByRole('button', { name: 'Настроить серверы' }).click();
  await addServer(page, 'everything', [serverScript('everything')]);
  await addServer(page, 'files', [serverScript('filesystem'), folder]);
  const everything = row(page, 'everything');
  await everything.getByText('Доступ и инструменты').click();
  await expect(everything.getByRole('switch', { name: 'Ассистент' })).toBeChecked();
  await everything.getByRole('switch', { name: 'Вызывать без вопроса: echo' }).click();
  const files = row(page, 'files');
  await files.getByText('Доступ и инструменты').click();
  const forAssistant = files.getByRole('switch', { name: 'Ассистент' });
  await forAssistant.click();
  await expect(forAssistant).not.toBeChecked();
  await page.keyboard.press('Escape');

  // Switched off for the assistant, it is not even told of.
  await say(page, 'Запиши файлы');
  await expect(answers(page).last()).toContainText('Писать файлы нечем.');
  expect(desk.server.requests[1]?.lastText).toContain('до ожидания');

  await page.getByRole('button', { name: 'Настройки', exact: true }).click();
  await page.getByRole('tab', { name: 'Помощник' }).click();
  await page.getByRole('button', { name: 'Настроить серверы' }).click();
  await files.getByText('Доступ и инструменты').click();
  await forAssistant.click();
  await expect(forAssistant).toBeChecked();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Новый чат' }).first().click();
  await say(page, 'Теперь запиши файлы');
  const card = page.getByRole('group', { name: 'Нужно ваше разрешение' });
  await expect(card).toContainText('Вызвать «write_file» MCP-сервера «files»?');
  await expect(card).toContainText('Текст one.txt');
  await card.getByRole('button', { name: 'Разрешить', exact: true }).click();
  await expect(card).toContainText('Текст two.txt');
  expect(readFileSync(inFolder('one.txt'), 'utf8')).toBe('Текст one.txt');
  // Nobody knows how long a person thinks: no server is kept running for it.
  await expect.poll(servers).toEqual([]);
  // A first call that were made again would put it back.
  rmSync(inFolder('one.txt'));
  await desk.kill();

  await desk.start();
  await page.getByRole('navigation').getByText('Теперь запиши файлы').first().click();
  await expect(card).toContainText('Текст two.txt');
  expect(existsSync(inFolder('two.txt'))).toBe(false);
  await card.getByRole('button', { name: 'Разрешить', exact: true }).click();
  await expect(answers(page).last()).toContainText('Оба файла записаны.');
  expect(readFileSync(inFolder('two.txt'), 'utf8')).toBe('Текст two.txt');
  expect(existsSync(inFolder('one.txt'))).toBe(false);
  // The server that was used before the wait is there again after it.
  expect(desk.server.requests.at(-1)?.lastText).toContain('после ожидания');
  if (process.platform === 'linux') expect(startedAfter[4]).toBeGreaterThan(1);
  expect(desk.server.requests.slice(-5).map(toolResults)).toEqual([0, 1, 2, 3, 4]);
});
