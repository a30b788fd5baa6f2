import { diagnosticsText } from '../../../shared/export/diagnostics-text.ts';
import { withProgram } from '../attach.ts';
import { backupWordsFor } from '../backup-words.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { checkOutputFile, writeOutputFile } from '../output-file.ts';
import { unwrap } from '../unwrap.ts';

/** Writes the bundle of diagnostics where the person says, for them to read first. */
export async function writeDiagnostics(context: CommandContext, given: string): Promise<ExitCode> {
  const { words, out, err, locale } = context;
  const file = await checkOutputFile(given, [], words);
  return withProgram(context, { works: false }, async ({ client }) => {
    const text = diagnosticsText(unwrap(await client.call('diagnostics.read', {}), words));
    if (file === null) out.write(text);
    else {
      await writeOutputFile(file, text, words);
      err.write(`${backupWordsFor(locale).diagnosticsWritten(given)}\n`);
    }
    return exitCodes.done;
  });
}
