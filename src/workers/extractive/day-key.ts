import { wordsOf } from '../../shared/domain/words.ts';
import { monthNumber } from './find-dates.ts';

/** Beginnings of the Russian ordinals of days; «двадцать второго» is their sum. «Пятнадцат…» must be met before «пят…». */
const ordinals: readonly (readonly [beginning: string, value: number])[] = [
  ['одиннадцат', 11],
  ['двенадцат', 12],
  ['тринадцат', 13],
  ['четырнадцат', 14],
  ['пятнадцат', 15],
  ['шестнадцат', 16],
  ['семнадцат', 17],
  ['восемнадцат', 18],
  ['девятнадцат', 19],
  ['двадцат', 20],
  ['тридцат', 30],
  ['десят', 10],
  ['перв', 1],
  ['втор', 2],
  ['трет', 3],
  ['четверт', 4],
  ['пят', 5],
  ['шест', 6],
  ['седьм', 7],
  ['восьм', 8],
  ['девят', 9],
];
const NO_MONTH = '00';

/** Month and day of a date without a year, the same for «17 мая», «17-го мая», «семнадцатого мая» and "May 17th"; any other text folded. */
export function dayKey(when: string): string {
  let day = 0;
  let month = NO_MONTH;
  for (const word of wordsOf(when)) {
    const digits = /^\d{1,2}(?!\d)/u.exec(word)?.[0];
    const value = digits === undefined ? ordinals.find(([beginning]) => word.startsWith(beginning))?.[1] : Number(digits);
    if (value !== undefined) day += value;
    else if (month === NO_MONTH) month = monthNumber(word);
  }
  return month === NO_MONTH ? wordsOf(when).join(' ') : `${month}-${day}`;
}
