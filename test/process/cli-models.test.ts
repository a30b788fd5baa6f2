// Providers and models on the command line, with the built program, a real worker and a scripted server.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { failOnLeaks } from '../support/leaks.ts';
import { runCommand, type CommandEnd, type CommandOptions } from '../support/program/command.ts';
import { startScriptedServer, type ScriptedServer } from '../support/scripted-models/scripted-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

const key = 'sk-command-line-0123456789';
let dataDir: string;
let server: ScriptedServer;

beforeEach(async ({ onTestFinished: afterwards }) => {
  const temporary = tempFolder();
  dataDir = join(temporary.path, 'data');
  server = await startScriptedServer({ script: [{ kind: 'answer', text: 'OK' }], flavour: 'open_router', apiKey: key });
  vi.stubEnv('KONSPEKT_TEST_KEY', key);
  afterwards(async () => {
    vi.unstubAllEnvs();
    await server.close();
    temporary.remove();
  });
});

const konspekt = (args: readonly string[], options: Partial<CommandOptions> = {}): Promise<CommandEnd> =>
  runCommand(['models', ...args], { dataDir, ...options });

test('a provider is added, used, tested and removed, and its key is nowhere to be read', async () => {
  expect((await konspekt([], { language: 'ru' })).stdout).toMatch(/^Поставщиков нет/u);
  const added = await konspekt(['add', server.baseUrl, '--name', 'Scripted', '--key-env', 'KONSPEKT_TEST_KEY']);
  expect(added).toMatchObject({ code: 0, stdout: 'Scripted: added, models: 1\n' });
  expect(added.stderr).toMatch(/^There is no keyring here/u);
  expect(await konspekt(['use', 'chat', 'scripted', 'scripted'])).toMatchObject({
    code: 0,
    stdout: 'chat: scripted (Scripted)  context 32768  free of charge\n',
  });
  expect((await konspekt(['price', 'scripted', 'scripted', '--input', '2.5', '--output', '10'])).stdout).toBe(
    'scripted: $2.5 for a million tokens of input, $10 for a million it writes\n',
  );
  expect((await konspekt(['list'])).stdout).toContain('chat: scripted (Scripted)  context 32768  $2.5 / $10 a million tokens\n');
  expect((await konspekt(['price', 'scripted', 'scripted'])).stdout).toBe('scripted: your price is forgotten\n');
  expect((await konspekt(['price', 'scripted', 'scripted', '--input', '1'])).code).toBe(2);
  expect((await konspekt(['test', 'Scripted'])).stdout).toMatch(/^scripted answers, its first word after \d+ ms\n$/u);
  const listed = await konspekt(['list', '--json']);
  expect(JSON.parse(listed.stdout)).toMatchObject({
    providers: [{ name: 'Scripted', hasKey: true }],
    choices: { chat: { modelId: 'scripted' } },
    answering: { can: true },
    secrets: 'weak',
  });
  expect(listed.stdout + added.stdout + added.stderr + everyByte(dataDir)).not.toContain('0123456789');
  expect((await konspekt(['remove', 'Scripted'])).code).toBe(0);
  expect(await konspekt(['test', 'Scripted'], { language: 'ru' })).toMatchObject({
    code: 6,
    stderr: expect.stringContaining('«Scripted» нет'),
  });
});

test('what the provider refuses is said in both languages, with what helps', async () => {
  expect(await konspekt(['add', server.baseUrl, '--name', 'Scripted'])).toMatchObject({
    code: 4,
    stdout: expect.stringContaining('not accept the key'),
  });
  expect(await konspekt(['add', 'http://models.example.com/v1', '--key-env', 'KONSPEKT_TEST_KEY'], { language: 'ru' })).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('незашифрованным'),
  });
  expect(await konspekt(['add', server.baseUrl, '--key-env', 'KONSPEKT_NO_KEY'])).toMatchObject({ code: 2 });
});

function everyByte(path: string): string {
  return readdirSync(path)
    .map(name => join(path, name))
    .map(file => (statSync(file).isDirectory() ? everyByte(file) : readFileSync(file).toString('latin1')))
    .join('\n');
}
