import { Command, CommanderError, Help, Option } from 'commander';
import { listedFormats } from '../../shared/domain/document-formats.ts';
import { languages, type Language } from '../../shared/domain/language.ts';
import { fileEndings } from '../../shared/export/file-formats.ts';
import {
  detailLevels,
  templates,
  type DetailLevel,
  type Template,
  synopsisEngines,
  type SynopsisEngine,
} from '../../shared/domain/synopsis.ts';
import { chooseDataFolder } from '../app/choose-data-folder.ts';
import { openingTrouble } from '../app/opening-trouble.ts';
import { sayOpeningTrouble, shortened } from '../app/opening-words.ts';
import { spokenLanguage } from '../app/spoken-language.ts';
import { PortUnavailableError } from '../ipc/local-server.ts';
import { argumentFault } from './argument-words.ts';
import { badArgument } from './bad-argument.ts';
import { addBudgetsCommand } from './budgets-command.ts';
import { addAuditVerb } from './audit-verb.ts';
import type { CommandContext, Run } from './command-context.ts';
import { add } from './commands/add.ts';
import { ask } from './commands/ask.ts';
import { addExportVerb } from './commands/export.ts';
import { addImportVerb } from './commands/import.ts';
import { showHealth } from './commands/health.ts';
import { writeDiagnostics } from './commands/diagnostics.ts';
import { openAddress, openInBrowser } from './commands/open.ts';
import { restore } from './commands/restore.ts';
import { serve, usualPort } from './commands/serve.ts';
import { priorityArgument, startArgument } from './place-arguments.ts';
import { makeSynopsis } from './commands/synopsis.ts';
import { CommandError, exitCodes, type ExitCode } from './exit-codes.ts';
import { addJobsCommand } from './jobs-command.ts';
import { programPaths } from '../app/program-paths.ts';
import { addLibraryCommand } from './library-command.ts';
import { addSearchCommand } from './search-command.ts';
import { addMcpCommand } from './mcp-command.ts';
import { addModelsCommand } from './models-command.ts';
import { addAutoExportCommand } from './autoexport-command.ts';
import { addBackupCommand } from './backup-command.ts';
import { addBrowserCommand } from './browser-command.ts';
import { addNoticesCommand } from './notices-command.ts';
import { addReachCommand } from './reach-command.ts';
import { addSchedulesCommand } from './schedules-command.ts';
import { addSettingsCommand } from './settings-command.ts';
import { programLocale, systemLocale } from './system-locale.ts';
import { addVersionVerbs } from './version-verbs.ts';
import { wordsFor } from './words.ts';

const exitCodeHelp = `
Exit codes:
  0  done                          4  the task failed, or no source could be read
  1  internal error                5  the data folder is in use or cannot be opened
  2  wrong arguments               6  no such task, chat or schedule
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
  konspekt synopsis book.epub --background
  konspekt synopsis lectures/ --template lecture
  konspekt synopsis diff "Lecture 4"
`;

const sourceHelp = `files (${listedFormats('en')}), folders of such files, or http(s) addresses`;

const askHelp = `
Ctrl+C stops the answer and keeps what is written; a second one leaves at once. A file or another program gets the finished
answer alone. Without a model the answer is made of passages from the material.

Examples:
  konspekt ask "What does the contract say about delays?" --file contract.pdf
  konspekt ask "And who pays?" --chat "What does the contract"
  konspekt ask "Compare all offers and list the differences" --chat offers --background
`;

