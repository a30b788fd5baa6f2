import { v4 as newUuid } from 'uuid';
import type { Client } from '../../../shared/contract/client.ts';
import type { Result } from '../../../shared/contract/result.ts';
import { cronFault } from '../../../shared/domain/cron-fault.ts';
import { cronFaultWords } from '../../../shared/domain/cron-fault-words.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { JobView } from '../../../shared/domain/job.ts';
import type { MissedPolicy, ScheduleView } from '../../../shared/domain/schedule.ts';
import type { DetailLevel, Template } from '../../../shared/domain/synopsis.ts';
import { spokenLanguage } from '../../app/spoken-language.ts';
import { withProgram } from '../attach.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { findLogin } from '../find-login.ts';
import { findChat } from '../find-chat.ts';
import { jobStateWords } from '../job-lines.ts';
import { printable } from '../printable.ts';
import { findRecipe, valuesByName } from '../recipe-arguments.ts';
import { scheduleWordsFor } from '../schedule-words.ts';
import { unwrap } from '../unwrap.ts';

export interface AddScheduleOptions {
  readonly cron: string;
  readonly zone: string;
  readonly missed: MissedPolicy;
  readonly title: string | null;
  readonly detail: DetailLevel;
  readonly template: Template;
  readonly lang: Language | null;
  /** The name of a saved recipe to be run instead. */
  readonly recipe: string | null;
  /** `name=value`. */
  readonly param: readonly string[];
  /** The name of a login that the recipe is signed in with. */
  readonly login: string | null;
}

/** The time zone of this machine. */
export function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function listSchedules(context: CommandContext, options: { readonly json: boolean }): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const schedules = await all(client, context);
    if (options.json) for (const schedule of schedules) context.out.write(`${JSON.stringify(schedule)}\n`);
    else if (schedules.length === 0) context.out.write(`${scheduleWordsFor(context.locale).none}\n`);
    else for (const schedule of schedules) context.out.write(`${(await linesOf(schedule, client, context)).join('\n')}\n`);
    return exitCodes.done;
  });
}

export function addSchedule(context: CommandContext, chat: string, options: AddScheduleOptions): Promise<ExitCode> {
  const requestKey = newUuid();
  const params = valuesByName(options.param, context);
  return withProgram(context, { works: false }, async ({ client, running }) => {
    const words = scheduleWordsFor(context.locale);
    const { cron, zone: timeZone, missed, title, detail, template, lang: language, recipe, login } = options;
    const session = await findChat(client, chat, context);
    const work =
      recipe === null
        ? { kind: 'synopsis.make' as const, sessionId: session, detail, template, language }
        : {
            kind: 'browser.run' as const,
            sessionId: session,
            recipeId: (await findRecipe(client, recipe, context)).id,
            params,
            login: login === null ? null : (await findLogin(client, login, context)).id,
          };
    const saved = taken(
      await client.call('schedules.save', {
        requestKey,
        work,
        title,
        cron,
        timeZone,
        missed,
      }),
      { cron, timeZone },
      context,
    );
    context.out.write(`${words.added(saved.id)}\n${(await linesOf(saved, client, context)).join('\n')}\n`);
    if (running === null) context.err.write(`${words.onlyWhileRunning}\n`);
    return exitCodes.done;
  });
}

export function removeSchedule(context: CommandContext, given: string): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const { id } = await findSchedule(client, given, context);
    unwrap(await client.call('schedules.remove', { scheduleId: id }), context.words);
    context.out.write(`${scheduleWordsFor(context.locale).removed}\n`);
    return exitCodes.done;
  });
}

export function setScheduleEnabled(context: CommandContext, given: string, enabled: boolean): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const found = await findSchedule(client, given, context);
    const schedule = taken(await client.call('schedules.setEnabled', { scheduleId: found.id, enabled }), found, context);
    context.out.write(`${(await linesOf(schedule, client, context)).join('\n')}\n`);
    return exitCodes.done;
  });
}

