/** A date as the text has it, and as ISO 8601 where that can be told. */
export interface FoundDate {
  readonly when: string;
  readonly date: string | null;
  /** UTF-16 offset in the text searched. */
  readonly start: number;
  readonly end: number;
}

const russianMonths: readonly string[] = [
  'январ',
  'феврал',
  'март',
  'апрел',
  'ма',
  'июн',
  'июл',
  'август',
  'сентябр',
  'октябр',
  'ноябр',
  'декабр',
];
const englishMonths: readonly string[] = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const ruMonth = String.raw`(январ[яеь]|феврал[яеь]|марта?е?|апрел[яеь]|ма[яйе]|июн[яеь]|июл[яеь]|августа?е?|сентябр[яеь]|октябр[яеь]|ноябр[яеь]|декабр[яеь])(?!\p{L})`;
const enMonth = String.raw`(January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)(?!\p{L})`;
const ruOrdinal = String.raw`(?:(?:двадцать|тридцать)\s+)?(?:перв|втор|трет|четв[её]рт|пят|шест|седьм|восьм|девят|десят|одиннадцат|двенадцат|тринадцат|четырнадцат|пятнадцат|шестнадцат|семнадцат|восемнадцат|девятнадцат|двадцат|тридцат)(?:ого|ое|ому|ьего|ье|ьему)`;
const year = String.raw`((?:1\d|20)\d{2})(?!\d)`;
const ruYearWord = String.raw`(?:\s*(?:год(?:а|у|ом|е|ов|ы|ам|ах)?|гг?\.)(?!\p{L}))?`;
const nothingBefore = String.raw`(?<![\p{L}\d.,/-])`;

interface DateRule {
  readonly pattern: RegExp;
  readonly iso: (groups: readonly (string | undefined)[]) => string | null;
}

const pad = (value: string): string => value.padStart(2, '0');

/** `01` to `12` for the beginning of a month's name in Russian or English, `00` for any other word. */
export function monthNumber(name: string): string {
  const folded = name.toLowerCase();
  const russian = russianMonths.findLastIndex(prefix => folded.startsWith(prefix));
  const index = russian >= 0 ? (folded.startsWith('март') ? 2 : russian) : englishMonths.findIndex(prefix => folded.startsWith(prefix));
  return pad(String(index + 1));
}

/** Year-month-day when it is a day of the calendar, else null. */
function isoDay(y: string, m: string, d: string): string | null {
  const date = new Date(Date.UTC(Number(y), Number(m) - 1, Number(d)));
  return date.getUTCMonth() === Number(m) - 1 && date.getUTCDate() === Number(d) ? `${y}-${pad(m)}-${pad(d)}` : null;
}

