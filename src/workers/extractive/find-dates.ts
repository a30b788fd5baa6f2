/** A date as the text has it, and as ISO 8601 where that can be told. */
export interface FoundDate {
  readonly when: string;
  readonly date: string | null;
  /** Place in time: the year, negative before our era, and hundredths for the month and the day; null without a year. */
  readonly key: number | null;
  /** UTF-16 offset in the text searched; a year that only a later day of the row has is not between them. */
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
  /** For times that have no ISO date; null where the words are no date after all. */
  readonly key?: (groups: readonly (string | undefined)[]) => number | null;
}

const beforeOurEra = String.raw`\s*до\s+(?:нашей\s+эры|н\.\s?э\.|рождества\s+христова|р\.\s?х\.)`;
const roman = String.raw`[IVX]{1,5}`;
const spaced = String.raw`\d{1,3}(?:[ \u00A0\u202F,]\d{3})+|\d{1,6}(?:[.,]\d)?`;
/** "ago" is counted from here: for what lies a thousand years back and more, this century is as good as today. */
const PRESENT = 2000;
/** «Пять лет назад» needs the day it was written; a thousand years need not. */
const MIN_YEARS_AGO = 1000;
const scales: readonly (readonly [RegExp, number])[] = [
  [/^(?:тыс|thousand)/iu, 1e3],
  [/^(?:млн|миллион|million)/iu, 1e6],
  [/^(?:млрд|миллиард|billion)/iu, 1e9],
];

function yearsAgo(count: string, scale: string | undefined): number | null {
  const plain = /^\d{1,3}(?:[\s,]\d{3})+$/u.test(count) ? count.replaceAll(/[\s,]/gu, '') : count.replace(',', '.');
  const years = Number(plain) * (scale === undefined ? 1 : (scales.find(([word]) => word.test(scale))?.[1] ?? 1));
  return years >= MIN_YEARS_AGO ? PRESENT - years : null;
}

/** The first year of the century with this Roman or Arabic number. */
function centuryKey(number: string): number {
  const values: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10 };
  const signs = Array.from(number.toUpperCase()).map(sign => values[sign] ?? 0);
  const value = /^\d+$/u.test(number)
    ? Number(number)
    : signs.reduce((sum, sign, at) => sum + (sign < (signs[at + 1] ?? 0) ? -sign : sign), 0);
  return (value - 1) * 100 + 1;
}

/** Several years stand behind every day of the first of them. */
const AFTER_DAYS = 0.9;
function spanKey([first]: readonly (string | undefined)[]): number {
  return Number(first) + AFTER_DAYS;
}

