import fc from 'fast-check';
import { expect, test } from 'vitest';
import { measureQuotes, type QuoteRates } from '../bench/quality/quotes/measure-quotes.ts';
import { wanted } from '../bench/quality/quotes/print-quotes.ts';
import { readSet } from '../bench/quality/read-set.ts';

const cases = readSet('dev');
/** Texts of one run, and the share of their sentences: small enough that many settings of them are seen. */
const textsInRun = 6;
const share = 0.25;

test.each(['ru', 'en'] as const)('quotes of typeset texts in %s are found and others are not, however they are set', language => {
  const own = cases.filter(each => each.language === language);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), fc.nat(own.length - textsInRun), (seed, from) => {
      const rates = measureQuotes(own.slice(from, from + textsInRun), { seed, share });
      for (const name of Object.keys(wanted) as (keyof QuoteRates)[]) {
        const { of, right, wrong } = rates[name];
        expect(100 * right, `${name}: ${wrong.join('\n')}`).toBeGreaterThanOrEqual(wanted[name].percent * of);
      }
    }),
    { numRuns: 12 },
  );
});
