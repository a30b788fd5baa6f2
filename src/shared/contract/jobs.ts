import { z } from 'zod';
import { jobId } from '../domain/ids.ts';
import { jobGroups, jobInspection, jobKind, jobView } from '../domain/job.ts';
import { stepDecision, stepName, undecidedStep } from '../domain/job-step.ts';
import { call, event, offeredFile, savedFile, stream } from './define.ts';
import { enqueueErrors } from './enqueue.ts';
import { jobTrace, traceFormat } from '../domain/job-trace.ts';
import { nextPage, pageErrors, pageLimit, pageRequest, revision } from './pagination.ts';

export const jobCounts = z.strictObject({
  needsYou: z.int().nonnegative(),
  running: z.int().nonnegative(),
  queued: z.int().nonnegative(),
  done: z.int().nonnegative(),
  failed: z.int().nonnegative(),
});
export type JobCounts = z.output<typeof jobCounts>;

/** Effects that happened are done again only by somebody who said so. */
const confirmEffects = z.boolean().default(false);

export const jobRoutes = {
  'jobs.list': call({
    input: z.strictObject({ ...pageRequest, group: z.enum(jobGroups).nullable().default(null), search: z.string().max(200).default('') }),
    output: z.strictObject({ jobs: z.array(jobView), counts: jobCounts, next: nextPage, revision }),
    errors: pageErrors,
  }),
  /** What a window knows without the panel: the counts of its badge, what is at work, and the jobs it asks for by id; one that is gone is left out. */
  'jobs.now': call({
    input: z.strictObject({ jobIds: z.array(jobId).max(pageLimit).default([]) }),
    output: z.strictObject({ jobs: z.array(jobView), counts: jobCounts, revision }),
  }),
  'jobs.inspect': call({ input: z.strictObject({ jobId }), output: jobInspection, errors: ['not_found'] }),
  /** What became of a job, as spans: attempts, waits, steps. `toOtlp` makes OpenTelemetry's of it. */
  'jobs.trace': call({ input: z.strictObject({ jobId }), output: jobTrace, errors: ['not_found'] }),
  /** Asks with the system's dialog where the trace goes, and writes it there. The desktop alone has such a dialog. */
  'jobs.saveTrace': call({
    input: z.strictObject({ jobId, format: traceFormat }),
    output: savedFile,
    errors: ['not_found', 'no_dialog', 'cannot_write'],
  }),
  'jobs.offerTrace': call({
    input: z.strictObject({ jobId, format: traceFormat }),
    output: offeredFile,
    errors: ['not_found', 'storage_full'],
  }),
  /** Asks; the job is cancelled when its worker has stopped, within seconds. */
  'jobs.cancel': call({ input: z.strictObject({ jobId }), output: jobView, errors: ['not_found', 'already_finished', 'storage_full'] }),
  /** A waiting job looks again at once whether it can go on; one that waits no longer is left as it is. */
  'jobs.resume': call({ input: z.strictObject({ jobId }), output: jobView, errors: ['not_found', 'storage_full'] }),
  /** A scheduled job, one that waits for its next attempt among them, is due at once; any other is left as it is. */
  'jobs.tryNow': call({ input: z.strictObject({ jobId }), output: jobView, errors: ['not_found', 'storage_full'] }),
  /** With the steps that it has finished and that were not undone. */
  'jobs.retry': call({
    input: z.strictObject({ jobId, confirmEffects }),
    output: jobView,
    errors: ['not_found', 'not_retryable', 'already_running', 'effects_again', 'queue_full', 'storage_full'],
  }),
  /** A failed or cancelled job again, from the step with this number on; what those steps recorded is set aside. */
  'jobs.retryFrom': call({
    input: z.strictObject({ jobId, step: z.int().positive(), confirmEffects }),
    output: jobView,
    errors: ['not_found', 'no_such_step', 'not_retryable', 'already_running', 'effects_again', 'queue_full', 'storage_full'],
  }),
  /** A new job that begins with the finished steps before this number. While it is active, asking again returns it. */
  'jobs.fork': call({
    input: z.strictObject({ jobId, fromStep: z.int().positive(), confirmEffects }),
    output: z.strictObject({ job: jobView, created: z.boolean() }),
    errors: ['not_found', 'no_such_step', 'not_forkable', 'already_running', 'effects_again', ...enqueueErrors],
  }),
  /** Every step that waits for a person's word, of jobs newest first. `jobs.changed` tells of new ones. */
  'jobs.undecided': call({
    input: z.strictObject({}),
    output: z.strictObject({ jobs: z.array(z.strictObject({ job: jobView, steps: z.array(undecidedStep) })), revision }),
  }),
  /**
   * Of an effect: `done` it happened, and the job goes on after it; `repeat` it is sent again; `drop` the job is
   * cancelled. Of a compensation that failed: `done` it was undone by hand, `repeat` it is tried again, `drop` it stays.
   */
  'jobs.decide': call({
    input: z.strictObject({ jobId, step: stepName, decision: stepDecision }),
    output: jobView,
    errors: ['not_found', 'not_undecided', 'already_running', 'not_retryable', 'queue_full', 'storage_full'],
  }),
  /** Pauses one kind or lets it go on; remembered over a restart. What runs goes on. */
  'jobs.setKindPaused': call({
    input: z.strictObject({ kind: jobKind, paused: z.boolean() }),
    output: z.strictObject({ pausedKinds: z.array(jobKind) }),
    errors: ['storage_full'],
  }),
  /**
   * Pauses the whole queue for null, or one kind, as `setPaused` and `setKindPaused` do, and tells what still runs of it, after each change;
   * ends when nothing does. The pause stays, also when the stream is left. `resumed`: somebody took it away before that.
   */
  'jobs.drain': stream({
    input: z.strictObject({ kind: jobKind.nullable() }),
    chunk: z.strictObject({ running: z.array(jobView).max(pageLimit) }),
    errors: ['resumed', 'storage_full'],
  }),
  'jobs.changed': event(z.strictObject({ revision, jobs: z.array(jobView).max(500), counts: jobCounts })),
  /** The job's view now and after each change, the newest winning when the reader is slow; ends when the job has ended. */
  'jobs.follow': stream({ input: z.strictObject({ jobId }), chunk: jobView, errors: ['not_found'] }),
} as const;
