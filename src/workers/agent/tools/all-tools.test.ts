import { expect, test } from 'vitest';
import { agentToolContext } from '../../../../test/support/agent-tool-context.ts';
import { agentInput } from '../../../../test/support/workers/agent-input.ts';
import { ownTools } from '../../../shared/domain/agent.ts';
import { runInBackground } from './run-in-background.ts';
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

test('what a person is asked has no language: a yes holds when the program has come to speak another one', async () => {
  const inputs: Readonly<Partial<Record<string, object>>> = {
    fetch_page: { url: 'https://example.org/?q=words+of+the+journal' },
    search_web: { query: 'word '.repeat(60) },
    write_file: { path: 'Notes/plan.md', text: 'x' },
    add_source: { url: 'https://example.org', title: 'x', why: 'x' },
    schedule_job: { title: 'x', task: 'x', cron: '0 9 * * 1' },
  };
  const reach = { webSearch: { kind: 'searxng', url: 'http://127.0.0.1:1', apiKey: null } } as const;
  for (const tool of allTools) {
    const asking = tool.asksFirst?.bind(tool);
    if (asking === undefined) continue;
    const input = tool.input.parse(inputs[tool.name]);
    const [ru, en] = await Promise.all((['ru', 'en'] as const).map(async language => asking(input, agentToolContext({ reach, language }))));
    expect(ru, tool.name).toMatchObject({ action: expect.anything() });
    expect(ru, tool.name).toEqual(en);
  }
});

test('a part of a task is never a plan: it could not begin the parts of it', () => {
  const told = (depth: number) =>
    JSON.stringify(modelTool(runInBackground, agentInput('http://127.0.0.1:1/v1', { agent: 'planner', depth })));
  expect(told(0)).toContain('"planner"');
  expect(told(1)).not.toContain('planner');
  expect(told(1)).toContain('allOrNothing');
  // What a browser has found goes to the chat: it is begun by the assistant, and is no part either.
  expect(told(0)).not.toContain('"browser"');
  expect(JSON.stringify(modelTool(runInBackground, agentInput('http://127.0.0.1:1/v1')))).toContain('"browser"');
});
