import { waitForStopSignal } from '../../app/stop-signal.ts';
import type { Client } from '../../../shared/contract/client.ts';
import type { Failure } from '../../../shared/contract/result.ts';
import { jobId, type JobId } from '../../../shared/domain/ids.ts';
import type { JobGroup, JobView } from '../../../shared/domain/job.ts';
import { isFinal } from '../../../shared/domain/job-state.ts';
import { withProgram } from '../attach.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { followJob } from '../follow-job.ts';
import { failureOf } from '../failure-words.ts';
import { stepName } from '../event-detail.ts';
import { inspectionLines, jobLine, jobStateWords } from '../job-lines.ts';
import { queueWordsFor } from '../queue-words.ts';
import { askedLines, isOpen } from '../asked-lines.ts';
import { aboutLines } from '../step-lines.ts';
import { createProgressLine } from '../progress-line.ts';
import { commandErrorOf, unwrap } from '../unwrap.ts';
import { listenForKeys } from '../terminal-keys.ts';

/** Jobs of a page, the most the contract hands out at once. */
const pageLimit = 200;
/** Jobs of a list: a few screens. `--limit` asks for more. */
export const usualListLength = 50;

/** The job with this id, or the only recent one whose id begins so. */
export async function findJob(client: Client, given: string, { words }: CommandContext): Promise<JobId> {
  const whole = jobId.safeParse(given);
  if (whole.success) return whole.data;
  const { jobs } = unwrap(await client.call('jobs.list', { limit: pageLimit }), words);
  const matching = jobs.filter(job => job.id.startsWith(given));
  const [only] = matching;
  if (only === undefined) throw new CommandError(exitCodes.notFound, words.noSuchJob(given));
  if (matching.length > 1) throw new CommandError(exitCodes.usage, words.ambiguousJob(given));
  return only.id;
}

export function listJobs(
  context: CommandContext,
  options: { readonly group: JobGroup | null; readonly search: string; readonly limit: number; readonly json: boolean },
): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const { words, out } = context;
    const jobs: JobView[] = [];
    for (let before: string | null = null; jobs.length < options.limit;) {
      const limit: number = Math.min(pageLimit, options.limit - jobs.length);
      const page: { jobs: JobView[]; next: string | null } = unwrap(
        await client.call('jobs.list', { group: options.group, search: options.search, limit, before }),
        words,
      );
      jobs.push(...page.jobs);
      before = page.next;
      if (before === null) break;
    }
    if (options.json) for (const job of jobs) out.write(`${JSON.stringify(job)}\n`);
    else if (jobs.length === 0)
      out.write(`${options.search === '' && options.group === null ? words.noJobs : queueWordsFor(context.locale).noneSuch}\n`);
    else {
      // When it ended, or when it was made: what a person looks for a job by.
      const at = new Intl.DateTimeFormat(context.locale, { dateStyle: 'medium', timeStyle: 'short' });
      for (const job of jobs) out.write(`${jobLine(job, words, at.format(job.finishedAtMs ?? job.createdAtMs))}\n`);
    }
    return exitCodes.done;
  });
}

export function showJob(context: CommandContext, given: string, options: { readonly json: boolean }): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const { words, out } = context;
    const id = await findJob(client, given, context);
    const found = await client.call('jobs.inspect', { jobId: id });
    if (!found.ok && found.error.code === 'not_found') throw new CommandError(exitCodes.notFound, words.noSuchJob(given));
    const inspection = unwrap(found, words);
    const { approvals } = unwrap(await client.call('approvals.list', { jobId: id }), words);
    const lines = options.json
      ? [JSON.stringify({ ...inspection, approvals })]
      : [...inspectionLines(inspection, context), ...approvals.filter(isOpen).flatMap(approval => askedLines(approval, context))];
    for (const line of lines) out.write(`${line}\n`);
    return exitCodes.done;
  });
}

/** Ctrl+C stops the waiting and not the job. */
export function waitForJob(context: CommandContext, given: string): Promise<ExitCode> {
  return whileWaiting(context, signal =>
    withProgram(context, { works: true, signal }, async ({ client }) =>
      ended(client, await findJob(client, given, context), given, context, signal),
    ),
  );
}

