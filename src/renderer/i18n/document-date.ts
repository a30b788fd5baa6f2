import type { Language } from '../../shared/domain/language.ts';

/** A year, a month or a day (`documentDate`) as a person writes it. */
export function documentDate(language: Language): (date: string) => string {
  return date => {
    const [year, month, day] = date.split('-');
    if (month === undefined) return year ?? '';
    const format = new Intl.DateTimeFormat(language, {
      timeZone: 'UTC',
      year: 'numeric',
      month: 'long',
      ...(day === undefined ? {} : { day: 'numeric' }),
    });
    return format.format(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  };
}
