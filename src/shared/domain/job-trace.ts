import { z } from 'zod';
import { spent, usage } from './budget.ts';
import { epochMs, jobId, sessionId } from './ids.ts';
import { activeJobStates, jobOutcomes, jobState, waitReasons } from './job-state.ts';
import { stepDecisions } from './job-step.ts';
import { jobKind } from './job.ts';

/** As W3C Trace Context and OpenTelemetry write them: 16 and 8 bytes in small hexadecimal digits. */
const traceId = z.string().regex(/^[0-9a-f]{32}$/u);
const spanId = z.string().regex(/^[0-9a-f]{16}$/u);

const code = z.string().max(64);

/** How an attempt ended. `parked` and `lost` do not count as tries; null while it runs. */
export const attemptEnds = ['done', 'failed', 'cancelled', 'retried', 'parked', 'lost', 'undoing'] as const;

/** The trace as it is, or as OpenTelemetry's spans. */
export const traceFormats = ['json', 'otlp'] as const;
export const traceFormat = z.enum(traceFormats);
export type TraceFormat = (typeof traceFormats)[number];

const otherJob = z.strictObject({ jobId, traceId, spanId });

/**
 * What became of one job from its creation on, as spans of time. Names of steps, codes, times and counts: the titles,
 * texts and sentences of the job are not in it, so that it can be handed to somebody else.
 */
export const jobTrace = z.strictObject({
  version: z.literal(1),
  /** When it was read; what is unfinished had come so far. */
  atMs: epochMs,
  traceId,
  spanId,
  job: z.strictObject({
    id: jobId,
    kind: jobKind,
    state: jobState,
    outcome: z.enum(jobOutcomes).nullable(),
    issues: z.array(code),
    errorCode: code.nullable(),
    sessionId: sessionId.nullable(),
    attempt: z.int().nonnegative(),
    maxAttempts: z.int().positive(),
    priority: z.int().nonnegative(),
    /** When it is tried (again), for `scheduled`; since when it is due, for `queued`; null for all others. */
    dueAtMs: epochMs.nullable(),
    createdAtMs: epochMs,
    startedAtMs: epochMs.nullable(),
    finishedAtMs: epochMs.nullable(),
  }),
  parent: otherJob.nullable(),
  /** The job whose steps this one began with. */
  forkedFrom: otherJob.nullable(),
  children: z.array(otherJob),
  attempts: z.array(
    z.strictObject({
      spanId,
      /** From 1 over the life of the job, also over runs by hand. */
      number: z.int().positive(),
      startedAtMs: epochMs,
      endedAtMs: epochMs.nullable(),
      end: z.enum(attemptEnds).nullable(),
      code: code.nullable(),
    }),
  ),
  /** The time between attempts: ready and not claimed, due later, or waiting for something outside. */
  waits: z.array(
    z.strictObject({
      spanId,
      state: z.enum(activeJobStates).exclude(['running']),
      reason: z.enum(waitReasons).nullable(),
      startedAtMs: epochMs,
      endedAtMs: epochMs.nullable(),
    }),
  ),
  steps: z.array(
    z.strictObject({
      spanId,
      /** The attempt that ran it; null when the trail no longer says. */
      attemptSpanId: spanId.nullable(),
      seq: z.int().positive(),
      name: z.string().max(200),
      startedAtMs: epochMs,
      /** Null for an effect that was sent and has no result. */
      finishedAtMs: epochMs.nullable(),
      /** For a step that changes something outside: what is promised of it, when it was sent and what came of it. */
      effect: z.strictObject({ class: code, dispatchedAtMs: epochMs.nullable(), outcome: code.nullable() }).nullable(),
      /** The step that this one undid. */
      compensates: z.string().max(200).nullable(),
      /** What a person said of it. */
      decision: z.enum(stepDecisions).nullable(),
      /** What its call of a model used up, as it was recorded; null for a step that called none, or that was set aside. */
      usage: usage.nullable(),
      /** Set aside then, so that it could run again. */
      supersededAtMs: epochMs.nullable(),
    }),
  ),
  /** What it has used up, where something counted it. Money is in minor units; time is counted only where a budget limits it. */
  spent: spent.nullable(),
  /** What else was noted, by type. */
  events: z.array(z.strictObject({ type: code, atMs: epochMs })),
  /** True when there is more of something than a trace takes up; the oldest are in it. */
  isCut: z.boolean(),
});
export type JobTrace = z.output<typeof jobTrace>;
