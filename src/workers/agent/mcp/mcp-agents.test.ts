import { expect, test } from 'vitest';
import { mcpAgents } from '../../../shared/domain/mcp.ts';
import { allAgents } from '../agents/all-agents.ts';

test('servers are switched on for those agents that take their tools', () => {
  expect(
    allAgents
      .filter(({ takesExtraTools }) => takesExtraTools === true)
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...mcpAgents].sort());
});
