// What agents may reach, on the command line, with the built program, a real worker and a search of its own.
import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { startWebServer, type WebServer } from '../support/documents/web-server.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { runCommand, type CommandEnd, type CommandOptions } from '../support/program/command.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

const key = 'BSA-command-line-0123456789';
let dataDir: string;
let notes: string;
let server: WebServer;

beforeEach(async ({ onTestFinished: afterwards }) => {
  const temporary = tempFolder();
  dataDir = join(temporary.path, 'data');
  notes = join(realpathSync(temporary.path), 'Заметки');
  mkdirSync(notes);
  server = await startWebServer((request, response) => {
    if (request.headers['x-subscription-token'] !== key) response.writeHead(422).end('{}');
    else response.end(JSON.stringify({ type: 'search', web: { results: [{ url: 'https://a.example/', title: 'A' }] } }));
  });
  vi.stubEnv('KONSPEKT_TEST_KEY', key);
  afterwards(async () => {
    vi.unstubAllEnvs();
    await server[Symbol.asyncDispose]();
    temporary.remove();
  });
});

const konspekt = (args: readonly string[], options: Partial<CommandOptions> = {}): Promise<CommandEnd> =>
  runCommand(['reach', ...args], { dataDir, ...options });

test('a search is connected, tested and disconnected', async () => {
  expect((await konspekt([], { language: 'ru' })).stdout).toMatch(/^Поиск в интернете не подключён.*\nНи одна папка не открыта/u);
  const connected = await konspekt(['search', server.origin, '--kind', 'brave', '--key-env', 'KONSPEKT_TEST_KEY']);
  expect(connected).toMatchObject({ code: 0, stdout: `Web search: brave  ${server.origin}  with a key\n` });
  expect(connected.stderr).toMatch(/^There is no keyring here/u);
  expect((await konspekt(['test'])).stdout).toMatch(/^The search answers: results 1, \d+ ms\n$/u);
  const listed = await konspekt(['list', '--json']);
  expect(JSON.parse(listed.stdout)).toEqual({
    webSearch: { kind: 'brave', url: server.origin, hasKey: true },
    folders: [],
    secrets: 'weak',
  });
  expect(await konspekt(['no-search'])).toMatchObject({ code: 0 });
  expect(await konspekt(['test'], { language: 'ru' })).toMatchObject({ code: 6, stderr: expect.stringContaining('не подключён') });
  expect(await konspekt(['search', '--kind', 'brave'], { language: 'ru' })).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('только с ключом'),
  });
  expect(await konspekt(['search'])).toMatchObject({ code: 2 });
});

test('folders are granted and taken back', async () => {
  expect(await konspekt(['grant', notes, '--write'])).toMatchObject({ code: 0, stdout: `${notes}: granted, reading and writing\n` });
  expect((await konspekt([])).stdout).toContain(`${notes}  reading and writing\n`);
  expect(await konspekt(['grant', dataDir], { language: 'ru' })).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('открыть нельзя'),
  });
  expect(await konspekt(['grant', join(notes, 'none')], { language: 'ru' })).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('Такой папки нет'),
  });
  expect(await konspekt(['revoke', notes])).toMatchObject({ code: 0 });
  expect(await konspekt(['revoke', notes])).toMatchObject({ code: 6 });
});
