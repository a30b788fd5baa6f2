// The settings on the command line: those of the window, kept where the window keeps them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { settings } from '../../src/shared/domain/settings.ts';
import { startWebServer } from '../support/documents/web-server.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { runCommand, type CommandEnd, type CommandOptions } from '../support/program/command.ts';
import { launchHeadless } from '../support/launch-headless.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

let dataDir: string;

beforeEach(({ onTestFinished: afterwards }) => {
  const temporary = tempFolder();
  dataDir = join(temporary.path, 'data');
  afterwards(() => {
    temporary.remove();
  });
});

const konspekt = (args: readonly string[], options: Partial<CommandOptions> = {}): Promise<CommandEnd> =>
  runCommand(['settings', ...args], { dataDir, ...options });

test('are listed with what they mean, read alone, and changed', async () => {
  const listed = await konspekt([], { language: 'ru' });
  expect(listed.stdout).toContain('allowed-hosts  (нет)  — узлы внутренней сети');
  expect(listed.stdout.trim().split('\n')).toHaveLength(Object.keys(settings.shape).length);
  // Looking has written nothing.
  expect(existsSync(join(dataDir, 'settings.json'))).toBe(false);
  expect(await konspekt(['set', 'history-days', '90'])).toEqual({ code: 0, stdout: 'history-days  90\n', stderr: '' });
  expect(await konspekt(['set', 'notify-finished', 'centre'])).toMatchObject({ code: 0 });
  expect(await konspekt(['get', 'history-days'])).toEqual({ code: 0, stdout: '90\n', stderr: '' });
  const { stdout } = await konspekt(['list', '--json']);
  expect(settings.parse(JSON.parse(stdout))).toEqual({ ...settings.parse({}), jobHistoryDays: 90, notifyFinished: 'centre' });
});

test('hosts are added, taken away and replaced; of a whole address the host is meant', async () => {
  const hosts = async (...args: string[]) => (await konspekt(['set', 'allowed-hosts', ...args])).stdout;
  expect(await hosts('--add', 'Wiki.local', 'http://127.0.0.1:8080/page')).toBe('allowed-hosts  wiki.local 127.0.0.1:8080\n');
  expect(await hosts('--add', 'wiki.local', 'nas')).toBe('allowed-hosts  wiki.local 127.0.0.1:8080 nas\n');
  expect(await hosts('--remove', 'wiki.local')).toBe('allowed-hosts  127.0.0.1:8080 nas\n');
  expect(await hosts('nas')).toBe('allowed-hosts  nas\n');
  expect(await hosts()).toBe('allowed-hosts  (none)\n');
});

test('quiet hours have times and days', async () => {
  expect(await konspekt(['set', 'quiet-hours', 'true'])).toMatchObject({ code: 0, stdout: 'quiet-hours  true\n' });
  expect(await konspekt(['set', 'quiet-from', '23:30'])).toMatchObject({ code: 0, stdout: 'quiet-from  23:30\n' });
  expect((await konspekt(['set', 'quiet-days', '--remove', 'Sat', 'sun'])).stdout).toBe('quiet-days  mon tue wed thu fri\n');
  expect((await konspekt(['set', 'quiet-days', 'sun'])).stdout).toBe('quiet-days  sun\n');
});

test('the browser of browser tasks is found or chosen, and as many work at once as fit', async () => {
  expect((await konspekt(['get', 'browser'])).stdout).toBe('auto\n');
  expect(await konspekt(['set', 'browser', '/opt/chrome'])).toEqual({ code: 0, stdout: 'browser  /opt/chrome\n', stderr: '' });
  expect(await konspekt(['set', 'browser', 'auto'])).toEqual({ code: 0, stdout: 'browser  auto\n', stderr: '' });
  expect(await konspekt(['set', 'browser-count', '9'])).toMatchObject({ code: 2, stderr: expect.stringContaining('from 1 to 4') });
});

test('the cure that a blocked address is told with is one', async () => {
  await using server = await startWebServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' }).end('The ferry carries 400 people to the island every day. '.repeat(20));
  });
  const command = ['synopsis', `${server.origin}/ferry`];
  const blocked = await runCommand(command, { dataDir });
  expect(blocked).toMatchObject({ code: 4, stderr: expect.stringContaining('konspekt settings set allowed-hosts --add HOST[:PORT]') });
  expect((await konspekt(['set', 'allowed-hosts', '--add', server.host])).code).toBe(0);
  expect((await runCommand(command, { dataDir })).code).toBe(0);
});

test('a running program hears of a change', async () => {
  const program = await launchHeadless({ dataDir, locale: 'en_US.UTF-8' });
  expect(await konspekt(['set', 'theme', 'dark'])).toMatchObject({ code: 0, stdout: 'theme  dark\n' });
  expect((await konspekt(['get', 'theme'])).stdout).toBe('dark\n');
  expect(await program.stop()).toBe(0);
  expect(JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'))).toMatchObject({ theme: 'dark' });
});

test.each<[args: string[], sentence: string]>([
  [['get', 'colour'], 'There is no setting "colour". There are: language, theme, detail,'],
  [['set', 'theme', 'pink'], '"pink" does not fit theme. What fits: system | light | dark.'],
  [['set', 'history-days', '0'], 'a whole number from 1 to 3650'],
  [['set', 'notify-finished', 'maybe'], 'system | centre | nothing'],
  [['set', 'look-for-updates', 'maybe'], 'true | false'],
  [['set', 'quiet-to', '8'], 'a time from 00:00 to 23:59'],
  [['set', 'quiet-days', 'someday'], 'days of mon tue wed thu fri sat sun'],
  [['set', 'theme'], 'theme takes one value.'],
  [['set', 'theme', '--add', 'dark'], 'theme is not a list'],
  [['set', 'allowed-hosts', 'a/b'], 'at most 100 hosts such as wiki.local'],
])('%s is refused with what fits', async (args, sentence) => {
  const { code, stdout, stderr } = await konspekt(args);
  expect(stderr).toContain(sentence);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});