/** 1665-03-12 → 1665.0312. */
function keyOfIso(iso: string): number {
  const [year = '0', month = '0', day = '0'] = iso.split('-');
  return Number(year) + Number(month) / 100 + Number(day) / 10_000;
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
  {
    pattern: rule(String.raw`(\d{1,5})(?:-?(?:го|м|х|е))?(?:\s*[–—-]\s*\d{1,5})?\s*(?:год(?:а|у|ом|е|ов|ы|ам|ах)?|гг?\.)?${beforeOurEra}`),
    iso: () => null,
    key: ([y]) => -Number(y),
  },
  {
    pattern: rule(
      String.raw`(?:в\s+)?(?:начале\s+|середине\s+|конце\s+)?(${roman})(?:\s*[–—-]\s*${roman})?\s+(?:век\p{L}*|вв?\.|(тысячелети)\p{L}+)${beforeOurEra}`,
    ),
    iso: () => null,
    key: ([number, millennium]) => -(centuryKey(number ?? '') + 99) * (millennium === undefined ? 1 : 10),
  },
  {
    pattern: rule(String.raw`(\d{1,5})(?:\s*[–—-]\s*\d{1,5})?\s*(?:BCE?|B\.C\.(?:E\.)?)(?!\p{L})`),
    iso: () => null,
    key: ([y]) => -Number(y),
  },
  {
    pattern: rule(String.raw`(?:early |mid |late )?(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)[ -]century\s+(?:BCE?|B\.C\.(?:E\.)?)(?!\p{L})`),
    iso: () => null,
    key: ([number]) => -(centuryKey(number ?? '') + 99),
  },
  {
    pattern: rule(
      String.raw`(?:(?:около|примерно|приблизительно|почти|более|свыше|about|around|some|roughly|nearly|almost|over|more\s+than)\s+)?(${spaced})(?:\s*[–—-]\s*(?:${spaced}))?\s+(?:(тыс\.|тысяч[аиу]?|млн\.?|миллион\p{L}*|млрд\.?|миллиард\p{L}*|thousand|million|billion)\s+)?(?:лет|год(?:а|ов)?|years?)\s+(?:тому\s+)?(?:назад|ago)(?!\p{L})`,
    ),
    iso: () => null,
    key: ([count, scale]) => yearsAgo(count ?? '', scale),
  },
  { pattern: rule(String.raw`${year}-(\d{2})-(\d{2})(?!\d)`), iso: ([y, m, d]) => isoDay(y ?? '', m ?? '', d ?? '') },
  { pattern: rule(String.raw`(\d{1,2})\.(\d{1,2})\.${year}`), iso: ([d, m, y]) => isoDay(y ?? '', m ?? '', d ?? '') },
  {
    pattern: rule(
      String.raw`(\d{1,2})(?:-?(?:го|е))?(?:\s*[–—-]\s*\d{1,2}|\s*\(\d{1,2}\))?\s+${ruMonth}(?:\s*\(\d{1,2}\s+\p{L}{3,9}\))?(?:\s+${year}${ruYearWord})?`,
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
  { pattern: rule(String.raw`(?:between|from)\s+${year}\s+(?:and|to|until)\s+${year}`), iso: ([y]) => y ?? null, key: spanKey },
  {
    pattern: rule(String.raw`(?:с|между)\s+${year}${ruYearWord}\s+(?:по|до|и)\s+${year}${ruYearWord}`),
    iso: ([y]) => y ?? null,
    key: spanKey,
  },
  {
    pattern: rule(String.raw`${year}\s*[–—-]\s*(?:(?:1\d|20)?\d{2})(?!\d)${ruYearWord}`),
    iso: ([y]) => y ?? null,
    key: spanKey,
  },
  // "AD 77", «77 год нашей эры».
  { pattern: rule(String.raw`(?:A\.?D\.?|C\.?E\.?)\s(\d{1,4})(?!\d)`), iso: () => null, key: ([y]) => Number(y) },
  {
    pattern: rule(String.raw`(\d{1,4})(?:\s+(?:A\.?D|C\.?E)\.?(?!\p{L})|\s+(?:год\p{L}*|г\.)\s+(?:нашей\s+эры|н\.\s?э\.))`),
    iso: () => null,
    key: ([y]) => Number(y),
  },
  { pattern: rule(String.raw`${year}(?:-?(?:го|м|х|е))?\s*(?:год(?:а|у|ом|е|ов|ы|ам|ах)?|гг?\.)(?!\p{L})`), iso: ([y]) => y ?? null },
  { pattern: rule(String.raw`${year}-(?:го|му|м)(?!\p{L})`), iso: ([y]) => y ?? null },
  { pattern: rule(String.raw`(?:(?:the\s+)?(?:early|mid|late)[ -])?(?:the\s+)?${year}s(?!\p{L})`), iso: ([y]) => y ?? null },
  {
    pattern: rule(
      String.raw`(?:в\s+)?(?:начале|середине|конце)?\s*(${roman})(?:\s*[–—-]\s*${roman})?\s+(?:век(?:а|е|у|ом|ов|ах)?|вв?\.)(?!\p{L})`,
    ),
    iso: () => null,
    key: ([number]) => centuryKey(number ?? ''),
  },
  {
    pattern: rule(String.raw`(?:early|mid|late)?[ -]?(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)[ -]century`),
    iso: () => null,
    key: ([number]) => centuryKey(number ?? ''),
  },
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
  for (const { pattern, iso, key } of rules) {
    for (const match of text.matchAll(pattern)) {
      const trimmed = match[0].trimEnd();
      const start = match.index + (trimmed.length - trimmed.trimStart().length);
      const end = match.index + trimmed.length;
      if (!isFree(start, end)) continue;
      const date = iso(match.slice(1));
      const place = key?.(match.slice(1)) ?? (date === null ? null : keyOfIso(date));
      if (key === undefined || place !== null) found.push({ when: text.slice(start, end), date, key: place, start, end });
    }
  }
  for (const match of text.matchAll(bareYear)) {
    const digits = match[1];
    if (digits === undefined) continue;
    const start = match.index + match[0].lastIndexOf(digits);
    const end = start + digits.length;
    if (isFree(start, end)) found.push({ when: digits, date: digits, key: keyOfIso(digits), start, end });
  }
  return withSharedYears(
    text,
    found.sort((a, b) => a.start - b.start),
  );
}

/** «6 июля и 26 сентября 1348 г.», "July 6 and September 26, 1348": the year at the end of a row of days is that of all of them. */
function withSharedYears(text: string, found: readonly FoundDate[]): FoundDate[] {
  const shared: FoundDate[] = [];
  for (const one of [...found].reverse()) {
    const next = shared[0];
    const sharedYear = next?.date?.length === 10 && one.date === null && one.key === null ? next.date.slice(0, 4) : null;
    const isRow = next !== undefined && /^\s*(?:,|,?\s(?:и|and))\s*$/u.test(text.slice(one.end, next.start));
    const when = `${one.when} ${sharedYear}`;
    const [dated] = sharedYear !== null && isRow ? findDates(when) : [];
    shared.unshift(dated?.date?.length === 10 ? { ...one, when: dated.when, date: dated.date, key: dated.key } : one);
  }
  return shared;
}
