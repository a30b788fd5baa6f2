import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { contract } from '../../shared/contract/contract.ts';
import { requestFault } from './request-fault.ts';

function faultOf(schema: z.ZodType, input: unknown): string {
  const parsed = schema.safeParse(input);
  if (parsed.success) throw new Error('It took the input.');
  return requestFault(parsed.error, input);
}

describe('what a request has that its contract does not take', () => {
  test.each([
    [{ cron: '0 9 * * *', timeZone: 'UTC', count: 1000 }, '"count" is 1000; it takes at most 100.'],
    [{ cron: '1'.repeat(10_000), timeZone: 'UTC', count: 1 }, '"cron" has 10000 characters; it takes at most 2000.'],
    [{ cron: 5, timeZone: 'UTC', count: 1 }, '"cron" is 5; it takes text.'],
    [{ timeZone: 'UTC', count: 1 }, '"cron" is missing; it takes text.'],
    [{ cron: '@daily', timeZone: 'UTC', count: 1, frob: 1 }, 'The request has "frob", which it does not take.'],
    [null, 'The request is null; it takes an object.'],
  ])('%#', (input, sentence) => {
    expect(faultOf(contract['schedules.preview'].input, input)).toBe(sentence);
  });

  test('names the values that are taken, the place inside and the form', () => {
    const schema = z.strictObject({ a: z.strictObject({ b: z.enum(['x', 'y']) }), id: z.uuid() });
    expect(faultOf(schema, { a: { b: 'z' }, id: 'nope' })).toBe(
      '"a.b" is "z"; it takes one of "x", "y". "id" is "nope"; it does not have the form of an id (UUID).',
    );
  });

  test('stays short whatever is given', () => {
    const input = { list: Array.from({ length: 1_000 }, () => 'x'.repeat(100_000)) };
    const sentence = faultOf(z.strictObject({ list: z.array(z.number()) }), input);
    expect(sentence.length).toBeLessThan(1_000);
    expect(sentence).toMatch(/And 995 more\.$/u);
  });
});
