import { expect, test } from 'vitest';
import { addressesIn } from './seen-addresses.ts';

test('an address is known without what stands behind it in a sentence', () => {
  const found = addressesIn('See (https://a.example/page**). And b.example/x?q=1, or mail c@d.example.');
  expect(found).toContain('a.example/page');
  expect(found).toContain('b.example/x?q=1');
  expect(found).not.toContain('d.example');
});

test('an endless address is no work without end', () => {
  const endless = `https://a.example/${')'.repeat(3_000)}`;
  expect(addressesIn(endless).size).toBeLessThan(10);
  expect(addressesIn(`https://a.example/${'x)'.repeat(100_000)} https://b.example/y`)).toEqual(new Set(['b.example/y']));
});
