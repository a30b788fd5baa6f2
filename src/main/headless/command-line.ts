import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { languages, type Language } from '../../shared/domain/language.ts';
import { detailLevels, templates, type DetailLevel, type Template } from '../../shared/domain/synopsis.ts';
import { jobGroups, jobKinds, type JobGroup } from '../../shared/domain/job.ts';
import { jobStates } from '../../shared/domain/job-state.ts';
import { chooseDataFolder } from '../app/choose-data-folder.ts';
import { DataFolderUnwritableError } from '../store/data-folder.ts';
import { isOpeningError } from '../store/opening-errors.ts';
import { PortTakenError } from '../ipc/local-server.ts';
import type { CommandContext } from './command-context.ts';
import { cancelJob, listJobs, showJob, usualListLength, waitForJob } from './commands/jobs.ts';
import { addExportVerb } from './commands/export.ts';
import { openInBrowser } from './commands/open.ts';
import { serve } from './commands/serve.ts';
import { addStepVerbs } from './commands/step-verbs.ts';
import { makeSynopsis } from './commands/synopsis.ts';
import { CommandError, exitCodes, type ExitCode } from './exit-codes.ts';
import { count } from './count-argument.ts';
import { programPaths } from '../app/program-paths.ts';
import { systemLocale } from './system-locale.ts';
import { wordsFor } from './words.ts';

/** Not a well-known service's port, so `konspekt serve` finds it free and a bookmark keeps working. */
const defaultPort = 47_600;

const exitCodeHelp = `
Exit codes:
  0  done                          4  the job failed, or no source could be read
  1  internal error                5  the data folder is in use or cannot be written
  2  wrong arguments               6  no such job
  3  done, with issues             7  a step waits for your decision
                                 130  cancelled, or stopped by Ctrl+C
`;

const synopsisHelp = `
The same sources and options name the same synopsis: a command that was cut short goes on from the last finished section,
and one that had finished prints what is there. Ctrl+C cancels; a second one leaves at once. Progress and remarks go to
standard error, the Markdown to standard output or --out.

Examples:
  konspekt synopsis lecture.pdf --out lecture.md
  konspekt synopsis notes.docx https://example.org/article --detail full --lang en
  konspekt synopsis book.pdf --background
`;

const jobsHelp = `
JSON of list (one job a line) and of the member "job" of show:
  id, kind        ${jobKinds.join(' | ')}
  state           ${jobStates.join(' | ')}
  outcome         ok | issues for a job that is done, else null; issues: the codes of its shortcomings
  title, sessionId, attempt, maxAttempts, stepsDone, cancelRequested
  progress        null or {phase, label, done, total}
  waitReason      why a waiting job waits, else null; dueAtMs: when a scheduled one is tried again
  error           null or {code, message}
  createdAtMs, startedAtMs, finishedAtMs, lastNewsAtMs   milliseconds since 1970, or null
  undoing         failed | cancelled while what it did is being undone, or when that failed; undecided: steps to decide about
show adds "steps" [{seq, name, attempt, startedAtMs, finishedAtMs, effect, outcome, compensates, undo, decision}], "superseded"
(steps set aside), "undecided", "forkedFrom", "forks" and "events" [{seq, type, atMs, detail}].
`;

