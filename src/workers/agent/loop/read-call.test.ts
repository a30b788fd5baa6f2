import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Tool } from '../tools/tool.ts';
import { readCall } from './read-call.ts';

const echo: Tool<Record<string, unknown>> = {
  name: 'echo',
  description: { ru: 'Повторяет.', en: 'Echoes.' },
  input: z.record(z.string(), z.unknown()),
  changesOutside: false,
  run: () => ({ text: '' }),
};
const read = (input: string) => readCall({ id: 'c1', tool: 'echo', input }, new Map([['echo', echo]]), 'en');

test.for(['{"a":1}', '```{"a":1}```', '```json\n {"a":1}\n```', '  ```json\n{"a":1}```  ', JSON.stringify('{"a":1}')])(
  'reads what models put around an input: %s',
  input => {
    expect(read(input)).toMatchObject({ input: { a: 1 } });
  },
);

test.for(['', '``````', '```json```', 'null'])('takes nothing for an empty input: "%s"', input => {
  expect(read(input)).toMatchObject({ input: {} });
});

test('says so of a fence that is not closed, with however many blanks', () => {
  expect(read(`\`\`\`{${'\n'.repeat(99_000)}}`)).toMatchObject({ problem: expect.stringContaining('not JSON') });
});
