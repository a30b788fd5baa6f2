import type { TraceFormat } from '../../../shared/domain/job-trace.ts';
import { traceFile } from '../../../shared/domain/trace-file.ts';
import { programPaths } from '../../app/program-paths.ts';
import { withProgram } from '../attach.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { healthWordsFor } from '../health-words.ts';
import { checkOutputFile, writeOutputFile } from '../output-file.ts';
import { unwrap } from '../unwrap.ts';
import { findJob } from './jobs.ts';

/** Prints what became of a job as spans, or writes it into a file. */
export function traceJob(
  context: CommandContext,
  given: string,
  options: { readonly format: TraceFormat; readonly out: string | null },
): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const { words, out, err, locale } = context;
    const path = await checkOutputFile(options.out, [], words);
    const jobId = await findJob(client, given, context);
    const found = await client.call('jobs.trace', { jobId });
    if (!found.ok && found.error.code === 'not_found') throw new CommandError(exitCodes.notFound, words.noSuchJob(given));
    const { text } = traceFile(unwrap(found, words), options.format, programPaths().version);
    if (path === null) out.write(text);
    else {
      await writeOutputFile(path, text, words);
      err.write(`${healthWordsFor(locale).traceSaved(path)}\n`);
    }
    return exitCodes.done;
  });
}
