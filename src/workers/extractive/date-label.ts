import { dayKey } from './day-key.ts';

const months: readonly (readonly [name: RegExp, nominative: string])[] = [
  [/^январ\p{L}+/iu, 'Январь'],
  [/^феврал\p{L}+/iu, 'Февраль'],
  [/^март\p{L}*/iu, 'Март'],
  [/^апрел\p{L}+/iu, 'Апрель'],
  [/^ма[яйе](?!\p{L})/iu, 'Май'],
  [/^июн\p{L}+/iu, 'Июнь'],
  [/^июл\p{L}+/iu, 'Июль'],
  [/^август\p{L}*/iu, 'Август'],
  [/^сентябр\p{L}+/iu, 'Сентябрь'],
  [/^октябр\p{L}+/iu, 'Октябрь'],
  [/^ноябр\p{L}+/iu, 'Ноябрь'],
  [/^декабр\p{L}+/iu, 'Декабрь'],
];
const partsOfCentury: Readonly<Record<string, string>> = { начале: 'Начало', середине: 'Середина', конце: 'Конец' };

/** «1714 году», «с 1772 по 1775 год», «XVII века», «двадцать второго апреля»: a date of running text as the label of a line. */
export function dateLabel(when: string): string {
  let label = when.replace(/\s+/gu, ' ').trim();
  // «77 год нашей эры» keeps its era: a bare 77 is no year.
  if (/(?:^|\s)(?:нашей\sэры|н\.\s?э\.?)$/iu.test(label) && !/\sдо\s/iu.test(label)) return `${parseInt(label, 10)} год нашей эры`;
  const isBeforeOurEra = /\s(?:до\s(?:нашей|н\.|рождества|р\.))/iu.test(label);
  if (isBeforeOurEra) label = label.replace(/\sдо\s(?:нашей|н\.|рождества|р\.).*$/iu, '');
  label = centuryLabel(label) ?? spanLabel(label) ?? wordedDay(label) ?? label;
  label = label
    .replace(/(?<=\d{3}0)-(?:м|х|е|ми)\s+год\p{L}+$/iu, '-е годы')
    .replace(/(?<=\d)-?(?:го|му|м|х|е)(?=\s(?!годы)|$)/u, '')
    .replace(/(?<=\d)\s*(?:год(?:а|у|ом|е|ов|ы|ам|ах)?|гг?\.)$/iu, '')
    .replace(/^the\s/iu, '');
  for (const [name, nominative] of months) label = label.replace(name, nominative);
  label = label.charAt(0).toUpperCase() + label.slice(1);
  return isBeforeOurEra ? `${label} до нашей эры` : label;
}

/** «в начале XIX века» → «Начало XIX века», «XVII веке» → «XVII век», «XVI–XVII вв.» → «XVI–XVII века». */
function centuryLabel(label: string): string | null {
  const match = /^(?:в\s)?(начале|середине|конце)?\s?([IVX]+)(?:\s?[–—-]\s?([IVX]+))?\s(?:(век|в)|(тысячелети))\p{L}*\.?$/iu.exec(label);
  if (match === null) return null;
  const [, part, first = '', last, , millennium] = match;
  const numbers = last === undefined ? first : `${first}–${last}`;
  const isGenitive = part !== undefined;
  const word =
    millennium === undefined
      ? isGenitive || last !== undefined
        ? 'века'
        : 'век'
      : isGenitive || last !== undefined
        ? 'тысячелетия'
        : 'тысячелетие';
  const beginning = part === undefined ? '' : `${partsOfCentury[part.toLowerCase()] ?? part} `;
  return `${beginning}${numbers} ${word}`;
}

/** "between 1831 and 1854", «с 1831 по 1854 год» → «1831–1854». */
function spanLabel(label: string): string | null {
  const match = /^(?:between|from|с|между)\s(\d{4})(?:\s\p{L}+\.?)?\s(?:and|to|until|по|до|и)\s(\d{4})/iu.exec(label);
  return match === null ? null : `${match[1]}–${match[2]}`;
}

/** «двадцать второго апреля» → «22 апреля». */
function wordedDay(label: string): string | null {
  if (/\d/u.test(label)) return null;
  const day = /^\d{2}-(\d{1,2})$/u.exec(dayKey(label))?.[1];
  const month = label.split(' ').at(-1);
  return day === undefined || day === '0' || month === undefined ? null : `${day} ${month}`;
}
