import { Cron } from 'croner';
import { cronLimit, timeZoneLimit } from '../../shared/domain/schedule.ts';
import { EngineError } from './engine-api.ts';
import { sentenceOf } from './engine-log.ts';

/** The times of a cron expression in a time zone, as milliseconds since 1970. */
export interface Recurrence {
  /** The first after this moment; null when there is none any more. */
  next(afterMs: number): number | null;
  /** The last at or before this moment; null when there was none. */
  last(atMs: number): number | null;
}

const howToWrite = 'Write five fields, minute hour day month weekday, for example "0 9 * * 1-5" for 9:00 from Monday to Friday.';

/**
 * Reads a cron expression of five fields (or a nickname such as `@daily`). An expression without `*` and steps in its
 * minutes and hours names times of the day: one that the clock leaps over in spring comes once, at the end of the gap, and
 * one that the clock passes twice in autumn comes once, the first time. Any other names stretches of real time and is
 * indifferent to the clock, as in Vixie cron (cron(8), "daylight saving time").
 *
 * Throws `EngineError` `bad_cron`, `bad_time_zone`, or `never_comes` for one that has no time after `nowMs`.
 */
export function readCron(expression: string, timeZone: string, nowMs: number): Recurrence {
  if (expression.length > cronLimit)
    throw new EngineError(
      'bad_cron',
      `The cron expression has ${expression.length} characters; at most ${cronLimit} are read. ${howToWrite}`,
    );
  assertTimeZone(timeZone);
  const cron = parse(expression, timeZone);
  const recurrence: Recurrence = {
    next: afterMs => cron.nextRun(new Date(afterMs))?.getTime() ?? null,
    // What it is given is excluded.
    last: atMs => cron.previousRuns(1, new Date(atMs + 1))[0]?.getTime() ?? null,
  };
  if (recurrence.next(nowMs) === null)
    throw new EngineError(
      'never_comes',
      `"${expression}" never comes: no month has such a day. Check its third and fourth field, day and month.`,
    );
  return recurrence;
}

/** The next `count` times, fewer when there are no more. */
export function upcoming(recurrence: Recurrence, afterMs: number, count: number): readonly number[] {
  const times: number[] = [];
  for (let atMs = recurrence.next(afterMs); atMs !== null && times.length < count; atMs = recurrence.next(atMs)) times.push(atMs);
  return times;
}

/** Starts with a name or a field, so that a date, which the library takes too, is none. */
const looksLikeCron = /^\s*(?:@[a-z]+|(?:\S+\s+){4}\S+)\s*$/iu;

function parse(expression: string, timeZone: string): Cron {
  if (!looksLikeCron.test(expression)) throw new EngineError('bad_cron', `"${expression}" is no cron expression. ${howToWrite}`);
  try {
    // Paused: it is asked for times and never sets a timer of its own.
    return new Cron(expression, { timezone: timeZone, paused: true, mode: '5-part', fixedTimeRule: 'no-wildcard' });
  } catch (error) {
    const reason = sentenceOf(error)
      .replace(/^CronPattern: /u, '')
      .replace(/\.?$/u, '.');
    throw new EngineError('bad_cron', `"${expression}" is no cron expression: ${reason} ${howToWrite}`);
  }
}

/** Time zones that were found to exist: making a formatter takes some 30 µs. */
const known = new Set<string>();

function assertTimeZone(timeZone: string): void {
  if (known.has(timeZone)) return;
  try {
    if (timeZone.length === 0 || timeZone.length > timeZoneLimit) throw new RangeError('Its length.');
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new EngineError(
      'bad_time_zone',
      `"${timeZone.slice(0, timeZoneLimit)}" is no time zone of this machine. Use a name of the IANA database, such as "Europe/Berlin" or "UTC".`,
    );
  }
  known.add(timeZone);
}
