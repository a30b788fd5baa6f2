import { readSet } from '../read-set.ts';
import { measureQuotes, type QuoteRates } from './measure-quotes.ts';

/** What each figure has to be, in percent. */
export const wanted: Readonly<Record<keyof QuoteRates, { readonly says: string; readonly percent: number }>> = {
  typography: { says: 'other typography, found', percent: 100 },
  numbers: { says: 'changed numbers, rejected', percent: 100 },
  negations: { says: 'changed negations, rejected', percent: 100 },
  foreign: { says: 'quotes of other texts, rejected', percent: 99.5 },
  citations: { says: 'shown as verified, found at their offsets', percent: 100 },
};

/** `npm run bench:quality -- quotes`: the check of quotes on texts set as books are. Returns the exit code. */
export function printQuotes(): number {
  let isReached = true;
  for (const language of ['ru', 'en'] as const) {
    const cases = readSet('dev').filter(each => each.language === language);
    const startedAt = performance.now();
    const rates = measureQuotes(cases);
    console.log(`\nquotes · ${language} (${cases.length} texts, ${Math.round((performance.now() - startedAt) / 1_000)} s)`);
    for (const name of Object.keys(wanted) as (keyof QuoteRates)[]) {
      const { of, right, wrong } = rates[name];
      const percent = (100 * right) / Math.max(1, of);
      const { says, percent: least } = wanted[name];
      isReached &&= percent >= least;
      console.log(`  ${says.padEnd(44)} ${percent.toFixed(2).padStart(7)} %  (${right} of ${of}; wanted ${least} %)`);
      for (const what of wrong) console.log(`      ${what}`);
    }
  }
  return isReached ? 0 : 1;
}
