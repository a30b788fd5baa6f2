// `konspekt search`, beside the built program, with a real worker and a scripted server of embeddings.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { failOnLeaks } from '../support/leaks.ts';
import { patienceMs } from '../support/patience.ts';
import { runCommand, type CommandEnd, type CommandOptions } from '../support/program/command.ts';
import { startBuilt } from '../support/program/running-program.ts';
import { embedParaphrase, paraphrase } from '../support/scripted-models/paraphrase.ts';
import { startScriptedServer, type ScriptedServer } from '../support/scripted-models/scripted-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

let folder: string;
let dataDir: string;
let server: ScriptedServer;

beforeEach(async ({ onTestFinished: afterwards }) => {
  const temporary = tempFolder();
  folder = temporary.path;
  dataDir = join(folder, 'data');
  server = await startScriptedServer({ script: [{ kind: 'answer', text: 'OK' }], embed: embedParaphrase });
  afterwards(async () => {
    await server.close();
    temporary.remove();
  });
});

const konspekt = (args: readonly string[], options: Partial<CommandOptions> = {}): Promise<CommandEnd> =>
  runCommand(args, { dataDir, ...options });

test('where there is nothing, it says so in both languages', async () => {
  expect(await konspekt(['search', 'крыша'], { language: 'ru' })).toEqual({ code: 0, stdout: '', stderr: 'Ничего не нашлось.\n' });
  expect(await konspekt(['search', 'roof', '--json'])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect((await konspekt(['search', '--status'], { language: 'ru' })).stdout).toBe(
    'По словам находится всё прочитанное.\nМодель для поиска по смыслу не выбрана: konspekt models use embeddings …\n',
  );
  expect(await konspekt(['search', 'roof', '--limit', 'many'])).toMatchObject({ code: 2, stdout: '' });
});

test('passages are found by words, and by meaning once a model is chosen', async () => {
  const program = await startBuilt(dataDir);
  for (const [name, text] of [
    ['кот.txt', paraphrase.document],
    ['крыша.txt', paraphrase.other],
  ] as const)
    writeFileSync(join(folder, name), text);
  expect(await konspekt(['add', join(folder, 'кот.txt'), join(folder, 'крыша.txt')])).toMatchObject({ code: 0 });
  await expect
    .poll(async () => (await konspekt(['search', 'крыши'])).stdout, { timeout: patienceMs })
    .toMatch(/^\S+ {2}крыша\.txt {2}Кровельщики/u);
  expect((await konspekt(['search', paraphrase.question])).stderr).toBe('Nothing found.\n');

  expect(await konspekt(['models', 'add', server.baseUrl, '--name', 'Scripted'])).toMatchObject({ code: 0 });
  expect(await konspekt(['models', 'use', 'embeddings', 'scripted', 'scripted'])).toMatchObject({ code: 0 });
  const status = async (): Promise<unknown> => JSON.parse((await konspekt(['search', '--status', '--json'])).stdout);
  await expect
    .poll(status, { timeout: patienceMs })
    .toMatchObject({ textsToIndex: 0, meaning: { modelId: 'scripted', done: 2, total: 2, isLoaded: true, error: null } });
  expect((await konspekt(['search', '--status'])).stdout).toContain('By meaning (scripted): 2 of 2 passages are ready.');

  // A model that does not answer in time leaves the words alone: asked again it is remembered.
  const found = async (): Promise<CommandEnd> => konspekt(['search', paraphrase.question, '--json', '--limit', '1']);
  await expect.poll(async () => (await found()).stdout, { timeout: patienceMs }).toContain('кот.txt');
  const { code, stderr, stdout } = await found();
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ title: 'кот.txt', snippet: { text: paraphrase.document } });
  // No model is asked where only the words are looked for.
  const asked = server.embedded.length;
  expect((await konspekt(['search', paraphrase.question, '--words-only'], { language: 'ru' })).stderr).toBe('Ничего не нашлось.\n');
  expect(server.embedded.length).toBe(asked);
  expect(await program.stop()).toBe(0);

  // Without a program the command opens the folder itself, reads the index by meaning into memory, and leaves again.
  const alone = await found();
  expect([alone.code, alone.stderr]).toEqual([0, '']);
  expect(JSON.parse(alone.stdout)).toMatchObject({ title: 'кот.txt', snippet: { text: paraphrase.document } });
  expect((await konspekt(['search', 'крыши'])).stdout).toMatch(/^\S+ {2}крыша\.txt {2}Кровельщики/u);
});