export function cancelJob(context: CommandContext, given: string): Promise<ExitCode> {
  return whileWaiting(context, signal =>
    withProgram(context, { works: false, signal }, async ({ client }) => {
      const { words, out, err } = context;
      const id = await findJob(client, given, context);
      const asked = await client.call('jobs.cancel', { jobId: id });
      if (!asked.ok) throw await refusal(client, asked.error, id, given, context);
      const job = await followJob(client, id, createProgressLine(err), words, signal);
      out.write(`${jobLine(job, words)}\n`);
      // Cancelled in the middle of an effect: whether there is something to take back only a person can say.
      return job.state === 'waiting' ? sayUndecided(client, id, context) : exitCodes.done;
    }),
  );
}

/** A waiting job looks at once whether it can go on; what it waits for still holds it when that has not come. */
export function resumeJob(context: CommandContext, given: string): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client, running }) => {
    const { words, out } = context;
    const queue = queueWordsFor(context.locale);
    const id = await findJob(client, given, context);
    const found = await client.call('jobs.inspect', { jobId: id });
    if (!found.ok) throw await refusal(client, found.error, id, given, context);
    const { job } = found.value;
    if (job.state !== 'waiting') throw new CommandError(exitCodes.usage, queue.doesNotWait(jobStateWords(job, words)));
    const asked = await client.call('jobs.resume', { jobId: id });
    if (!asked.ok) throw await refusal(client, asked.error, id, given, context);
    out.write(`${jobLine(asked.value, words)}\n`);
    if (running === null) out.write(`${queue.startsWithProgram}\n`);
    return exitCodes.done;
  });
}

/** A job that is scheduled for later is due at once; it runs as soon as the queue comes to it. */
export function tryJob(context: CommandContext, given: string): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const { words, out } = context;
    const id = await findJob(client, given, context);
    const asked = await client.call('jobs.tryNow', { jobId: id });
    if (!asked.ok) throw await refusal(client, asked.error, id, given, context);
    if (isFinal(asked.value.state)) throw new CommandError(exitCodes.usage, words.alreadyEnded(words.states[asked.value.state]));
    out.write(`${jobLine(asked.value, words)}\n`);
    return exitCodes.done;
  });
}

export async function whileWaiting(context: CommandContext, work: (signal: AbortSignal) => Promise<ExitCode>): Promise<ExitCode> {
  const stop = waitForStopSignal(listenForKeys);
  try {
    return await work(stop.signal);
  } finally {
    stop.release();
  }
}

export async function ended(client: Client, id: JobId, given: string, context: CommandContext, signal: AbortSignal): Promise<ExitCode> {
  const { words, out, err } = context;
  const found = await client.call('jobs.inspect', { jobId: id });
  if (!found.ok && found.error.code === 'not_found') throw new CommandError(exitCodes.notFound, words.noSuchJob(given));
  const job = await followJob(client, id, createProgressLine(err), words, signal);
  out.write(`${jobLine(job, words)}\n`);
  if (job.state === 'waiting') return sayUndecided(client, id, context);
  switch (job.state) {
    case 'failed':
      throw new CommandError(exitCodes.failed, words.failed(failureOf(job, words)));
    case 'cancelled':
      return exitCodes.cancelled;
    default:
      return job.outcome === 'issues' ? exitCodes.issues : exitCodes.done;
  }
}

/** What is to be decided, and the command for each answer. */
async function sayUndecided(client: Client, id: JobId, { words, locale, err }: CommandContext): Promise<ExitCode> {
  const inspection = unwrap(await client.call('jobs.inspect', { jobId: id }), words);
  for (const line of aboutLines(inspection, locale, name => stepName(name, words, inspection.subjects))) err.write(`${line}\n`);
  return exitCodes.undecided;
}

export async function refusal(
  client: Client,
  error: Failure<string>,
  id: JobId,
  given: string,
  { words }: CommandContext,
): Promise<CommandError> {
  const found = await client.call('jobs.inspect', { jobId: id });
  if (!found.ok)
    return error.code === 'not_found' ? new CommandError(exitCodes.notFound, words.noSuchJob(given)) : commandErrorOf(error, words);
  const state = words.states[found.value.job.state];
  switch (error.code) {
    case 'already_finished':
      return new CommandError(exitCodes.usage, words.alreadyEnded(state));
    case 'not_retryable':
    case 'already_running':
      return new CommandError(exitCodes.usage, words.notRetryable(state));
    default:
      return commandErrorOf(error, words);
  }
}
