import type { Client } from '../../shared/contract/client.ts';
import type { JobId } from '../../shared/domain/ids.ts';
import type { JobView } from '../../shared/domain/job.ts';
import { isFinal } from '../../shared/domain/job-state.ts';
import { sectionKind } from '../../shared/domain/synopsis.ts';
import { CommandError, exitCodes } from './exit-codes.ts';
import { failureOf } from './failure-words.ts';
import { jobStateWords } from './job-lines.ts';
import type { ProgressLine } from './progress-line.ts';
import { commandErrorOf } from './unwrap.ts';
import type { Words } from './words.ts';

/**
 * Shows a job's progress until it ends, or until it waits for a person to say what became of an effect, and returns it as
 * it is then; `signal` ends the following and not the job.
 */
export async function followJob(client: Client, jobId: JobId, line: ProgressLine, words: Words, signal?: AbortSignal): Promise<JobView> {
  let last: JobView | null = null;
  let isNamed = false;
  await new Promise<void>((resolve, reject) => {
    const stopFollowing = client.openStream(
      'jobs.follow',
      { jobId },
      {
        onChunk(job) {
          last = job;
          if (needsWord(job)) {
            stopFollowing();
            resolve();
            return;
          }
          if (!isNamed && !isFinal(job.state)) nameJob(job, line, words);
          isNamed = true;
          showProgress(job, line, words);
        },
        onEnd(error) {
          if (error === null) resolve();
          else reject(commandErrorOf(error, words));
        },
      },
    );
    const leave = () => {
      stopFollowing();
      reject(new CommandError(exitCodes.cancelled, words.stopped));
    };
    if (signal?.aborted === true) leave();
    signal?.addEventListener('abort', leave);
  }).finally(() => {
    line.end();
  });
  if (last === null || !(isFinal((last as JobView).state) || needsWord(last)))
    throw new Error(`The stream of task ${jobId} ended before the task did.`);
  return last;
}

function needsWord(job: JobView): boolean {
  return job.state === 'waiting' && job.undecided > 0;
}

/** What the lines to come are about, once: "Reading: notes.txt", "Synopsis: Notes". */
function nameJob(job: JobView, line: ProgressLine, words: Words): void {
  const name = job.kind === 'document.import' ? words.phases.reading : words.kinds[job.kind];
  line.show(`${name}: ${job.title}`, null, null);
}

function showProgress(job: JobView, line: ProgressLine, words: Words): void {
  // Whoever follows says how it ended.
  if (isFinal(job.state)) return;
  if (job.state === 'scheduled' && job.dueAtMs !== null && job.error !== null) {
    line.show(words.triedAgain(job.title, failureOf(job, words), new Date(job.dueAtMs)), null, null);
    return;
  }
  if (job.state === 'scheduled' && job.dueAtMs !== null) {
    line.show(words.beginsLater(job.title, new Date(job.dueAtMs)), null, null);
    return;
  }
  if (job.state !== 'running') {
    const state = jobStateWords(job, words);
    // As the phases do, a line of its own begins with a capital.
    const text = `${state.slice(0, 1).toUpperCase()}${state.slice(1)}: ${job.title}`;
    if (job.state === 'queued') line.passing(text);
    else line.show(text, null, null);
    return;
  }
  const progress = job.progress;
  if (progress === null) {
    line.passing(`${words.phases.starting}: ${job.title}`);
    return;
  }
  const asSection = sectionKind.safeParse(progress.label);
  const label = asSection.success ? words.sections[asSection.data] : (progress.label ?? job.title);
  line.show(`${words.phases[progress.phase]}: ${label}`, progress.done, progress.total);
}
