import { expect, test } from 'vitest';
import type { z } from 'zod';
import { contract } from '../../src/shared/contract/contract.ts';

/** A route that changes here changes for every window and script: the snapshot makes that a decision. */
test('the names, kinds and codes of the contract are the agreed ones', () => {
  const surface = Object.fromEntries(
    Object.entries(contract).map(([name, spec]) => [
      name,
      spec.kind === 'event' ? 'event' : `${spec.kind} ${[...spec.errors].sort().join(' ')}`.trim(),
    ]),
  );
  expect(surface).toMatchSnapshot();
});

test('every input refuses fields that it does not know', () => {
  for (const [name, spec] of Object.entries(contract)) {
    if (spec.kind === 'event') continue;
    const parsed = (spec.input as z.ZodType).safeParse({ unknownField: 1 });
    expect(parsed.success, name).toBe(false);
    expect(JSON.stringify(parsed.error?.issues), name).toContain('unrecognized_keys');
  }
});
