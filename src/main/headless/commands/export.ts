import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { languages, type Language } from '../../../shared/domain/language.ts';
import { withProgram } from '../attach.ts';
import type { CommandContext, Run } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { stepWordsFor } from '../step-words.ts';
import { commandErrorOf } from '../unwrap.ts';
import { ended, whileWaiting } from './jobs.ts';

const help = `
One Markdown file for each synopsis that is finished. What lies in the folder is never written over: a file of that name with
other content makes the new one "Title (2).md", and one with the same text is left. A command that was cut short goes on
where it stopped; cancelling it (konspekt jobs cancel) removes the files that it has written and nobody has changed.

Example:
  konspekt export --to ~/Notes/Synopses
`;

/** `konspekt export`. */
export function addExportVerb(program: Command, run: Run): void {
  program
    .command('export')
    .description('write all finished synopses into a folder, a Markdown file each')
    .requiredOption('--to <folder>', 'a folder that is there')
    .addOption(new Option('--lang <language>', 'language of the headings (default: that of each synopsis)').choices(languages))
    .addHelpText('after', help)
    .action(run(async (ctx, options: { to: string; lang?: Language }) => exportAll(ctx, options.to, options.lang ?? null)));
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
