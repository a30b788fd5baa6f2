import { z } from 'zod';
import { taskName, workerName } from '../../domain/job.ts';
import { usage } from '../../domain/budget.ts';
import { compensationDataLimit, effectKeyLimit, stepName } from '../../domain/job-step.ts';
import { progress } from '../../domain/progress.ts';

export const workerProtocolVersion = 1;

/**
 * Characters of one encoded value in a frame, 8 MiB: a section of a long synopsis with its citations fits; anything
 * larger travels as a staged file.
 */
export const frameValueLimit = 8 * 1024 * 1024;

/** `generation` numbers the processes of one worker; a frame of an older one is dropped. */
const header = { v: z.literal(workerProtocolVersion), generation: z.int().positive() };
/** A lease token names one claim of one job; it is also the task's id, so a frame of a lost lease fits no task. */
const task = { ...header, leaseToken: z.string().min(1).max(64) };
/** JSON text: cheap to bound before it is parsed, and the same for every transport. */
const encoded = z.string().max(frameValueLimit);

/** What has been used up since the frame before that said so; charged in the transaction of what the frame reports. */
const charged = { usage: usage.optional() };

export const recordedStep = z.strictObject({ name: stepName, output: encoded });

/** What undoes a step: the compensation's name and what it is given. */
const compensation = z.strictObject({ name: z.string().min(1).max(64), data: z.string().max(compensationDataLimit) });

/** main to worker */
export const toWorker = z.discriminatedUnion('type', [
  z.strictObject({
    ...header,
    type: z.literal('init'),
    worker: workerName,
    heartbeatMs: z.int().positive(),
    config: z.record(z.string(), z.json()),
  }),
  z.strictObject({
    ...task,
    type: z.literal('start'),
    kind: taskName,
    jobId: z.string(),
    traceId: z.string(),
    attempt: z.int().positive(),
    input: encoded,
    recorded: z.array(recordedStep),
    /** Effects that an earlier attempt sent and that have no outcome. */
    inFlight: z.array(z.strictObject({ name: stepName })).optional(),
    /** Counts how often steps of this job were set aside to run again; part of an effect's own key. */
    run: z.int().nonnegative().optional(),
    /** Present when the task is to undo these steps, in this order, and to do nothing else. */
    undo: z.array(z.strictObject({ step: stepName, ...compensation.shape, output: encoded.nullable() })).optional(),
    /** Tasks of one place run one after the other, in the order they came; each begins once the one before has sent its end. */
    place: z.string().min(1).max(64).optional(),
  }),
  /** A task that waits for its place is not to begin: answered with `withdrawn`. One that has begun goes on, and nothing is said. */
  z.strictObject({ ...task, type: z.literal('withdraw') }),
  /** What was reported with this number is committed; only now may the task go on. */
  z.strictObject({ ...task, type: z.literal('step-recorded'), seq: z.int().positive() }),
  z.strictObject({ ...task, type: z.literal('host-result'), requestId: z.int().positive(), ok: z.boolean(), value: encoded }),
  z.strictObject({ ...task, type: z.literal('cancel') }),
  z.strictObject({ ...header, type: z.literal('shutdown') }),
]);

/** worker to main. Untrusted: the worker has just parsed someone else's bytes. */
export const fromWorker = z.discriminatedUnion('type', [
  z.strictObject({ ...header, type: z.literal('ready'), pid: z.int().positive() }),
  z.strictObject({ ...header, type: z.literal('heartbeat'), rssBytes: z.int().nonnegative() }),
  z.strictObject({ ...task, type: z.literal('progress'), progress }),
  z.strictObject({
    ...task,
    type: z.literal('step'),
    seq: z.int().positive(),
    name: stepName,
    startedAtMs: z.int().nonnegative(),
    output: encoded,
    ...charged,
    compensation: compensation.optional(),
  }),
  /** Before an effect is sent: acknowledged once it is in the journal. A `step` of this name is its outcome. */
  z.strictObject({
    ...task,
    type: z.literal('effect'),
    seq: z.int().positive(),
    name: stepName,
    startedAtMs: z.int().nonnegative(),
    key: z.string().min(1).max(effectKeyLimit),
    /** Its output if a person has to say that it happened. */
    assumed: encoded,
    compensation: compensation.optional(),
  }),
  /** Nothing happened outside, for sure. */
  z.strictObject({ ...task, type: z.literal('effect-not-done'), seq: z.int().positive(), name: stepName }),
  /** The end of this attempt: an earlier one sent this effect, and nobody here can tell what became of it. */
  z.strictObject({ ...task, type: z.literal('indeterminate'), name: stepName, ...charged }),
  z.strictObject({ ...task, type: z.literal('host-call'), requestId: z.int().positive(), name: z.string().max(64), input: encoded }),
  z.strictObject({
    ...task,
    type: z.literal('done'),
    output: encoded,
    issues: z.array(z.string().max(64)).max(50),
    ...charged,
    /** Milliseconds from its beginning to here; said by tasks of a place. */
    tookMs: z.number().nonnegative().optional(),
  }),
  z.strictObject({
    ...task,
    type: z.literal('failed'),
    code: z.string().min(1).max(64),
    message: z.string().max(2_000),
    retryable: z.boolean(),
    retryAfterMs: z.int().nonnegative().nullable(),
    ...charged,
  }),
  z.strictObject({ ...task, type: z.literal('cancelled'), ...charged }),
  /** It had not begun, and does not. */
  z.strictObject({ ...task, type: z.literal('withdrawn') }),
  z.strictObject({
    ...header,
    type: z.literal('log'),
    level: z.enum(['debug', 'info', 'warn', 'error']),
    message: z.string().max(8_000),
    leaseToken: z.string().max(64).nullable(),
  }),
]);

export type ToWorker = z.output<typeof toWorker>;
export type FromWorker = z.output<typeof fromWorker>;
