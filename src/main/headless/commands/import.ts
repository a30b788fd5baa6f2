import { basename } from 'node:path';
import type { Command } from 'commander';
import { v4 as newUuid } from 'uuid';
import { withProgram } from '../attach.ts';
import type { CommandContext, Run } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { readGivenSources, uploadFile } from '../given-source.ts';
import { stepWordsFor } from '../step-words.ts';
import { unwrap } from '../unwrap.ts';
import { whileWaiting } from './jobs.ts';

const help = `
The file comes from "Export" in the window, or from konspekt export --chat <chat> --to <name>.konspekt. It becomes a chat of its
own, with its sources and its synopsis; every quote opens at its place, without a network.

Example:
  konspekt import lecture.konspekt
`;

/** `konspekt import`: prints the chat's id. */
export function addImportVerb(program: Command, run: Run): void {
  program
    .command('import')
    .description('open a Konspekt file (.konspekt) as a chat with its sources and its synopsis')
    .argument('<file>', 'the file')
    .addHelpText('after', help)
    .action(run((context, file: string) => importBundle(context, file)));
}

function importBundle(context: CommandContext, file: string): Promise<ExitCode> {
  return whileWaiting(context, async signal => {
    const { words, locale, out, err } = context;
    const [source] = await readGivenSources([file], words);
    if (source?.kind !== 'file') throw new CommandError(exitCodes.usage, stepWordsFor(locale).notABundle(file));
    return withProgram(context, { works: true, signal }, async ({ client }) => {
      const uploadId = await uploadFile(client, source, words);
      const { sessionId } = unwrap(await client.call('files.openBundle', { requestKey: newUuid(), uploadId }), words);
      out.write(`${sessionId}\n`);
      err.write(`${stepWordsFor(locale).imported(basename(file))}\n`);
      return exitCodes.done;
    });
  });
}
