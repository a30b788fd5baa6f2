import type { Status } from '../../../shared/contract/app.ts';
import type { Client } from '../../../shared/contract/client.ts';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { JobCounts } from '../../../shared/contract/jobs.ts';
import { jobKinds, type JobGroup, type JobKindName } from '../../../shared/domain/job.ts';
import { jobStates, type JobState } from '../../../shared/domain/job-state.ts';
import { withProgram } from '../attach.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { printable } from '../printable.ts';
import { queueWordsFor } from '../queue-words.ts';
import { commandErrorOf, unwrap } from '../unwrap.ts';
import { whileWaiting } from './jobs.ts';

/** Jobs of a page, the most the contract hands out at once. */
const pageLimit = 200;
/** The groups of jobs that have not ended. */
const liveGroups = ['needsYou', 'running', 'queued'] as const satisfies readonly JobGroup[];

/** Unfinished jobs by kind and state; what there is none of is not in it. */
type LiveCounts = Partial<Record<JobKindName, Partial<Record<JobState, number>>>>;

interface Queue extends Pick<Status, 'paused' | 'storage' | 'workers'> {
  /** Whether a program is there that works on it. */
  readonly running: boolean;
  readonly pausedKinds: readonly JobKindName[];
  readonly live: LiveCounts;
  readonly ended: Pick<JobCounts, 'done' | 'failed'>;
}

/** How the queue stands: what waits and runs, what is paused, how the workers are. */
export function showQueue(context: CommandContext, { json }: { readonly json: boolean }): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client, running }) => {
    const { words, out } = context;
    const status = unwrap(await client.call('app.status', {}), words);
    const { live, ended } = await countJobs(client, context);
    const queue: Queue = {
      running: running !== null,
      paused: status.paused,
      pausedKinds: status.pausedKinds ?? [],
      storage: status.storage,
      live,
      ended: { done: ended.done, failed: ended.failed },
      workers: status.workers,
    };
    for (const line of json ? [JSON.stringify(queue)] : queueLines(queue, context)) out.write(`${line}\n`);
    return exitCodes.done;
  });
}

/** Pauses or resumes one kind, or the whole queue for null; remembered over a restart. What runs goes on. */
export function setPaused(context: CommandContext, kind: JobKindName | null, paused: boolean): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client, running }) => {
    const { words, out } = context;
    const queue = queueWordsFor(context.locale);
    const before = unwrap(await client.call('app.status', {}), words);
    if (kind === null) {
      unwrap(await client.call('app.setPaused', { paused }), words);
      out.write(`${paused ? queue.queuePaused : before.paused ? queue.queueResumed : queue.queueWasAtWork}\n`);
    } else {
      unwrap(await client.call('jobs.setKindPaused', { kind, paused }), words);
      const name = words.kinds[kind];
      out.write(
        `${paused ? queue.kindPaused(name) : (before.pausedKinds ?? []).includes(kind) ? queue.kindResumed(name) : queue.kindWasAtWork(name)}\n`,
      );
    }
    const status = unwrap(await client.call('app.status', {}), words);
    const left = status.pausedKinds ?? [];
    if (!paused && kind !== null && status.paused) out.write(`${queue.stillPaused}\n`);
    if (!paused && kind === null && left.length > 0) out.write(`${queue.pausedKinds(left.map(each => words.kinds[each]).join(', '))}\n`);
    if (running === null) out.write(`${queue.startsWithProgram}\n`);
    return exitCodes.done;
  });
}

/** Pauses and waits until nothing runs any more; Ctrl+C ends the waiting and not the pause. */
export function drainQueue(context: CommandContext, kind: JobKindName | null): Promise<ExitCode> {
  const { words, out, err } = context;
  const queue = queueWordsFor(context.locale);
  const resume = `konspekt jobs resume${kind === null ? '' : ` --kind ${kind}`}`;
  return whileWaiting(context, signal =>
    withProgram(context, { works: false, signal }, async ({ client, running: program }) => {
      const name = kind === null ? null : words.kinds[kind];
      let isTold = false;
      await new Promise<void>((resolve, reject) => {
        const leave = client.openStream(
          'jobs.drain',
          { kind },
          {
            onChunk({ running }) {
              if (!isTold) err.write(`${name === null ? queue.queuePaused : queue.kindPaused(name)}\n`);
              isTold = true;
              if (running.length > 0)
                err.write(`${queue.waitsFor(running.map(job => queue.named(words.kinds[job.kind], printable(job.title))))}\n`);
            },
            onEnd(error) {
              if (error === null) resolve();
              else if (error.code === 'resumed') reject(new CommandError(exitCodes.failed, queue.resumedMeanwhile));
              else reject(commandErrorOf(error, words));
            },
          },
        );
        const stop = () => {
          leave();
          reject(new CommandError(exitCodes.cancelled, queue.leftDraining(resume)));
        };
        if (signal.aborted) stop();
        signal.addEventListener('abort', stop);
      });
      out.write(`${name === null ? queue.queueDrained(resume) : queue.kindDrained(name, resume)}\n`);
      if (program === null) out.write(`${queue.startsWithProgram}\n`);
      return exitCodes.done;
    }),
  );
}

async function countJobs(client: Client, { words }: CommandContext): Promise<{ readonly live: LiveCounts; readonly ended: JobCounts }> {
  const live: LiveCounts = {};
  let ended: JobCounts | null = null;
  for (const group of liveGroups) {
    for (let before: string | null = null; ;) {
      const page: CallOutput<'jobs.list'> = unwrap(await client.call('jobs.list', { group, limit: pageLimit, before }), words);
      ended = page.counts;
      for (const { kind, state } of page.jobs) {
        const states = (live[kind] ??= {});
        states[state] = (states[state] ?? 0) + 1;
      }
      before = page.next;
      if (before === null) break;
    }
  }
  if (ended === null) throw new Error('No group of tasks was counted.');
  return { live, ended };
}

function queueLines({ running, paused, pausedKinds, storage, live, ended, workers }: Queue, { words, locale }: CommandContext): string[] {
  const queue = queueWordsFor(locale);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const kinds = jobKinds.filter(kind => live[kind] !== undefined);
  return [
    ...(paused ? [queue.paused] : running ? [queue.works] : []),
    ...(pausedKinds.length === 0 ? [] : [queue.pausedKinds(pausedKinds.map(kind => words.kinds[kind]).join(', '))]),
    ...(storage === 'ok' ? [] : [queue.storage[storage]]),
    ...(running ? [] : [queue.notRunning]),
    ...(kinds.length === 0 ? [queue.noLiveJobs] : []),
    ...kinds.map(kind => {
      const counted = jobStates.flatMap(state => {
        const count = live[kind]?.[state];
        return count === undefined ? [] : queue.counted(words.states[state], count);
      });
      return `  ${words.kinds[kind]} — ${counted.join(', ')}`;
    }),
    queue.ended(ended.done, ended.failed),
    // In a process that only looks there are none to speak of.
    ...(running ? workers : []).map(worker => {
      const told = [
        queue.workerStates[worker.state],
        ...(worker.running > 0 ? [queue.running(worker.running)] : []),
        ...(worker.restarts > 0 ? [queue.restarts(worker.restarts)] : []),
        ...(worker.retryAtMs === null ? [] : [queue.retryAt(time.format(worker.retryAtMs))]),
      ];
      return `  ${queue.workerNames[worker.name]} — ${told.join(', ')}`;
    }),
  ];
}
