import { Argument, type Command } from 'commander';
import type { Client } from '../../../shared/contract/client.ts';
import type { Failure } from '../../../shared/contract/result.ts';
import { stepDecisions, type StepDecision } from '../../../shared/domain/job-step.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import { withProgram } from '../attach.ts';
import type { CommandContext, Run } from '../command-context.ts';
import { count } from '../count-argument.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { stepWordsFor } from '../step-words.ts';
import { commandErrorOf, unwrap } from '../unwrap.ts';
import { ended, findJob, refusal, whileWaiting } from './jobs.ts';

const confirmOption = '--confirm-effects';
const jobArgument = ['<task>', 'its id, or the beginning of it'] as const;
const confirmText = 'also repeat steps that have already changed something outside the program';

/** `jobs retry`, `fork` and `decide`. */
export function addStepVerbs(jobs: Command, run: Run): void {
  jobs
    .command('retry')
    .description('run a failed or cancelled task again, from its last finished step, and wait for it')
    .argument(...jobArgument)
    .option('--from <step>', 'from the step with this number on; see "konspekt jobs show"', count)
    .option(confirmOption, confirmText, false)
    .action(run(async (ctx, id: string, options: { from?: number; confirmEffects: boolean }) => retryJob(ctx, id, options)));
  jobs
    .command('fork')
    .description('begin a new task with the finished steps of an ended one, and wait for it')
    .argument(...jobArgument)
    .requiredOption('--from <step>', 'the first step to run anew; see "konspekt jobs show"', count)
    .option(confirmOption, confirmText, false)
    .action(run(async (ctx, id: string, options: { from: number; confirmEffects: boolean }) => forkJob(ctx, id, options)));
  jobs
    .command('decide')
    .description('say what became of a step that the program cannot judge, and wait for the task')
    .argument(...jobArgument)
    .argument('<step>', 'its number or its name; see "konspekt jobs show"')
    .addArgument(new Argument('<decision>', 'it happened; do it again; drop it').choices(stepDecisions))
    .action(run(async (ctx, id: string, step: string, decision: StepDecision) => decideStep(ctx, id, step, decision)));
}

/** Waits for its end: without a running program the job runs in this very command. */
function retryJob(context: CommandContext, given: string, options: { readonly from?: number; readonly confirmEffects: boolean }) {
  const { from, confirmEffects } = options;
  return askAndWait(context, given, async (client, jobId) => {
    const asked =
      from === undefined
        ? await client.call('jobs.retry', { jobId, confirmEffects })
        : await client.call('jobs.retryFrom', { jobId, step: from, confirmEffects });
    if (asked.ok) return jobId;
    throw stepRefusal(asked.error, String(from ?? ''), context) ?? (await refusal(client, asked.error, jobId, given, context));
  });
}

function forkJob(
  context: CommandContext,
  given: string,
  { from, confirmEffects }: { readonly from: number; readonly confirmEffects: boolean },
) {
  return askAndWait(context, given, async (client, jobId) => {
    const asked = await client.call('jobs.fork', { jobId, fromStep: from, confirmEffects });
    if (!asked.ok) throw stepRefusal(asked.error, String(from), context) ?? (await refusal(client, asked.error, jobId, given, context));
    const { job, created } = asked.value;
    context.err.write(`${stepWordsFor(context.locale).forkedInto(job.id, created)}\n`);
    return job.id;
  });
}

function decideStep(context: CommandContext, given: string, step: string, decision: StepDecision) {
  return askAndWait(context, given, async (client, jobId) => {
    const { words, locale, err } = context;
    const { steps } = unwrap(await client.call('jobs.inspect', { jobId }), words);
    const found = steps.find(({ name, seq }) => name === step || String(seq) === step);
    if (found === undefined) throw new CommandError(exitCodes.usage, stepWordsFor(locale).noSuchStep(step));
    const asked = await client.call('jobs.decide', { jobId, step: found.name, decision });
    if (!asked.ok) throw stepRefusal(asked.error, step, context) ?? commandErrorOf(asked.error, words);
    err.write(`${stepWordsFor(locale).decided}\n`);
    return jobId;
  });
}

/** Asks once, also when the program it is asked of ends meanwhile, and waits for the end of the job that comes of it. */
function askAndWait(context: CommandContext, given: string, ask: (client: Client, id: JobId) => Promise<JobId>): Promise<ExitCode> {
  let asked: JobId | null = null;
  return whileWaiting(context, signal =>
    withProgram(context, { works: true, signal }, async ({ client }) => {
      asked ??= await ask(client, await findJob(client, given, context));
      return ended(client, asked, given, context, signal);
    }),
  );
}

function stepRefusal(error: Failure<string>, step: string, { locale }: CommandContext): CommandError | null {
  const words = stepWordsFor(locale);
  switch (error.code) {
    case 'no_such_step':
      return new CommandError(exitCodes.usage, words.noSuchStep(step));
    case 'not_undecided':
      return new CommandError(exitCodes.usage, words.notUndecided(step));
    case 'effects_again':
      return new CommandError(exitCodes.usage, words.effectsAgain(confirmOption));
    case 'not_forkable':
      return new CommandError(exitCodes.usage, words.notForkable);
    default:
      return null;
  }
}
