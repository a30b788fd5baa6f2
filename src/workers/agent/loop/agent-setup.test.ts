import { expect, test } from 'vitest';
import { z } from 'zod';
import { agentInput } from '../../../../test/support/workers/agent-input.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { assistant } from '../agents/assistant.ts';
import { allTools } from '../tools/all-tools.ts';
import type { Tool } from '../tools/tool.ts';
import { agentSetup } from './agent-setup.ts';

function foreign(name: string): Tool {
  const [first] = allTools;
  if (first === undefined) throw new Error('There are no tools.');
  return { ...first, name, description: { ru: 'Делает. '.repeat(40), en: 'Does. '.repeat(40) }, input: z.strictObject({}) };
}

interface SetupOptions {
  readonly contextTokens: number;
  readonly extra: readonly Tool[];
  readonly language?: Language;
  readonly wishes?: string;
}

function setupOf({ contextTokens, extra, language = 'ru', wishes = '' }: SetupOptions) {
  const { connection, ...input } = agentInput('http://127.0.0.1:1/v1', { language, wishes });
  return agentSetup({ agent: assistant, input: { ...input, connection: { ...connection, contextTokens } }, own: allTools, extra });
}

test('where all tools fit, the prompt is the agent’s own', () => {
  const { prompt, tools } = setupOf({ contextTokens: 65_536, extra: [foreign('mcp__files__read')] });
  expect(prompt).toBe(assistant.prompt.ru);
  expect(tools).toContain('mcp__files__read');
});

test.for(['ru', 'en'] as const)(
  'what the person wants of every answer follows the agent’s own words, and takes its room from the tools, in %s',
  language => {
    const wishes = 'Отвечай коротко. '.repeat(100).trim();
    const extra = Array.from({ length: 30 }, (_, at) => foreign(`mcp__files__tool${at}`));
    const { prompt, tools } = setupOf({ contextTokens: 8_192, extra, language, wishes });
    expect(prompt.startsWith(`${assistant.prompt[language]}\n\n`)).toBe(true);
    expect(prompt).toContain(`:\n${wishes}`);
    expect(tools.length).toBeLessThan(setupOf({ contextTokens: 8_192, extra, language }).tools.length);
  },
);

test.for(['ru', 'en'] as const)('tools that do not fit are named to the model, with the reason and the cure, in %s', language => {
  const extra = Array.from({ length: 30 }, (_, at) => foreign(`mcp__files__tool${at}`));
  const { prompt, tools } = setupOf({ contextTokens: 4_096, extra, language });
  expect(prompt.startsWith(assistant.prompt[language])).toBe(true);
  const added = prompt.slice(assistant.prompt[language].length);
  const missing = extra.map(({ name }) => name).filter(name => !tools.includes(name));
  expect(missing.length).toBeGreaterThan(10);
  for (const name of tools) expect(added).not.toMatch(new RegExp(`${name}\\b`, 'u'));
  expect(added).toMatch(/mcp__files__tool\d+/u);
  expect(added).toContain('4096');
  // However many there are, what is said of them takes little of what room there is.
  expect(added.length).toBeLessThan(700);
});

test('what a person has added comes before what they have a button for', () => {
  const extra = [{ ...foreign('mcp__files__read'), description: { ru: 'Читает.', en: 'Reads.' } }];
  const { tools } = setupOf({ contextTokens: 4_096, extra });
  expect(tools).toEqual(expect.arrayContaining(['run_in_background', 'mcp__files__read']));
  expect(tools).not.toContain('schedule_job');
  expect(setupOf({ contextTokens: 16_384, extra }).tools).toContain('schedule_job');
});
