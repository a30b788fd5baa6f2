import type { JobError } from '../../shared/domain/job.ts';
import type { JobId } from '../../shared/domain/ids.ts';
import type { Compensation, EffectClass, EffectOutcome, StepDecision } from '../../shared/domain/job-step.ts';
import type { Lease } from './job-store.ts';
import type { RecordedStep } from './task-runner.ts';

/** A step as the engine judges it; its output is asked for apart. */
export interface JournalStep {
  readonly seq: number;
  readonly name: string;
  readonly finished: boolean;
  readonly startedAtMs: number;
  readonly effect: 'none' | EffectClass;
  /** Null for a step without an effect, and for an effect on its way. */
  readonly outcome: EffectOutcome | null;
  readonly compensation: Compensation | null;
  /** The step that this row undid, or says to leave. */
  readonly compensates: string | null;
  /** What a person said of it; of an indeterminate effect only `drop`, as the other words settle it. */
  readonly decision: StepDecision | null;
}

/** A step to undo, with what it had recorded; null when its effect may not have happened. */
export interface StepToUndo extends Compensation {
  readonly step: string;
  /** JSON text. */
  readonly output: string | null;
}

export type StepRecording = 'recorded' | 'recorded_before' | 'differs' | 'lease_lost';

export interface DispatchedEffect {
  readonly name: string;
  readonly effect: EffectClass;
  readonly key: string;
  /** JSON text: its output if a person has to say that it happened. */
  readonly assumed: string;
  readonly compensation: Compensation | null;
  readonly startedAtMs: number;
}

export interface NewFork {
  readonly id: JobId;
  readonly from: JobId;
  /** Finished steps with a smaller number are copied; what undoes them stays with the parent. */
  readonly beforeSeq: number;
  /** JSON text. */
  readonly payload: string;
  readonly idempotencyKey: string;
  readonly traceId: string;
  readonly maxAttempts: number;
  readonly nowMs: number;
}

/** The part of the store's port that keeps what steps did: recorded outputs, effects and their undoing. */
export interface StepJournal {
  /** Finished steps of the job's own work, in their order. */
  recordedSteps(id: JobId): readonly RecordedStep[];
  /** Every row of the journal, in order. */
  journal(id: JobId): readonly JournalStep[];
  /** Times that steps of this job were set aside. */
  timesSuperseded(id: JobId): number;
  /** For an effect that was dispatched, its outcome. */
  recordStep(
    lease: Lease,
    step: { readonly name: string; readonly output: string; readonly startedAtMs: number; readonly compensation?: Compensation | null },
    nowMs: number,
  ): StepRecording;
  /** Before the effect is sent. One that was sent before, and is known not to have happened or may be repeated, is sent again. */
  dispatchEffect(lease: Lease, effect: DispatchedEffect, nowMs: number): StepRecording;
  /** A dispatched effect that did not happen. */
  effectNotDone(lease: Lease, name: string, nowMs: number): boolean;
  /** One step was undone. */
  recordUndone(lease: Lease, step: { readonly name: string; readonly startedAtMs: number }, nowMs: number): StepRecording;
  /** Forgets the named steps of a claimed job, all of them for null; effects and what can be undone are never forgotten. */
  forgetSteps(lease: Lease, names: readonly string[] | null): boolean;

  /** Nobody can tell what became of a dispatched effect. */
  markIndeterminate(id: JobId, name: string): boolean;
  /** A person's word of an indeterminate effect: it happened, with its assumed output, or it is left as it is. */
  decideEffect(id: JobId, name: string, decision: Exclude<StepDecision, 'repeat'>, nowMs: number): boolean;
  /** A person's word of a step whose undoing failed. */
  decideUndo(id: JobId, name: string, decision: Exclude<StepDecision, 'repeat'>, nowMs: number): boolean;
  /** Sets steps of a job that nobody holds aside, so that they run again; they are kept. */
  supersede(id: JobId, seqs: readonly number[], decision: StepDecision | null, nowMs: number): void;

  /**
   * Instead of an end: the job is queued, with fresh attempts, to undo what it did. `leaseToken` null for a job that
   * nobody holds. `error` is the one it ends with; null for a cancellation.
   */
  beginUndo(id: JobId, leaseToken: string | null, error: JobError | null, maxAttempts: number, nowMs: number): boolean;
  /** The undoing is over; the end of the job follows in the same transaction. */
  endUndo(lease: Lease): boolean;
  /** A job like another, with the first of its steps. */
  insertFork(fork: NewFork): void;
}

/** Effects of the job's own work of which nobody has said what became of them. */
export function openEffects(journal: readonly JournalStep[]): readonly JournalStep[] {
  return journal.filter(step => step.effect !== 'none' && (step.outcome === null || step.outcome === 'indeterminate'));
}

/** Steps to undo, the last first. An effect that is safe to repeat is safe to undo without knowing what became of it. */
export function stepsToUndo(journal: readonly JournalStep[]): readonly JournalStep[] {
  const undone = undoneSteps(journal);
  return journal
    .filter(
      step =>
        step.compensation !== null &&
        !undone.has(step.name) &&
        (step.finished || (step.effect === 'idempotent' && step.outcome !== 'failed')),
    )
    .toReversed();
}

/** Effects that must be decided before the steps of a job can be undone: whether there is something to undo is not known. */
export function undoQuestions(journal: readonly JournalStep[]): readonly JournalStep[] {
  return openEffects(journal).filter(step => step.effect === 'once' && step.compensation !== null && step.decision !== 'drop');
}

/** Names of the steps that were undone, or of which a person said to leave them. */
export function undoneSteps(journal: readonly JournalStep[]): ReadonlySet<string> {
  return new Set(journal.flatMap(step => step.compensates ?? []));
}
