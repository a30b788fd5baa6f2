import { cronFault } from '../../../shared/domain/cron-fault.ts';
import { cronFaultWords } from '../../../shared/domain/cron-fault-words.ts';
import type { Speech } from '../../i18n/format.ts';
import type { When } from './rhythm.ts';

const localeOf = (speech: Speech) => (speech.language === 'ru' ? 'ru-RU' : 'en-GB');

export function describeWhen(when: When, { t, ...speech }: Speech): string {
  const { schedules } = t;
  switch (when.rhythm) {
    case 'weekdays':
      return schedules.weekdaysAt(when.time);
    case 'daily':
      return schedules.dailyAt(when.time);
    case 'weekly':
      return schedules.weeklyAt(speech.weekday(when.weekday, 'long'), when.time);
    case 'monthly':
      return schedules.monthlyAt(when.monthDay, when.time);
    case 'cron':
      return schedules.cronAt(when.cron);
  }
}

/** A moment with its day of the week, in the schedule's own time zone. */
export function dayAndTime(atMs: number, timeZone: string, speech: Speech): string {
  return new Intl.DateTimeFormat(localeOf(speech), {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(atMs);
}

/** What is wrong with an expression: the place, where it can be named, and otherwise the sentence of the code. */
export function cronProblem(code: string, cron: string, speech: Speech): string {
  const fault = code === 'bad_cron' ? cronFault(cron) : null;
  return fault === null ? speech.error(code) : cronFaultWords[speech.language](fault);
}

export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