export async function runCommandLine(args: readonly string[]): Promise<ExitCode> {
  const locale = systemLocale(process.env);
  const words = wordsFor(locale);
  let exitCode: ExitCode = exitCodes.done;

  const program = new Command('konspekt')
    .description('Synopses with evidence from your documents, made on this machine.')
    .version(programPaths().version)
    .option('--data <folder>', 'data folder (default: the desktop program’s own; also KONSPEKT_DATA)')
    .addHelpText('after', exitCodeHelp)
    .showHelpAfterError('(see --help)')
    .exitOverride();

  const context = (): CommandContext => ({
    dataDir: chooseDataFolder(program.opts<{ data?: string }>().data),
    locale,
    words,
    out: process.stdout,
    err: process.stderr,
  });
  const run =
    <A extends unknown[]>(command: (context: CommandContext, ...args: A) => Promise<ExitCode>) =>
    async (...args: A): Promise<void> => {
      exitCode = await command(context(), ...args);
    };

  program
    .command('synopsis')
    .description('make a synopsis of files or web addresses, with every claim cited')
    .argument('<source...>', 'files (text, Markdown, HTML, PDF, DOCX) or http(s) addresses')
    .option('-o, --out <file>', 'write the Markdown there; "-" or nothing prints it')
    .addOption(new Option('--lang <language>', 'language of the headings (default: that of most of the material)').choices(languages))
    .addOption(new Option('--detail <level>', 'how much of the material to keep').choices(detailLevels).default('standard'))
    .addOption(new Option('--template <name>', 'what the material is').choices(templates).default('article'))
    .option('--again', 'make a new version even if the same material has one', false)
    .addOption(
      new Option('--background', 'print the job’s id and return at once; the work goes on in the background')
        .default(false)
        .conflicts('out'),
    )
    .addHelpText('after', synopsisHelp)
    .action(
      run(
        async (
          ctx,
          sources: string[],
          options: { out?: string; lang?: Language; detail: DetailLevel; template: Template; again: boolean; background: boolean },
        ) => makeSynopsis(ctx, { ...options, sources, out: options.out ?? null, lang: options.lang ?? null }),
      ),
    );

  const jobs = program.command('jobs').description('see and steer jobs').addHelpText('after', jobsHelp);
  jobs
    .command('list', { isDefault: true })
    .description('jobs, newest first')
    .addOption(new Option('--group <group>', 'only these').choices(jobGroups))
    .option('--limit <number>', 'at most so many', count, usualListLength)
    .option('--json', 'one JSON object a line; see "konspekt jobs --help"', false)
    .action(
      run(async (ctx, options: { group?: JobGroup; limit: number; json: boolean }) =>
        listJobs(ctx, { ...options, group: options.group ?? null }),
      ),
    );
  jobs
    .command('show')
    .description('one job with its steps')
    .argument('<job>', 'its id, or the beginning of it')
    .option('--json', 'as JSON; see "konspekt jobs --help"', false)
    .action(run(async (ctx, id: string, options: { json: boolean }) => showJob(ctx, id, options)));
  jobs
    .command('wait')
    .description('wait until a job ends; its exit code is the job’s')
    .argument('<job>', 'its id, or the beginning of it')
    .action(run(async (ctx, id: string) => waitForJob(ctx, id)));
  jobs
    .command('cancel')
    .description('cancel a job')
    .argument('<job>', 'its id, or the beginning of it')
    .action(run(async (ctx, id: string) => cancelJob(ctx, id)));
  addStepVerbs(jobs, run);
  addExportVerb(program, run);

  program
    .command('serve')
    .description('run the program without a desktop and show its window in a browser')
    .option('--port <number>', 'port on 127.0.0.1; 0 takes a free one', portNumber, defaultPort)
    .option('--open', 'open the browser', false)
    .addOption(new Option('--no-page', 'serve the command line only').hideHelp())
    .addOption(new Option('--exit-when-idle', 'leave when the queue is empty').hideHelp())
    .action(
      run(async (ctx, options: { port: number; open: boolean; page: boolean; exitWhenIdle?: boolean }) =>
        serve(ctx, { port: options.port, open: options.open, withPage: options.page, exitWhenIdle: options.exitWhenIdle ?? false }),
      ),
    );
  program
    .command('open')
    .description('print a new link to the running program’s window, and open it')
    .action(run(async ctx => openInBrowser(ctx)));

  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (error instanceof CommandError) {
      process.stderr.write(`${error.message}\n`);
      return error.exitCode;
    }
    if (error instanceof DataFolderUnwritableError) {
      process.stderr.write(`${words.unwritableFolder(error.folder)}\n${causeOf(error)}`);
      return exitCodes.dataFolder;
    }
    if (isOpeningError(error)) {
      process.stderr.write(`${error.message}\n`);
      return exitCodes.dataFolder;
    }
    if (error instanceof PortTakenError) {
      process.stderr.write(`${error.message}\n`);
      return exitCodes.usage;
    }
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return exitCodes.internal;
  }
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError(`A port is a whole number from 0 to 65535, not "${text}".`);
  return port;
}

/** The system's own words for what is wrong, on a line of their own. */
function causeOf({ cause }: Error): string {
  return cause instanceof Error ? `(${cause.message})\n` : '';
}
