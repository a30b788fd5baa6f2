import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mutants } from './mutants.ts';

const source = new URL('../../../src/main/', import.meta.url);

describe('each mutant is one place of the code as it is', () => {
  test.each(mutants.map(mutant => [mutant.name, mutant] as const))('%s', (_, { file, from }) => {
    expect(readFileSync(new URL(file, source), 'utf8').split(from)).toHaveLength(2);
  });
});