/** Tried in order; an earlier rule takes its characters from the later ones. */
const rules: readonly DateRule[] = [
  { pattern: rule(String.raw`${year}-(\d{2})-(\d{2})(?!\d)`), iso: ([y, m, d]) => isoDay(y ?? '', m ?? '', d ?? '') },
  { pattern: rule(String.raw`(\d{1,2})\.(\d{1,2})\.${year}`), iso: ([d, m, y]) => isoDay(y ?? '', m ?? '', d ?? '') },
  {
    pattern: rule(
      String.raw`(\d{1,2})(?:-?(?:го|е))?(?:\s*[–—-]\s*\d{1,2})?\s+${ruMonth}(?:\s*\(\d{1,2}\s+\p{L}{3,9}\))?(?:\s+${year}${ruYearWord})?`,
    ),
    iso: ([d, m, y]) => (y === undefined ? null : isoDay(y, monthNumber(m ?? ''), d ?? '')),
  },
  { pattern: rule(String.raw`${ruOrdinal}\s+${ruMonth}`), iso: () => null },
  { pattern: rule(String.raw`${ruMonth}\s+${year}${ruYearWord}`), iso: ([m, y]) => `${y}-${monthNumber(m ?? '')}` },
  {
    pattern: rule(String.raw`${enMonth}\s+(\d{1,2})(?:st|nd|rd|th)?(?!\d)(?:,?\s+${year})?`),
    iso: ([m, d, y]) => (y === undefined ? null : isoDay(y, monthNumber(m ?? ''), d ?? '')),
  },
  {
    pattern: rule(String.raw`(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?${enMonth}(?:,?\s+${year})?`),
    iso: ([d, m, y]) => (y === undefined ? null : isoDay(y, monthNumber(m ?? ''), d ?? '')),
  },
  { pattern: rule(String.raw`${enMonth},?\s+${year}`), iso: ([m, y]) => `${y}-${monthNumber(m ?? '')}` },
  { pattern: rule(String.raw`${year}\s*[–—-]\s*(?:(?:1\d|20)?\d{2})(?!\d)${ruYearWord}`), iso: ([y]) => y ?? null },
  { pattern: rule(String.raw`${year}(?:-?(?:го|м|х|е))?\s*(?:год(?:а|у|ом|е|ов|ы|ам|ах)?|гг?\.)(?!\p{L})`), iso: ([y]) => y ?? null },
  { pattern: rule(String.raw`(?:(?:the\s+)?(?:early|mid|late)[ -])?(?:the\s+)?${year}s(?!\p{L})`), iso: ([y]) => y ?? null },
  {
    pattern: rule(
      String.raw`(?:в\s+)?(?:начале|середине|конце)?\s*[IVX]{1,5}(?:\s*[–—-]\s*[IVX]{1,5})?\s+(?:век(?:а|е|у|ом|ов|ах)?|вв?\.)(?!\p{L})`,
    ),
    iso: () => null,
  },
  { pattern: rule(String.raw`(?:early|mid|late)?[ -]?(?:the\s+)?\d{1,2}(?:st|nd|rd|th)[ -]century`), iso: () => null },
];

/** A bare year is a date only after a word of time; elsewhere it may be any number. */
const bareYear = new RegExp(
  String.raw`(?<!\p{L})(?:in|since|by|from|until|till|before|after|around|during|between|of|circa|c\.|с|до|после|около|к)\s+(?:early\s+|late\s+|mid-?)?${year}(?!\s*[%°\p{L}$€₽]{0,1}(?:\s*(?:percent|people|метр|км|тонн|руб|чел|kg|km|miles|meters|metres|users|members|employees|dollars|words|items|pages)))(?![.,]\d)`,
  'giu',
);

function rule(source: string): RegExp {
  return new RegExp(nothingBefore + source, 'giu');
}

/** A date holds a digit, a month of the ordinals («первого мая») or a century; most sentences hold none and are passed over at once. */
const mayHoldDate = /\d|(?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)|[IVX]\s+в(?:ек|\.|в\.)/iu;

/** Every date of the text, by place, without overlaps. */
export function findDates(text: string): FoundDate[] {
  if (!mayHoldDate.test(text)) return [];
  const found: FoundDate[] = [];
  const isFree = (start: number, end: number): boolean => found.every(other => end <= other.start || start >= other.end);
  for (const { pattern, iso } of rules) {
    for (const match of text.matchAll(pattern)) {
      const trimmed = match[0].trimEnd();
      const start = match.index + (trimmed.length - trimmed.trimStart().length);
      const end = match.index + trimmed.length;
      if (isFree(start, end)) found.push({ when: text.slice(start, end), date: iso(match.slice(1)), start, end });
    }
  }
  for (const match of text.matchAll(bareYear)) {
    const digits = match[1];
    if (digits === undefined) continue;
    const start = match.index + match[0].lastIndexOf(digits);
    const end = start + digits.length;
    if (isFree(start, end)) found.push({ when: digits, date: digits, start, end });
  }
  return found.sort((a, b) => a.start - b.start);
}
