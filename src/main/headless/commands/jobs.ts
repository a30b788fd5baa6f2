import type { Client } from '../../../shared/contract/client.ts';
import { jobId, type JobId } from '../../../shared/domain/ids.ts';
import type { JobGroup, JobView } from '../../../shared/domain/job.ts';
import { attach } from '../attach.ts';
import { programPaths } from '../../app/program-paths.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { followJob } from '../follow-job.ts';
import { createProgressLine } from '../progress-line.ts';
import { commandErrorOf, unwrap } from '../unwrap.ts';

/** Jobs looked through for one that begins with the given characters. */
const prefixSearchLimit = 200;
/** Characters of an id that a list shows; UUIDv7 keeps its random part at the end, so a list shows it whole. */
const listLimit = 50;

async function withClient(context: CommandContext, work: (client: Client) => Promise<ExitCode>): Promise<ExitCode> {
  const { dataDir, locale, words } = context;
  const attached = await attach({ dataDir, locale, withPage: false, port: 0, paths: programPaths() }, words);
  try {
    return await work(attached.client);
  } finally {
    await attached.close();
  }
}

async function findJob(client: Client, given: string, { words }: CommandContext): Promise<JobId> {
  const whole = jobId.safeParse(given);
  if (whole.success) return whole.data;
  const { jobs } = unwrap(await client.call('jobs.list', { limit: prefixSearchLimit }), words);
  const matching = jobs.filter(job => job.id.startsWith(given));
  const [only] = matching;
  if (only === undefined) throw new CommandError(exitCodes.notFound, words.noSuchJob(given));
  if (matching.length > 1) throw new CommandError(exitCodes.usage, words.ambiguousJob(given));
  return only.id;
}

export function listJobs(context: CommandContext, options: { readonly group: JobGroup | null; readonly json: boolean }): Promise<ExitCode> {
  return withClient(context, async client => {
    const { words, out } = context;
    const { jobs } = unwrap(await client.call('jobs.list', { group: options.group, limit: listLimit }), words);
    if (options.json) for (const job of jobs) out.write(`${JSON.stringify(job)}\n`);
    else if (jobs.length === 0) out.write(`${words.noJobs}\n`);
    else for (const job of jobs) out.write(`${summary(job, context)}\n`);
    return exitCodes.done;
  });
}

export function showJob(context: CommandContext, given: string, options: { readonly json: boolean }): Promise<ExitCode> {
  return withClient(context, async client => {
    const { words, out } = context;
    const id = await findJob(client, given, context);
    const found = await client.call('jobs.inspect', { jobId: id });
    if (!found.ok && found.error.code === 'not_found') throw new CommandError(exitCodes.notFound, words.noSuchJob(given));
    const inspection = unwrap(found, words);
    if (options.json) {
      out.write(`${JSON.stringify(inspection)}\n`);
      return exitCodes.done;
    }
    out.write(`${summary(inspection.job, context)}\n`);
    if (inspection.job.error !== null) out.write(`  ${inspection.job.error.code}: ${inspection.job.error.message}\n`);
    for (const step of inspection.steps) out.write(`  ${step.seq}. ${step.name}  ${step.finishedAtMs - step.startedAtMs} ms\n`);
    for (const event of inspection.events) out.write(`  ${new Date(event.atMs).toISOString()}  ${event.type}${event.detail === null ? '' : `  ${event.detail}`}\n`);
    return exitCodes.done;
  });
}

export function waitForJob(context: CommandContext, given: string): Promise<ExitCode> {
  return withClient(context, async client => {
    const { words, out, err } = context;
    const job = await followJob(client, await findJob(client, given, context), createProgressLine(err), words);
    out.write(`${summary(job, context)}\n`);
    switch (job.state) {
      case 'failed':
        throw new CommandError(exitCodes.failed, words.failed(job.error?.message ?? ''));
      case 'cancelled':
        return exitCodes.cancelled;
      default:
        return job.outcome === 'issues' ? exitCodes.issues : exitCodes.done;
    }
  });
}

export function cancelJob(context: CommandContext, given: string): Promise<ExitCode> {
  return withClient(context, async client => {
    const { words, out, err } = context;
    const id = await findJob(client, given, context);
    const asked = await client.call('jobs.cancel', { jobId: id });
    if (!asked.ok) throw refusal(asked.error, given, context);
    const job = await followJob(client, id, createProgressLine(err), words);
    out.write(`${summary(job, context)}\n`);
    return exitCodes.done;
  });
}

/** Runs it to its end when the jobs of this data folder run in this very command. */
export function retryJob(context: CommandContext, given: string): Promise<ExitCode> {
  return withClient(context, async client => {
    const { words, out, err } = context;
    const id = await findJob(client, given, context);
    const asked = await client.call('jobs.retry', { jobId: id });
    if (!asked.ok) throw refusal(asked.error, given, context);
    const job = await followJob(client, id, createProgressLine(err), words);
    out.write(`${summary(job, context)}\n`);
    return job.state === 'done' ? exitCodes.done : exitCodes.failed;
  });
}

function refusal(error: { readonly code: string; readonly message: string; readonly retryable: boolean }, given: string, { words }: CommandContext): CommandError {
  switch (error.code) {
    case 'not_found':
      return new CommandError(exitCodes.notFound, words.noSuchJob(given));
    case 'already_finished':
      return new CommandError(exitCodes.usage, words.alreadyEnded(error.message));
    case 'not_retryable':
      return new CommandError(exitCodes.usage, words.notRetryable(error.message));
    default:
      return commandErrorOf(error, words);
  }
}

function summary(job: JobView, { words }: CommandContext): string {
  const counted = job.progress?.done != null && job.progress.total != null ? ` ${job.progress.done}/${job.progress.total}` : '';
  const outcome = job.outcome === 'issues' ? ` (${job.issues.join(', ')})` : '';
  return `${job.id}  ${words.states[job.state]}${counted}${outcome}  ${words.kinds[job.kind]}: ${job.title}`;
}
