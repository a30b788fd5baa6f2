import { toOneLine } from './canonical-text.ts';

/** Longest list of authors `documentAuthor` takes. */
const authorLimit = 300;
/** Names that programs put where an author belongs. */
const nobody =
  /^(?:user|admin|administrator|author|unknown|anonymous|пользователь|администратор|автор|неизвестный автор|unknown author|owner|windows user|пользователь windows|microsoft office user|python-docx|un-named)$/iu;

/** The authors as one line; null where none is named. */
export function authorOf(authors: readonly string[]): string | null {
  const names = [...new Set(authors.map(toOneLine).filter(name => name !== '' && /\p{L}/u.test(name) && !nobody.test(name)))];
  const line = names.join(', ');
  return line === '' ? null : line.slice(0, authorLimit).toWellFormed();
}

const earliestYear = 1_000;
const latestYear = 2_200;

/**
 * A date of any format's metadata as a year, a month or a day: ISO 8601 with or without a time, the way of PDF (`D:20240305…`), days
 * before months with dots. Null for what is none of these, or no date.
 */
export function dateOf(given: string | null): string | null {
  const text = given?.trim() ?? '';
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})\b/u.exec(text);
  const found =
    dotted === null
      ? (/^D:(\d{4})(\d{2})?(\d{2})?/u.exec(text) ?? /^(\d{4})(?:[-./]?(\d{2})(?!\d{3})(?:[-./]?(\d{2}))?)?/u.exec(text))
      : [dotted[0], dotted[3], dotted[2], dotted[1]];
  if (found === null) return null;
  const [, year = '', month = '', day = ''] = found;
  if (Number(year) < earliestYear || Number(year) > latestYear) return null;
  if (month === '' || Number(month) < 1 || Number(month) > 12) return year;
  const stamp = `${year}-${month.padStart(2, '0')}`;
  if (day === '' || Number(day) < 1 || Number(day) > daysOf(Number(year), Number(month))) return stamp;
  return `${stamp}-${day.padStart(2, '0')}`;
}

function daysOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
