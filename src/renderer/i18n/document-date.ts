import type { Language } from '../../shared/domain/language.ts';

const dateParts = /^(\d{1,4})(?:-(\d{2})(?:-(\d{2}))?)?$/u;

/** A year, a month or a day (`documentDate`) as a person writes it. */
export function documentDate(language: Language): (date: string) => string {
  return date => {
    const [, year, month, day] = dateParts.exec(date) ?? [];
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
