import { InvalidArgumentError } from 'commander';

/** As the price's schema bounds it. */
const mostUsd = 100_000;

/** US dollars, zero included, as an argument of the command line. */
export function usdPerMillion(text: string): number {
  const usd = Number(text);
  if (text.trim() === '' || !Number.isFinite(usd) || usd < 0 || usd > mostUsd)
    throw new InvalidArgumentError(`It is a number from 0 to ${mostUsd} such as 2.5, not "${text}".`);
  return usd;
}
