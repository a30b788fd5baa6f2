import { badArgument } from './bad-argument.ts';

/** As the price's schema bounds it. */
const mostUsd = 100_000;

/** US dollars, zero included, as an argument of the command line. */
export function usdPerMillion(text: string): number {
  const usd = Number(text);
  if (text.trim() === '' || !Number.isFinite(usd) || usd < 0 || usd > mostUsd)
    throw badArgument({ ru: `Это число от 0 до ${mostUsd}, например 2.5.`, en: `It is a number from 0 to ${mostUsd} such as 2.5.` });
  return usd;
}
