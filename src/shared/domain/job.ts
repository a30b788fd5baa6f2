import { z } from 'zod';
import { budgetPeriods, budgetScopes, budgetSubject, budgetUnits, budgetView, spent } from './budget.ts';
import { epochMs, jobId, sessionId } from './ids.ts';
import { jobMaterial } from './job-material.ts';
import { jobOutcomes, jobState, narrowPlaces, waitEnds, waitReason } from './job-state.ts';
import { jobStepView, stepName, supersededStepView, undecidedStep } from './job-step.ts';
import { progress } from './progress.ts';

/** Every kind of job, in one list; `main/app/kinds` declares each of them and does not compile with one missing. */
export const jobKinds = [
  'document.import',
  'synopsis.make',
  'chat.answer',
  'agent.run',
  'synopses.export',
  'synopsis.audit',
  'passages.embed',
  'synopsis.autoexport',
  'browser.run',
] as const;
export const jobKind = z.enum(jobKinds);
export type JobKindName = (typeof jobKinds)[number];

/**
 * What a worker can be given: a job, or a question that somebody waits for and that nobody wants to have answered after a
 * restart. A question is no row, passes no queue and leaves no history.
 */
export const questionNames = ['provider.ask', 'synopsis.file', 'bundle.read'] as const;
export type QuestionName = (typeof questionNames)[number];
export const taskNames = [...jobKinds, ...questionNames] as const;
export const taskName = z.enum(taskNames);
export type TaskName = (typeof taskNames)[number];

/** Where each kind runs; one worker process entry per name. */
export const workerNames = ['documents', 'synopsis', 'agent', 'files', 'browser'] as const;
export const workerName = z.enum(workerNames);
export type WorkerName = (typeof workerNames)[number];

/** The worker of each kind, for its declaration in `main/app/kinds` and for whoever says why a job stands still. */
export const workerOfKind = {
  'document.import': 'documents',
  'synopsis.make': 'synopsis',
  'chat.answer': 'agent',
  'agent.run': 'agent',
  'synopses.export': 'synopsis',
  'synopsis.audit': 'synopsis',
  'passages.embed': 'agent',
  'synopsis.autoexport': 'synopsis',
  'browser.run': 'browser',
} as const satisfies Record<JobKindName, WorkerName>;

/** The worker of each question. */
export const workerOfQuestion = { 'provider.ask': 'agent', 'synopsis.file': 'files', 'bundle.read': 'files' } as const satisfies Record<
  QuestionName,
  WorkerName
>;

export const jobError = z.strictObject({
  code: z.string().max(64),
  message: z.string().max(2_000),
});
export type JobError = z.output<typeof jobError>;

/** The limit that a job has reached: whose it is and of what. */
export const reachedLimit = z.strictObject({
  scope: z.enum(budgetScopes),
  subject: budgetSubject,
  period: z.enum(budgetPeriods),
  unit: z.enum(budgetUnits),
  /** As it was then; absent where nobody wrote it down. */
  limit: z.number().nonnegative().optional(),
});
export type ReachedLimit = z.output<typeof reachedLimit>;

/** How the wait of a job ends by itself. */
export const jobWait = z.strictObject({
  /** Null for never. */
  untilMs: epochMs.nullable(),
  /** What follows then. */
  ends: z.enum(waitEnds),
  /** For the reason `budget`, where it is known. */
  limit: reachedLimit.nullable(),
});
export type JobWait = z.output<typeof jobWait>;

/** One row of the tasks panel. Everything in it comes from the database. */
export const jobView = z.strictObject({
  id: jobId,
  kind: jobKind,
  state: jobState,
  outcome: z.enum(jobOutcomes).nullable(),
  title: z.string().max(500),
  sessionId: sessionId.nullable(),
  attempt: z.int().nonnegative(),
  maxAttempts: z.int().positive(),
  progress: progress.nullable(),
  waitReason: waitReason.nullable(),
  /** Of a waiting job; absent for all others. */
  wait: jobWait.optional(),
  /** Of a queued job that something narrow keeps back; absent for one that only waits for its turn. */
  heldBy: z.enum(narrowPlaces).optional(),
  /** When it is tried (again), for `scheduled`. */
  dueAtMs: epochMs.nullable(),
  /** As it was asked for; a queued job's grows from `readySinceMs` on (`agedPriority`). */
  priority: z.int().nonnegative(),
  /** Since when it is due, for `queued`. */
  readySinceMs: epochMs.optional(),
  cancelRequested: z.boolean(),
  error: jobError.nullable(),
  /** Codes of the shortcomings of a job that is done with issues. */
  issues: z.array(z.string().max(64)),
  stepsDone: z.int().nonnegative(),
  createdAtMs: epochMs,
  startedAtMs: epochMs.nullable(),
  finishedAtMs: epochMs.nullable(),
  /** The last time the job showed a sign of life. */
  lastNewsAtMs: epochMs.nullable(),
  /** Its effects are being undone, and this is how it ends after that; null otherwise. */
  undoing: z.enum(['failed', 'cancelled']).nullable(),
  /** Effects of which a person has to say whether they happened. */
  undecided: z.int().nonnegative(),
});
export type JobView = z.output<typeof jobView>;

export const jobEventView = z.strictObject({
  seq: z.int().positive(),
  type: z.string().max(64),
  atMs: epochMs,
  detail: z.string().max(2_000).nullable(),
});

export const jobInspection = z.strictObject({
  job: jobView,
  steps: z.array(jobStepView),
  events: z.array(jobEventView),
  /** Steps that were set aside so that they could run again, oldest first. */
  superseded: z.array(supersededStepView),
  undecided: z.array(undecidedStep),
  /** The job whose steps this one began with. */
  forkedFrom: jobId.nullable(),
  /** The jobs that began with steps of this one, oldest first. */
  forks: z.array(jobId),
  /** The job that waits for this one, and the jobs this one has begun, oldest first. */
  parent: jobId.nullable().optional(),
  children: z.array(jobId).optional(),
  /** What a step is about, by its name, where the name itself is an id: the title of the synopsis of an exported file. */
  subjects: z.record(stepName, z.string().max(500)).optional(),
  /** What it is given and what has come of it; absent where neither is known any more. */
  material: jobMaterial.optional(),
  /** What it has used up, and the budgets that hold for it. Time is counted only where one limits it. */
  spent: spent.optional(),
  budgets: z.array(budgetView).optional(),
});
export type JobInspection = z.output<typeof jobInspection>;

/** The groups of the tasks panel, in its order. */
export const jobGroups = ['needsYou', 'running', 'queued', 'done', 'failed'] as const;
export type JobGroup = (typeof jobGroups)[number];