export async function runCommandLine(args: readonly string[]): Promise<ExitCode> {
  const locale = programLocale(systemLocale(process.env));
  const words = wordsFor(locale);
  let exitCode: ExitCode = exitCodes.done;

  const program = new Command('konspekt')
    .description('Synopses with evidence from your documents, made on this machine.')
    .version(programPaths().version)
    .option('--data <folder>', 'data folder (default: the desktop program’s own; also KONSPEKT_DATA)')
    .addHelpText('after', exitCodeHelp)
    .showHelpAfterError({ ru: '(см. --help)', en: '(see --help)' }[spokenLanguage(locale)])
    .configureOutput({ outputError: (text, write) => write(`${argumentFault(text, spokenLanguage(locale))}\n`) })
    .configureHelp({ optionDescription })
    .exitOverride();

  const context = (): CommandContext => ({
    dataDir: chooseDataFolder(program.opts<{ data?: string }>().data),
    locale,
    words,
    out: process.stdout,
    err: process.stderr,
  });
  const run: Run =
    command =>
    async (...args) => {
      exitCode = await command(context(), ...args);
    };

  const synopsis = program
    .command('synopsis')
    .description('make a synopsis of files or web addresses, with every claim cited')
    .argument('<source...>', sourceHelp)
    .option('-o, --out <file>', `write it there, as its ending says: ${fileEndings}; "-" or nothing prints Markdown`)
    .addOption(new Option('--lang <language>', 'language of the headings (default: that of most of the material)').choices(languages))
    .addOption(new Option('--detail <level>', 'how much of the material to keep').choices(detailLevels).default('standard'))
    .addOption(
      new Option(
        '--template <name>',
        'what the material is (default: as the last time; at first, meeting for a talk, else article)',
      ).choices(templates),
    )
    .addOption(new Option('--engine <name>', 'who makes it (default: the model, where one is connected)').choices(synopsisEngines))
    .option('--at <time>', 'begin it then: 22:00, or "2027-01-31 22:00"; the sources are read at once', text => startArgument(text))
    .option('--priority <number>', 'from 0, for what can wait, to 100, for what is needed now (default: 20)', priorityArgument)
    .option('--again', 'make a new version even if the same material has one', false)
    .addOption(
      new Option('--background', 'print the task’s id and return at once; the work goes on in the background')
        .default(false)
        .conflicts('out'),
    )
    .addHelpText('after', synopsisHelp)
    .action(
      run(
        async (
          ctx,
          sources: string[],
          options: {
            out?: string;
            lang?: Language;
            detail: DetailLevel;
            template?: Template;
            engine?: SynopsisEngine;
            at?: number;
            priority?: number;
            again: boolean;
            background: boolean;
          },
        ) =>
          makeSynopsis(ctx, {
            ...options,
            sources,
            out: options.out ?? null,
            lang: options.lang ?? null,
            template: options.template ?? null,
            engine: options.engine ?? null,
            at: options.at ?? null,
            priority: options.priority ?? null,
          }),
      ),
    );

  program
    .command('ask')
    .description('ask in a chat and print the answer while it is written')
    .argument('<question>', 'what to ask')
    .option('--chat <chat>', 'the chat, by its id, title or a part of that (default: a new one)')
    .option('--file <source...>', 'files, folders or http(s) addresses to add to the chat first')
    .option('--background', 'have an agent work on it in the background; print the task’s id and return at once', false)
    .addHelpText('after', askHelp)
    .action(
      run(async (ctx, question: string, options: { chat?: string; file?: string[]; background: boolean }) =>
        ask(ctx, { question, chat: options.chat ?? null, files: options.file ?? [], background: options.background }),
      ),
    );
  program
    .command('add')
    .description('put files, addresses and whole folders into a chat, and print its id; they are read in the background')
    .argument('<source...>', sourceHelp)
    .option('--chat <chat>', 'the chat, by its id, title or a part of that (default: a new one)')
    .action(run(async (ctx, sources: string[], options: { chat?: string }) => add(ctx, { sources, chat: options.chat ?? null })));
  addAuditVerb(synopsis, run);
  addVersionVerbs(synopsis, run);
  addLibraryCommand(program, run);
  addSearchCommand(program, run);
  addJobsCommand(program, run);
  addExportVerb(program, run);
  addImportVerb(program, run);
  addNoticesCommand(program, run);
  addSchedulesCommand(program, run);
  addBudgetsCommand(program, run);
  addModelsCommand(program, run);
  addMcpCommand(program, run);
  addReachCommand(program, run);
  addBrowserCommand(program, run);
  addAutoExportCommand(program, run);
  addSettingsCommand(program, run);
  addBackupCommand(program, run);

  program
    .command('health')
    .description('how the program is: queue, workers, memory, disk, last backup')
    .option('--json', 'as JSON', false)
    .action(run(async (ctx, options: { json: boolean }) => showHealth(ctx, options)));

  program
    .command('diagnostics')
    .description('write versions, figures and the redacted log into a file, to show to somebody who helps; no texts and no keys')
    .argument('<file>', 'the file; "-" for standard output')
    .action(run(async (ctx, file: string) => writeDiagnostics(ctx, file)));

  program
    .command('serve')
    .description('run the program without a desktop and show its window in a browser')
    .option('--port <number>', `port on 127.0.0.1; 0 takes a free one (default: ${usualPort}, or a free one where it is taken)`, portNumber)
    .option('--open', 'open the browser', false)
    .option('--metrics', 'serve figures for Prometheus at /metrics, with a token', false)
    .addOption(new Option('--no-page', 'serve the command line only').hideHelp())
    .addOption(new Option('--exit-when-idle', 'leave when the queue is empty').hideHelp())
    .action(
      run(async (ctx, options: { port?: number; open: boolean; metrics: boolean; page: boolean; exitWhenIdle?: boolean }) =>
        serve(ctx, {
          port: options.port ?? null,
          open: options.open,
          metrics: options.metrics,
          withPage: options.page,
          exitWhenIdle: options.exitWhenIdle ?? false,
        }),
      ),
    );
  program
    .command('open')
    .description('print a new link to the running program’s window, and open it, with an address at that place')
    .argument('[address]', 'of a chat, a task, a synopsis …, as «Copy link» gives it: konspekt://…')
    .action(run(async (ctx, address: string | undefined) => (address === undefined ? openInBrowser(ctx) : openAddress(ctx, address))));
  program
    .command('restore')
    .description('put the newest good backup in the place of a damaged database, which is kept aside')
    .option('--begin-anew', 'begin an empty database instead', false)
    .action(run(async (ctx, options: { beginAnew: boolean }) => restore(ctx, options)));

  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (error instanceof CommandError) {
      process.stderr.write(`${error.message}\n`);
      return error.exitCode;
    }
    if (error instanceof PortUnavailableError) {
      process.stderr.write(`${words.portUnavailable[error.reason](error.port)}\n`);
      return exitCodes.usage;
    }
    const trouble = openingTrouble(error);
    if (trouble !== null) {
      const { dataDir } = context();
      process.stderr.write(
        `${sayOpeningTrouble(trouble, { folder: dataDir, language: spokenLanguage(locale), host: 'commandLine' })}\n${causeOf(error)}`,
      );
      return exitCodes.dataFolder;
    }
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return exitCodes.internal;
  }
}

/** As commander writes it; that a switch is off until it is given goes without saying. */
function optionDescription(option: Option): string {
  return option.isBoolean() && option.defaultValue === false ? option.description : new Help().optionDescription(option);
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw badArgument({ ru: 'Порт — целое число от 0 до 65535.', en: 'A port is a whole number from 0 to 65535.' });
  return port;
}

/** The system's own words for what is wrong, on a line of their own. */
function causeOf(error: unknown): string {
  return error instanceof Error && error.cause instanceof Error ? `(${shortened(error.cause.message)})\n` : '';
}
