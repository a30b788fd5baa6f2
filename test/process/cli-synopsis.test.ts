// Versions and the audit on the command line, with the built program, real workers and a scripted server.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { failOnLeaks } from '../support/leaks.ts';
import { runCommand, type CommandEnd } from '../support/program/command.ts';
import type { ScriptedReply } from '../support/scripted-models/script.ts';
import { startScriptedServer, type ScriptedServer } from '../support/scripted-models/scripted-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

const told =
  'The store moves on Monday, 12 May. The team has decided to order twenty boxes for the dishes. Anna will hand over the keys by Friday.\n';
const quoting = (quote: string) => [{ source: 1, quote }];

/** Sections with the words of the text as their proof; a judge who holds with the first claim of each call alone. */
function model(lastText: string): ScriptedReply {
  const section = (text: string, quote: string, more: object = {}) => [{ text, quotes: quoting(quote), ...more }];
  const items = lastText.includes('Judge each claim')
    ? [
        { item: 1, verdict: 'supported' },
        { item: 2, verdict: 'not' },
        { item: 3, verdict: 'supported' },
      ]
    : /[“"«]Tasks[”"»]/u.test(lastText)
      ? section('Hand over the keys.', 'Anna will hand over the keys by Friday', { who: 'Anna', due: 'by Friday' })
      : /[“"«]Decisions[”"»]/u.test(lastText)
        ? section('Boxes are bought for everything.', 'The team has decided to order twenty boxes')
        : section('The store moves in May.', 'The store moves on Monday, 12 May');
  return { kind: 'answer', text: JSON.stringify({ items }) };
}

let dataDir: string;
let text: string;
let server: ScriptedServer;
beforeEach(async ({ onTestFinished: afterwards }) => {
  const temporary = tempFolder();
  dataDir = join(temporary.path, 'data');
  text = join(temporary.path, 'store.txt');
  writeFileSync(text, told);
  server = await startScriptedServer({ script: ({ lastText }) => model(lastText) });
  afterwards(async () => {
    await server.close();
    temporary.remove();
  });
});

const konspekt = (...args: readonly string[]): Promise<CommandEnd> => runCommand(args, { dataDir });
const synopsis = (...args: readonly string[]): Promise<CommandEnd> => konspekt('synopsis', ...args);

test('versions are listed, compared, annotated, restored and undone', async () => {
  // So short a text is an issue of its synopsis.
  expect((await synopsis(text, '--template', 'meeting')).code).toBe(3);
  const listed = (): Promise<{ number: number; trigger: string; madeBy: { kind: string }[] }[]> =>
    synopsis('versions', 'store', '--json').then(({ stdout }) => JSON.parse(stdout));
  expect(await listed()).toMatchObject([{ number: 1, trigger: 'request', madeBy: [{ kind: 'extractive' }] }]);
  expect((await synopsis('diff', 'store')).stderr).toContain('There is one version');
  expect((await synopsis('note', 'store', 'Ask Anna.')).code).toBe(0);
  expect((await synopsis('diff', 'store')).stdout).toBe('+ Note: Ask Anna.\n');
  expect(await synopsis('undo', 'store')).toMatchObject({ code: 0, stdout: 'Undone: note. Now version 3.\n' });
  expect(await synopsis('restore', 'store', '1')).toMatchObject({ code: 0, stdout: 'Version 1 is restored as version 4.\n' });
  expect((await listed()).map(({ number, trigger }) => [number, trigger])).toEqual([
    [4, 'restore'],
    [3, 'restore'],
    [2, 'note'],
    [1, 'request'],
  ]);
  expect(await synopsis('restore', 'store', '9')).toMatchObject({ code: 6, stderr: expect.stringContaining('no version 9') });
  expect(await synopsis('accept', 'store')).toMatchObject({ stderr: expect.stringContaining('Nothing is proposed') });
  expect(await synopsis('audit', 'store')).toMatchObject({ stderr: expect.stringContaining('there is nothing to check') });
});

test('with a model connected the synopsis is its work, and what does not hold is named', async () => {
  expect((await konspekt('models', 'add', server.baseUrl, '--name', 'Scripted')).code).toBe(0);
  expect((await konspekt('models', 'use', 'chat', 'scripted', 'scripted')).code).toBe(0);
  // So short a text is an issue of its synopsis.
  expect((await synopsis(text, '--template', 'meeting', '--detail', 'short', '--lang', 'en')).code).toBe(3);
  const { stdout } = await synopsis('versions', 'store', '--json');
  expect(JSON.parse(stdout)).toMatchObject([{ number: 1, madeBy: [{ kind: 'model', model: 'scripted' }] }]);
  const audit = await synopsis('audit', 'store');
  expect(audit.stdout).toMatch(/^not supported: .+\nBacked by quotes: \d+% \(\d+ supported, 0 in part, \d+ not\)\.\n$/u);
  // What is known is read, and nobody is asked again.
  const asked = server.requests.length;
  expect(await synopsis('audit', 'store')).toMatchObject({ code: audit.code, stdout: audit.stdout });
  expect(server.requests.length).toBe(asked);
});
