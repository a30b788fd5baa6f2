import type { Rhythm } from '../../i18n/engine-messages.ts';

/** When something is done, as the form holds it; what a rhythm has no use for keeps its last value. */
export interface When {
  readonly rhythm: Rhythm;
  /** `09:00`. */
  readonly time: string;
  /** 1 is Monday, 7 is Sunday, as in a cron expression. */
  readonly weekday: number;
  /** 1 to 28: a day that every month has. */
  readonly monthDay: number;
  /** Used as it is by the rhythm `cron`. */
  readonly cron: string;
}

export const usualWhen: When = { rhythm: 'weekdays', time: '09:00', weekday: 1, monthDay: 1, cron: '0 9 * * 1-5' };

/** The last day of a month that every month has. */
export const lastMonthDay = 28;

const timeOfDay = /^([01]?\d|2[0-3]):[0-5]\d$/u;

export function isTimeOfDay(text: string): boolean {
  return timeOfDay.test(text.trim());
}

/** The expression for the times the person chose; their time has to be one. */
export function toCron({ rhythm, time, weekday, monthDay, cron }: When): string {
  const [hour = '0', minute = '0'] = time.split(':');
  const at = `${Number(minute)} ${Number(hour)}`;
  switch (rhythm) {
    case 'weekdays':
      return `${at} * * 1-5`;
    case 'daily':
      return `${at} * * *`;
    case 'weekly':
      return `${at} * * ${weekday}`;
    case 'monthly':
      return `${at} ${monthDay} * *`;
    case 'cron':
      return cron.trim();
  }
}

/** What an expression says in the terms of the form; any other than the form writes is shown as it is. */
export function fromCron(cron: string): When {
  const own: When = { ...usualWhen, rhythm: 'cron', cron };
  const [minute = '', hour = '', monthDay = '', month = '', weekday = '', more] = cron.trim().split(/\s+/u);
  if (more !== undefined || month !== '*' || !/^\d{1,2}$/u.test(minute) || !/^\d{1,2}$/u.test(hour)) return own;
  const at = { ...own, time: `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` };
  if (monthDay === '*' && weekday === '*') return { ...at, rhythm: 'daily' };
  if (monthDay === '*' && weekday === '1-5') return { ...at, rhythm: 'weekdays' };
  // 0 is Sunday too.
  if (monthDay === '*' && /^[0-7]$/u.test(weekday)) return { ...at, rhythm: 'weekly', weekday: Number(weekday) || 7 };
  const day = Number(monthDay);
  if (weekday === '*' && /^\d{1,2}$/u.test(monthDay) && day >= 1 && day <= lastMonthDay) return { ...at, rhythm: 'monthly', monthDay: day };
  return own;
}
