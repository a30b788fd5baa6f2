import type { Language } from '../../shared/domain/language.ts';
import type { CallErrorCode, JobErrorCode } from './error-messages.ts';
import type { Messages } from './messages.ts';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Monday the 5th of January 1970: a week to take the names of days from. */
const mondayMs = 4 * dayMs;
const kibibyte = 1024;

/** What the window needs to speak one language: sentences, dates, numbers. Pure: `now` and the time zone come from outside. */
export interface Speech {
  readonly language: Language;
  readonly t: Messages;
  number(value: number): string;
  /** `14:05`. */
  time(atMs: number): string;
  /** `3 мая 2026 г. в 14:05`; the year is left out within the current one. */
  date(atMs: number, nowMs: number): string;
  /** `в 14:05` for today, else a date: for "next attempt". */
  when(atMs: number, nowMs: number): string;
  duration(ms: number): string;
  /** The name of a day of the week, 1 for Monday. */
  weekday(day: number, length: 'long' | 'short'): string;
  bytes(count: number): string;
  /** The sentence for an error code, also for one this window does not know. */
  error(code: string): string;
}

/** The language spoken: the person's choice, or Russian where the system is Russian, or English. */
export function chooseLanguage(choice: Language | 'system', systemLocale: string): Language {
  if (choice !== 'system') return choice;
  return /^ru\b/iu.test(systemLocale) ? 'ru' : 'en';
}

function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

/** Calendar days from `atMs` to `nowMs`, 0 for the same day. */
export function daysBetween(atMs: number, nowMs: number): number {
  const start = new Date(atMs).setHours(0, 0, 0, 0);
  const end = new Date(nowMs).setHours(0, 0, 0, 0);
  return Math.round((end - start) / (24 * hourMs));
}

export function speechIn(language: Language, t: Messages): Speech {
  const locale = language === 'ru' ? 'ru-RU' : 'en-GB';
  const numbers = new Intl.NumberFormat(locale);
  const times = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  const dates = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' });
  const fullDates = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' });

  const time = (atMs: number): string => times.format(atMs);
  const date = (atMs: number, nowMs: number): string => {
    const day = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear() ? dates : fullDates;
    return `${day.format(atMs)} ${t.time.at(time(atMs))}`;
  };

  return {
    language,
    t,
    number: value => numbers.format(value),
    time,
    date,
    when: (atMs, nowMs) => (sameDay(atMs, nowMs) ? t.time.at(time(atMs)) : date(atMs, nowMs)),
    duration(ms) {
      const whole = Math.max(0, Math.floor(ms / secondMs));
      // Something that took time is not shown as none.
      if (whole === 0 && ms > 0) return `<${t.time.seconds(1)}`;
      if (whole < 60) return t.time.seconds(whole);
      if (ms < hourMs) return t.time.minutes(Math.floor(whole / 60), whole % 60);
      if (ms >= dayMs) return t.time.days(Math.floor(ms / dayMs), Math.floor((ms % dayMs) / hourMs));
      return t.time.hours(Math.floor(ms / hourMs), Math.floor((ms % hourMs) / minuteMs));
    },
    weekday: (day, weekday) => new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(mondayMs + (day - 1) * dayMs),
    bytes(count) {
      if (count < kibibyte) return `${numbers.format(count)} ${t.time.bytes.b}`;
      if (count < kibibyte * kibibyte) return `${numbers.format(Math.round(count / kibibyte))} ${t.time.bytes.kb}`;
      return `${numbers.format(Math.round((count / kibibyte / kibibyte) * 10) / 10)} ${t.time.bytes.mb}`;
    },
    error(code) {
      const known = Object.hasOwn(t.errors, code) && code !== 'unknown' ? (code as CallErrorCode | JobErrorCode) : null;
      if (known) return t.errors[known];
      const documentErrors: Readonly<Record<string, (detail: string | null) => string>> = t.documents.error;
      const ofDocument = Object.hasOwn(documentErrors, code) ? documentErrors[code] : undefined;
      return ofDocument ? ofDocument(null) : t.errors.unknown(code);
    },
  };
}
