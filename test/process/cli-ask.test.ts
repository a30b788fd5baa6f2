import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exitCodes } from '../../src/main/headless/exit-codes.ts';
import { startCommand } from '../support/program/command.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { startScriptedServer } from '../support/scripted-models/scripted-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

function dataFolder(onTestFinished: (then: () => void) => void) {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  return { dataDir: join(folder.path, 'data'), file: join(folder.path, 'lighthouse.txt') };
}

test('without a model the answer is made of passages, or says that there is none', async ({ onTestFinished }) => {
  const { dataDir, file } = dataFolder(onTestFinished);
  writeFileSync(file, 'The lighthouse was built in 1871 on a bare rock. Its keeper kept bees and wrote letters to his sister.');
  const found = await startCommand(['ask', 'When was the lighthouse built?', '--file', file], { dataDir }).ended;
  expect(found).toMatchObject({ code: exitCodes.done });
  expect(found.stdout).toContain('1871');
  expect(found.stderr).toContain('No model is connected');
  const none = await startCommand(['ask', 'Who sells trombones?', '--chat', 'When was'], { dataDir }).ended;
  expect(none).toMatchObject({ code: exitCodes.issues });
  expect(await startCommand(['ask', 'x', '--chat', 'no such chat'], { dataDir }).ended).toMatchObject({ code: exitCodes.notFound });
  const background = await startCommand(['ask', 'Compare them', '--chat', 'When was', '--background'], { dataDir }).ended;
  expect(background).toMatchObject({ code: exitCodes.failed, stdout: '' });
});

test('a model answers; its refusal is told in words, and Ctrl+C keeps what is written', async ({ onTestFinished }) => {
  const { dataDir } = dataFolder(onTestFinished);
  const server = await startScriptedServer({ script: [{ kind: 'answer', text: 'Hello from the model.' }] });
  onTestFinished(() => server.close());
  const added = await startCommand(['models', 'add', server.baseUrl, '--name', 'Local'], { dataDir }).ended;
  expect(added).toMatchObject({ code: exitCodes.done });
  expect(await startCommand(['models', 'use', 'chat', 'Local', 'scripted'], { dataDir }).ended).toMatchObject({ code: exitCodes.done });
  expect(await startCommand(['ask', 'Hello?'], { dataDir }).ended).toMatchObject({
    code: exitCodes.done,
    stdout: 'Hello from the model.\n',
  });
  server.setScript([{ kind: 'refusal', status: 401, error: { message: 'no' } }]);
  const refused = await startCommand(['ask', 'Hello?'], { dataDir }).ended;
  expect(refused).toMatchObject({ code: exitCodes.failed });
  expect(refused.stderr).toContain('did not accept the key');
  const asked = Promise.withResolvers<null>();
  server.setScript(() => {
    asked.resolve(null);
    return { kind: 'answer', text: Array.from({ length: 500 }, () => 'word '), delivery: { tokensPerSecond: 20 } };
  });
  const command = startCommand(['ask', 'At length, please'], { dataDir });
  await asked.promise;
  command.signal('SIGINT');
  expect(await command.ended).toMatchObject({ code: exitCodes.cancelled });
});
