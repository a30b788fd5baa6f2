import { Option, type Command } from 'commander';
import { jobGroups, jobKinds, type JobGroup, type JobKindName } from '../../shared/domain/job.ts';
import { traceFormats, type TraceFormat } from '../../shared/domain/job-trace.ts';
import { jobStates } from '../../shared/domain/job-state.ts';
import type { Run } from './command-context.ts';
import { refuseUnknownVerb } from './refuse-unknown-verb.ts';
import { cancelJob, listJobs, resumeJob, showJob, tryJob, usualListLength, waitForJob } from './commands/jobs.ts';
import { drainQueue, setPaused, showQueue } from './commands/queue.ts';
import { traceJob } from './commands/trace.ts';
import { count } from './count-argument.ts';
import { CommandError, exitCodes } from './exit-codes.ts';
import { queueWordsFor } from './queue-words.ts';
import { addAnswerVerbs } from './commands/answer-verbs.ts';
import { addStepVerbs } from './commands/step-verbs.ts';

const jobsHelp = `
JSON of list (one task a line) and of the member "job" of show:
  id, kind        ${jobKinds.join(' | ')}
  state           ${jobStates.join(' | ')}
  outcome         ok | issues for a task that is done, else null; issues: the codes of its shortcomings
  title, sessionId, attempt, maxAttempts, stepsDone, cancelRequested
  progress        null or {phase, label, done, total}
  waitReason      why a waiting task waits, else null; dueAtMs: when a scheduled one is tried again
  wait            of a waiting task: {untilMs: when its wait ends by itself or null, ends: resume | fail | cancel, limit: the budget it reached or null}
  priority        as it was asked for, 0 to 100; readySinceMs: of a queued task, since when it is due: its priority grows by one every half minute from then on
  heldBy          kind | session | provider for a queued task that too many others like it keep back
  error           null or {code, message}
  createdAtMs, startedAtMs, finishedAtMs, lastNewsAtMs   milliseconds since 1970, or null
  undoing         failed | cancelled while what it did is being undone, or when that failed; undecided: steps to decide about
show adds "steps" [{seq, name, attempt, startedAtMs, finishedAtMs, effect, outcome, compensates, undo, decision}], "superseded"
(steps set aside), "undecided", "forkedFrom", "forks", "events" [{seq, type, atMs, detail}], "spent" {tokens, moneyMinor, steps, wallMs, unpricedTokens} and
"budgets" as "konspekt budgets --help" tells.

show prints what the task asks you; with --json it is the member "approvals" [{id, type: approval | question, tool, title, destination,
payload, choices, whenExpired, requestedAtMs, expiresAtMs, answered: {decision, answer, by, scope, atMs} or null, isClosed}], answered ones too.

JSON of queue:
  running         whether a program is there that works on the tasks
  paused, pausedKinds                the whole queue, and kinds that are paused on their own
  storage         ok | full | read_only
  live            {kind: {state: count}} of the tasks that have not ended; ended: {done, failed}
  workers         [{name, state: stopped | idle | working | restarting | broken, running, restarts, retryAtMs}]

A paused queue or kind begins nothing; what runs is finished. It stays paused over a restart until it is resumed.
pause returns at once. drain pauses, too, and returns when nothing runs any more; Ctrl+C ends its waiting and not the pause.
`;

/** `konspekt jobs …`. */
export function addJobsCommand(program: Command, run: Run): void {
  const jobs = program.command('jobs').description('see and steer tasks').addHelpText('after', jobsHelp);
  const kind = () => new Option('--kind <kind>', 'only this kind (default: the whole queue)').choices(jobKinds);
  const list = jobs
    .command('list', { isDefault: true })
    .description('tasks, newest first')
    .addOption(new Option('--group <group>', 'only these').choices(jobGroups))
    .option('--search <words>', 'only those whose title has these words', '')
    .option('--limit <number>', 'at most so many', count, usualListLength)
    .option('--json', 'one JSON object a line; see "konspekt jobs --help"', false)
    .action(
      run(async (ctx, options: { group?: JobGroup; search: string; limit: number; json: boolean }) =>
        listJobs(ctx, { ...options, group: options.group ?? null }),
      ),
    );
  refuseUnknownVerb(jobs, list);
  jobs
    .command('show')
    .description('one task with its steps')
    .argument('<task>', 'its id, or the beginning of it')
    .option('--json', 'as JSON; see "konspekt jobs --help"', false)
    .action(run(async (ctx, id: string, options: { json: boolean }) => showJob(ctx, id, options)));
  jobs
    .command('trace')
    .description('what became of a task, as spans: attempts, waits, steps; no titles and no texts')
    .argument('<task>', 'its id, or the beginning of it')
    .addOption(new Option('--format <format>', 'json, or otlp for OpenTelemetry (OTLP/JSON)').choices(traceFormats).default('json'))
    .option('-o, --out <file>', 'write it there; "-" or nothing prints it')
    .action(
      run(async (ctx, id: string, options: { format: TraceFormat; out?: string }) =>
        traceJob(ctx, id, { format: options.format, out: options.out ?? null }),
      ),
    );
  jobs
    .command('wait')
    .description('wait until a task ends; its exit code is the task’s')
    .argument('<task>', 'its id, or the beginning of it')
    .action(run(async (ctx, id: string) => waitForJob(ctx, id)));
  jobs
    .command('cancel')
    .description('cancel a task')
    .argument('<task>', 'its id, or the beginning of it')
    .action(run(async (ctx, id: string) => cancelJob(ctx, id)));
  jobs
    .command('try')
    .description('begin a task that is scheduled for later, or for its next attempt, as soon as the queue comes to it')
    .argument('<task>', 'its id, or the beginning of it')
    .action(run(async (ctx, id: string) => tryJob(ctx, id)));
  addAnswerVerbs(jobs, run);
  addStepVerbs(jobs, run);
  jobs
    .command('queue')
    .description('how the queue stands: counts by kind and state, what is paused, the workers')
    .option('--json', 'as JSON; see "konspekt jobs --help"', false)
    .action(run(async (ctx, options: { json: boolean }) => showQueue(ctx, options)));
  jobs
    .command('pause')
    .description('begin no more tasks; what runs is finished')
    .addOption(kind())
    .action(run(async (ctx, options: { kind?: JobKindName }) => setPaused(ctx, options.kind ?? null, true)));
  jobs
    .command('drain')
    .description('begin no more tasks and wait until those that run have ended')
    .addOption(kind())
    .action(run(async (ctx, options: { kind?: JobKindName }) => drainQueue(ctx, options.kind ?? null)));
  jobs
    .command('resume')
    .description('begin tasks again; with a task, let one that waits look again at once whether it can go on')
    .argument('[task]', 'its id, or the beginning of it')
    .addOption(kind())
    .action(
      run(async (ctx, id: string | undefined, options: { kind?: JobKindName }) => {
        if (id === undefined) return setPaused(ctx, options.kind ?? null, false);
        if (options.kind !== undefined) throw new CommandError(exitCodes.usage, queueWordsFor(ctx.locale).taskOrKind(id, options.kind));
        return resumeJob(ctx, id);
      }),
    );
}
