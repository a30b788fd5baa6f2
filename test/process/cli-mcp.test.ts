// MCP servers on the command line, with the built program and a real server.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { failOnLeaks } from '../support/leaks.ts';
import { serverScript } from '../support/mcp/http-server.ts';
import { runCommand, type CommandEnd, type CommandOptions } from '../support/program/command.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

const secret = 'token-command-line-0123456789';
const hostile = createRequire(import.meta.url).resolve('../support/mcp/hostile-server.ts');
let dataDir: string;

beforeEach(({ onTestFinished: afterwards }) => {
  const temporary = tempFolder();
  dataDir = join(temporary.path, 'data');
  vi.stubEnv('KONSPEKT_TEST_TOKEN', secret);
  afterwards(() => {
    vi.unstubAllEnvs();
    temporary.remove();
  });
});

const konspekt = (args: readonly string[], options: Partial<CommandOptions> = {}): Promise<CommandEnd> =>
  runCommand(['mcp', ...args], { dataDir, ...options });

test('a server is added, listed, marked, tested and removed, and its value is nowhere to be read', async () => {
  expect((await konspekt([], { language: 'ru' })).stdout).toMatch(/^MCP-серверов нет/u);
  const added = await konspekt(['add', 'every', '--env', 'TOKEN=KONSPEKT_TEST_TOKEN', '--', process.execPath, serverScript('everything')]);
  expect(added).toMatchObject({ code: 0, stdout: expect.stringMatching(/^every: works, tools: \d+\n {2}echo\n/u) });
  expect(added.stderr).toMatch(/^There is no keyring here/u);
  expect(await konspekt(['choose', 'every', '--harmless', 'echo', '--agents', 'assistant', 'analyst'])).toMatchObject({ code: 0 });
  const listed = await konspekt(['list']);
  expect(listed.stdout).toContain('for: assistant, analyst');
  expect(listed.stdout).toMatch(/\n {2}echo {2}does not ask/u);
  expect(listed.stdout).toMatch(/\n {2}get-env {2}asks/u);
  const json = await konspekt(['list', '--json']);
  expect(JSON.parse(json.stdout)).toMatchObject({ servers: [{ name: 'every', transport: { env: ['TOKEN'] } }], secrets: 'weak' });
  expect(added.stdout + added.stderr + listed.stdout + json.stdout).not.toContain('0123456789');
  expect((await konspekt(['test', 'every'])).code).toBe(0);
  expect((await konspekt(['remove', 'every'])).code).toBe(0);
  expect(await konspekt(['test', 'every'], { language: 'ru' })).toMatchObject({ code: 6, stderr: expect.stringContaining('«every» нет') });
});

test('what does not work, and what cannot be, is said with what helps', async () => {
  expect(await konspekt(['add', 'bad', '--', process.execPath, hostile, 'dies_at_once'], { language: 'ru' })).toMatchObject({
    code: 4,
    stdout: expect.stringMatching(/bad: не работает.*закрылась.*no such thing/su),
  });
  for (const args of [
    ['add', 'Имя', '--url', 'http://127.0.0.1:1'],
    ['add', 'none'],
    ['add', 'x', '--url', 'http://127.0.0.1:1', '--header', 'X=KONSPEKT_NO_SUCH'],
  ])
    expect((await konspekt(args)).code, args.join(' ')).toBe(2);
});
