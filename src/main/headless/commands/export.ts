import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { languages, type Language } from '../../../shared/domain/language.ts';
import { fileEndings, formatOfName } from '../../../shared/export/file-formats.ts';
import { withProgram } from '../attach.ts';
import { deliverSynopsis } from '../deliver-synopsis.ts';
import { findChat } from '../find-chat.ts';
import { checkOutputFile } from '../output-file.ts';
import type { CommandContext, Run } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { stepWordsFor } from '../step-words.ts';
import { commandErrorOf, unwrap } from '../unwrap.ts';
import { ended, whileWaiting } from './jobs.ts';

const help = `
With --chat the synopsis of that chat alone is written, to the file that --to names: its ending (${fileEndings})
says what kind of file it is. Without it, one Markdown file for each synopsis that is finished. What lies in the folder is never written over: a file of that name with
other content makes the new one "Title (2).md", and one with the same text is left. A command that was cut short goes on
where it stopped; cancelling it (konspekt jobs cancel) removes the files that it has written and nobody has changed.

Example:
  konspekt export --to ~/Notes/Synopses
  konspekt export --chat "Thermodynamics" --to lecture.docx
`;

/** `konspekt export`. */
export function addExportVerb(program: Command, run: Run): void {
  program
    .command('export')
    .description('write all finished synopses into a folder, or one of them to a file')
    .requiredOption('--to <folder>', 'a folder that is there; with --chat, the file')
    .option('--chat <chat>', 'only the newest synopsis of this chat: its id, the beginning of it, its title or a part of that')
    .addOption(new Option('--lang <language>', 'language of the headings (default: that of each synopsis)').choices(languages))
    .addHelpText('after', help)
    .action(
      run(async (ctx, options: { to: string; chat?: string; lang?: Language }) =>
        options.chat === undefined
          ? exportAll(ctx, options.to, options.lang ?? null)
          : exportOne(ctx, options.chat, options.to, options.lang ?? null),
      ),
    );
}

function exportOne(context: CommandContext, chat: string, to: string, language: Language | null): Promise<ExitCode> {
  return whileWaiting(context, async signal => {
    const { words, locale } = context;
    if (formatOfName(to) === null) throw new CommandError(exitCodes.usage, stepWordsFor(locale).noSuchFormat(to, fileEndings));
    const file = await checkOutputFile(to, [], words);
    return withProgram(context, { works: false, signal }, async ({ client }) => {
      const sessionId = await findChat(client, chat, context);
      const { versions } = unwrap(await client.call('synopses.open', { sessionId }), words);
      const version = versions.find(({ state }) => state === 'ready');
      if (version === undefined) throw new CommandError(exitCodes.failed, stepWordsFor(locale).nothingToExport);
      return deliverSynopsis({ client, context, sessionId, version, language, file, fileAsGiven: to });
    });
  });
}

function exportAll(context: CommandContext, to: string, language: Language | null): Promise<ExitCode> {
  const folder = resolve(to);
  return whileWaiting(context, signal =>
    withProgram(context, { works: true, signal }, async ({ client }) => {
      const { words, locale, err } = context;
      const asked = await client.call('synopses.exportTo', { folder, language });
      if (!asked.ok) {
        const stepWords = stepWordsFor(locale);
        if (asked.error.code === 'bad_folder') throw new CommandError(exitCodes.usage, stepWords.badFolder(to));
        if (asked.error.code === 'nothing_to_export') throw new CommandError(exitCodes.failed, stepWords.nothingToExport);
        throw commandErrorOf(asked.error, words);
      }
      const { job, count } = asked.value;
      const exit = await ended(client, job.id, job.id, context, signal);
      if (exit === exitCodes.done) err.write(`${stepWordsFor(locale).exported(count, to)}\n`);
      return exit;
    }),
  );
}
