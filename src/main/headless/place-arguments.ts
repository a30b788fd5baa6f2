import { dayMs, highestPriority, longestDelayMs, lowestPriority } from '../../shared/domain/job-order.ts';
import { badArgument } from './bad-argument.ts';

/** `--priority`: before which other tasks. */
export function priorityArgument(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isInteger(number) || number < lowestPriority || number > highestPriority)
    throw badArgument({
      ru: `Приоритет — целое число от ${lowestPriority} (может подождать) до ${highestPriority} (нужно сейчас).`,
      en: `A priority is a whole number from ${lowestPriority}, for what can wait, to ${highestPriority}, for what is needed now.`,
    });
  return number;
}

const timeOfDay = /^(?<hours>\d{1,2}):(?<minutes>\d{2})$/u;
const dateAndTime = /^(?<date>\d{4}-\d{2}-\d{2})[ T](?<time>\d{2}:\d{2})$/u;

/** `--at`: the next time the clock shows it, or a date and a time, both as the clock of this computer goes. */
export function startArgument(text: string, nowMs: number = Date.now()): number {
  const atMs = startOf(text.trim(), nowMs);
  if (atMs === null)
    throw badArgument({
      ru: 'Нужно время, например 22:00, или дата и время, например «2027-01-31 22:00».',
      en: 'It takes a time as 22:00, or a date and a time as "2027-01-31 22:00".',
    });
  if (atMs <= nowMs) throw badArgument({ ru: 'Это время уже прошло. Нужно будущее.', en: 'That time has passed. It takes one to come.' });
  if (atMs - nowMs > longestDelayMs) {
    const days = Math.round((atMs - nowMs) / dayMs);
    throw badArgument({
      ru: `До этого времени ${days} дн., а откладывать можно не больше чем на ${longestDelayMs / dayMs}. Для повторений есть «konspekt schedules».`,
      en: `That is in ${days} days, and at most ${longestDelayMs / dayMs} are kept. For what comes again there is "konspekt schedules".`,
    });
  }
  return atMs;
}

function startOf(text: string, nowMs: number): number | null {
  const clock = timeOfDay.exec(text)?.groups;
  if (clock !== undefined) {
    const at = new Date(nowMs);
    const hours = Number(clock['hours']);
    const minutes = Number(clock['minutes']);
    if (hours > 23 || minutes > 59) return null;
    at.setHours(hours, minutes, 0, 0);
    // By the calendar and not by 24 hours: a day on which the clock is changed is longer or shorter.
    if (at.getTime() <= nowMs) at.setDate(at.getDate() + 1);
    return at.getTime();
  }
  const given = dateAndTime.exec(text)?.groups;
  if (given === undefined) return null;
  const at = new Date(`${given['date']}T${given['time']}`);
  // A day that no month has becomes one of the next.
  const isThatDay = !Number.isNaN(at.getTime()) && at.getDate() === Number(given['date']?.slice(-2));
  return isThatDay ? at.getTime() : null;
}
