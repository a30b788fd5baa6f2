import { Option, type Command } from 'commander';
import { languages, type Language } from '../../shared/domain/language.ts';
import { missedPolicies, previewLimit, type MissedPolicy } from '../../shared/domain/schedule.ts';
import { detailLevels, templates, type DetailLevel, type Template } from '../../shared/domain/synopsis.ts';
import type { Run } from './command-context.ts';
import { collected } from './recipe-arguments.ts';
import { refuseUnknownVerb } from './refuse-unknown-verb.ts';
import { addSchedule, listSchedules, nextTimes, ownTimeZone, removeSchedule, setScheduleEnabled } from './commands/schedules.ts';
import { countUpTo } from './count-argument.ts';

const schedulesHelp = `
A schedule makes the synopsis of a chat anew at the times of a cron expression: five fields, minute hour day month weekday.
It works while Konspekt is open (its window, or "konspekt serve"). A time that passed while it was closed is made up for once
at the next start, unless --missed skip. A time of the day that the clock leaps over in spring comes when the gap ends, and one
that it passes twice in autumn comes once.

Examples:
  konspekt schedules add "Seminar" --cron "0 9 * * 1-5"
  konspekt schedules add "Seminar" --cron "30 18 * * fri" --zone Europe/Berlin --detail full --missed skip
  konspekt schedules add "Shopping" --recipe "Prices" --param what=tea --cron "0 9 * * 1"
  konspekt schedules next --cron "0 9 1 * *" --count 3

JSON of list (one schedule a line): id, work {kind, sessionId, detail, template, language}
 or {kind, sessionId, recipeId, params, login}, title, cron, timeZone, missed, enabled,
 nextAtMs, lastRun {plannedAtMs, atMs, outcome, jobId, error}, createdAtMs; times in milliseconds since 1970, or null.
`;

/** How many next times a person looks at. */
const usualCount = 5;

/** `konspekt schedules …`. */
export function addSchedulesCommand(program: Command, run: Run): void {
  const schedules = program
    .command('schedules')
    .description('have synopses made and recipes run at times')
    .addHelpText('after', schedulesHelp);
  const list = schedules
    .command('list', { isDefault: true })
    .description('schedules, oldest first')
    .option('--json', 'one JSON object a line; see "konspekt schedules --help"', false)
    .action(run((ctx, options: { json: boolean }) => listSchedules(ctx, options)));
  refuseUnknownVerb(schedules, list);
  schedules
    .command('add')
    .description('make the synopsis of a chat at times, or run a recipe in it')
    .argument('<chat>', 'part of its title, or the beginning of its id')
    .requiredOption('--cron <expression>', 'when: minute hour day month weekday')
    .option('--zone <name>', 'time zone of the IANA database (default: this machine’s)')
    .addOption(new Option('--missed <policy>', 'when Konspekt was closed at the time').choices(missedPolicies).default('run_once'))
    .option('--title <text>', 'what to call it (default: the chat’s title)')
    .addOption(new Option('--lang <language>', 'language of the headings (default: that of most of the material)').choices(languages))
    .addOption(new Option('--detail <level>', 'how much of the material to keep').choices(detailLevels).default('standard'))
    .addOption(new Option('--template <name>', 'what the material is').choices(templates).default('article'))
    .option('--recipe <name>', 'run this saved browser recipe instead; its report goes to the chat')
    .option('--login <login>', 'the login that the recipe is signed in with, by its name')
    .option('--param <name=value>', 'a value of the recipe; may be given several times', collected, [])
    .action(
      run(
        (
          ctx,
          chat: string,
          options: {
            cron: string;
            zone?: string;
            missed: MissedPolicy;
            title?: string;
            lang?: Language;
            detail: DetailLevel;
            template: Template;
            recipe?: string;
            login?: string;
            param: readonly string[];
          },
        ) =>
          addSchedule(ctx, chat, {
            ...options,
            zone: options.zone ?? ownTimeZone(),
            title: options.title ?? null,
            lang: options.lang ?? null,
            recipe: options.recipe ?? null,
            login: options.login ?? null,
          }),
      ),
    );
  schedules
    .command('remove')
    .description('remove a schedule; what it has made stays')
    .argument('<schedule>', 'its id, or the beginning of it')
    .action(run((ctx, id: string) => removeSchedule(ctx, id)));
  for (const [name, enabled] of [
    ['enable', true],
    ['disable', false],
  ] as const)
    schedules
      .command(name)
      .description(enabled ? 'switch a schedule on; what passed while it was off is not made up for' : 'switch a schedule off')
      .argument('<schedule>', 'its id, or the beginning of it')
      .action(run((ctx, id: string) => setScheduleEnabled(ctx, id, enabled)));
  schedules
    .command('next')
    .description('when a schedule comes, or an expression would')
    .argument('[schedule]', 'its id, or the beginning of it')
    .option('--cron <expression>', 'an expression instead')
    .option('--zone <name>', 'its time zone (default: this machine’s)')
    .option('--count <number>', 'how many times', countUpTo(previewLimit), usualCount)
    .action(
      run((ctx, id: string | undefined, options: { cron?: string; zone?: string; count: number }) =>
        nextTimes(ctx, id ?? null, { cron: options.cron ?? null, zone: options.zone ?? ownTimeZone(), count: options.count }),
      ),
    );
}
