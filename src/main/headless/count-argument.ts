import { badArgument } from './bad-argument.ts';

/** A whole number from 1 to `limit`, as an argument of the command line. */
export function countUpTo(limit: number): (text: string) => number {
  return text => {
    const number = count(text);
    if (number > limit) throw badArgument({ ru: `Это целое число от 1 до ${limit}.`, en: `It is a whole number from 1 to ${limit}.` });
    return number;
  };
}

/** A whole number from 1, as an argument of the command line. */
export function count(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw badArgument({ ru: 'Это целое число от 1.', en: 'It is a whole number from 1.' });
  return number;
}