/** The next times of a schedule, or of an expression before it is one. */
export function nextTimes(
  context: CommandContext,
  given: string | null,
  options: { readonly cron: string | null; readonly zone: string; readonly count: number },
): Promise<ExitCode> {
  const words = scheduleWordsFor(context.locale);
  if ((given === null) === (options.cron === null)) throw new CommandError(exitCodes.usage, words.eitherOr);
  return withProgram(context, { works: false }, async ({ client }) => {
    const times = given === null ? { cron: options.cron ?? '', timeZone: options.zone } : await findSchedule(client, given, context);
    const { cron, timeZone } = times;
    const { atMs } = taken(await client.call('schedules.preview', { cron, timeZone, count: options.count }), times, context);
    for (const ms of atMs) context.out.write(`${momentIn(timeZone, context)(ms)} (${timeZone})\n`);
    return exitCodes.done;
  });
}

async function all(client: Client, { words }: CommandContext): Promise<readonly ScheduleView[]> {
  return unwrap(await client.call('schedules.list', {}), words).schedules;
}

async function findSchedule(client: Client, given: string, context: CommandContext): Promise<ScheduleView> {
  const words = scheduleWordsFor(context.locale);
  const [only, ...more] = (await all(client, context)).filter(schedule => schedule.id.startsWith(given));
  if (only === undefined || given === '') throw new CommandError(exitCodes.notFound, words.noSuch(given));
  if (more.length > 0) throw new CommandError(exitCodes.usage, words.ambiguous(given));
  return only;
}

/** The value of a result; what is wrong with the times is said in the person's language, with what they gave. */
function taken<T>(
  result: Result<T, string>,
  given: { readonly cron: string; readonly timeZone: string },
  { words, locale }: CommandContext,
): T {
  if (result.ok) return result.value;
  const { refusals, noSuchChat } = scheduleWordsFor(locale);
  const cron = printable(given.cron);
  switch (result.error.code) {
    case 'bad_cron': {
      const fault = cronFault(cron);
      throw new CommandError(
        exitCodes.usage,
        refusals.bad_cron(cron, fault === null ? null : cronFaultWords[spokenLanguage(locale)](fault)),
      );
    }
    case 'bad_time_zone':
      throw new CommandError(exitCodes.usage, refusals.bad_time_zone(printable(given.timeZone)));
    case 'never_comes':
      throw new CommandError(exitCodes.usage, refusals.never_comes(cron));
    case 'too_many_schedules':
      throw new CommandError(exitCodes.usage, refusals.too_many_schedules);
    case 'not_found':
      throw new CommandError(exitCodes.notFound, noSuchChat(result.error.message.replace(/^.* (\S+)\.$/u, '$1')));
    default:
      return unwrap(result, words);
  }
}

/** The job that a planned time has started, as it is now; null when there is none, or it is no longer known. */
async function lastJobOf({ lastRun }: ScheduleView, client: Client, { words }: CommandContext): Promise<JobView | null> {
  const id = lastRun?.jobId ?? null;
  if (id === null) return null;
  const { jobs } = unwrap(await client.call('jobs.now', { jobIds: [id] }), words);
  return jobs.find(job => job.id === id) ?? null;
}

async function linesOf(schedule: ScheduleView, client: Client, context: CommandContext): Promise<readonly string[]> {
  const words = scheduleWordsFor(context.locale);
  const at = momentIn(schedule.timeZone, context);
  const { lastRun } = schedule;
  const job = await lastJobOf(schedule, client, context);
  const reason = lastRun?.error == null ? '' : ` (${context.words.refusals[lastRun.error.code] ?? printable(lastRun.error.message)})`;
  return [
    `${schedule.id}  ${words.work(printable(schedule.title), schedule.work.kind)}`,
    `  ${schedule.cron}  ${schedule.nextAtMs === null ? words.off : words.next(at(schedule.nextAtMs), schedule.timeZone)}`,
    `  ${words.missed[schedule.missed]}`,
    ...(lastRun === null
      ? []
      : [
          `  ${words.last(at(lastRun.plannedAtMs), job === null ? words.outcomes[lastRun.outcome] : jobStateWords(job, context.words))}${reason}${lastRun.jobId === null ? '' : `  ${lastRun.jobId}`}`,
        ]),
  ];
}

/** A moment as the clock on a wall of that zone shows it. */
function momentIn(timeZone: string, { locale }: CommandContext): (atMs: number) => string {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return atMs => format.format(atMs);
}
