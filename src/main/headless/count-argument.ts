import { InvalidArgumentError } from 'commander';

/** A whole number from 1 to `limit`, as an argument of the command line. */
export function countUpTo(limit: number): (text: string) => number {
  return text => {
    const number = count(text);
    if (number > limit) throw new InvalidArgumentError(`It is a whole number from 1 to ${limit}, not "${text}".`);
    return number;
  };
}

/** A whole number from 1, as an argument of the command line. */
export function count(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError(`It is a whole number from 1, not "${text}".`);
  return number;
}
