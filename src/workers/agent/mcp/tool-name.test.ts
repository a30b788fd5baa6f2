import { expect, test } from 'vitest';
import { toolName } from '../../../shared/domain/agent.ts';
import { modelToolName } from './tool-name.ts';

test('a short plain name stays what it is', () => {
  expect(modelToolName('files', 'read_text-file')).toBe('mcp__files__read_text-file');
});

test('every other is within what a model takes, the same each time, and told apart', () => {
  const server = 'a'.repeat(24);
  const names = ['x'.repeat(34), 'x'.repeat(128), `${'x'.repeat(127)}y`, 'repo/read.file', 'repo.read/file', 'repo_read_file'];
  const mapped = names.map(name => modelToolName(server, name));
  for (const name of mapped) expect(toolName.safeParse(name).success, name).toBe(true);
  expect(new Set(mapped).size).toBe(names.length);
  expect(names.map(name => modelToolName(server, name))).toEqual(mapped);
  expect(modelToolName(server, 'x'.repeat(33))).toBe(`mcp__${server}__${'x'.repeat(33)}`);
});
