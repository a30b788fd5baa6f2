import { expect, test } from 'vitest';
import { agentInput } from '../../../../test/support/workers/agent-input.ts';
import { ownTools } from '../../../shared/domain/agent.ts';
import { modelTool } from '../loop/agent-setup.ts';
import { allTools } from './all-tools.ts';

test('each is one of the program, there once, and told of in both languages', () => {
  const names = allTools.map(({ name }) => name);
  expect(ownTools).toEqual(expect.arrayContaining(names));
  expect(new Set(names).size).toBe(names.length);
  for (const { description } of allTools) {
    expect(description.ru).toMatch(/[а-я]/u);
    expect(description.en).not.toMatch(/[а-я]/iu);
  }
});

test('each is shown with a schema that every wire takes: an object, and nothing beside what it names', () => {
  for (const tool of allTools) {
    const { inputSchema } = modelTool(tool, agentInput('http://127.0.0.1:1/v1'));
    expect(inputSchema, tool.name).toMatchObject({ type: 'object', additionalProperties: false });
    expect(JSON.stringify(inputSchema)).not.toContain('$schema');
  }
});

test('none takes what it does not name', () => {
  for (const tool of allTools) expect(tool.input.safeParse({ surprise: 1 }).success, tool.name).toBe(false);
});
