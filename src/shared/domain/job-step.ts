import { z } from 'zod';
import { usage } from './budget.ts';
import { epochMs } from './ids.ts';

/**
 * What is promised of a step that changes something outside the program. `idempotent`: done again with the same key it
 * changes nothing twice, so it is simply done again. `once`: nobody may do it again without knowing what became of it.
 */
export const effectClasses = ['idempotent', 'once'] as const;
export type EffectClass = (typeof effectClasses)[number];

/** `indeterminate`: it was sent and nobody knows what became of it; a person says. */
export const effectOutcomes = ['succeeded', 'failed', 'indeterminate'] as const;
export type EffectOutcome = (typeof effectOutcomes)[number];

/** What a person says of a step: it happened, or was undone, by other means; do it again; leave it. */
export const stepDecisions = ['done', 'repeat', 'drop'] as const;
export const stepDecision = z.enum(stepDecisions);
export type StepDecision = (typeof stepDecisions)[number];

/** Characters of a step's name. */
export const stepNameLimit = 200;
/** Undoing has a row of its own in the journal, named after the step with this in front. */
export const undoPrefix = 'undo:';
/** Characters of the key that an effect is sent with: an address or a path of ordinary length beside a name. */
export const effectKeyLimit = 500;
export const stepName = z.string().min(1).max(stepNameLimit);
/** The part of a step's name that its kind declares; what follows the first `:` tells several of them apart. */
export function stepBase(name: string): string {
  const end = name.indexOf(':');
  return end < 0 ? name : name.slice(0, end);
}

/** How to undo a step: the name of a compensation its worker knows, and what that one is given. */
export interface Compensation {
  readonly name: string;
  /** JSON text. */
  readonly data: string;
}

/** Characters of a compensation's data as JSON: what to undo is named, not carried. */
export const compensationDataLimit = 16_000;

/** Tool calls of one step that a view takes up: more than anybody reads. */
const toolCallLimit = 200;

/** A tool that a model called within a step. */
export const toolCall = z.strictObject({
  name: z.string().min(1).max(stepNameLimit),
  startedAtMs: epochMs,
  /** Null for a call that has no result. */
  finishedAtMs: epochMs.nullable(),
  /** False when the tool answered with an error. */
  ok: z.boolean().nullable(),
});
export type ToolCall = z.output<typeof toolCall>;

export const jobStepView = z.strictObject({
  seq: z.int().positive(),
  name: stepName,
  attempt: z.int().positive(),
  startedAtMs: epochMs,
  /** Null for an effect that was sent and has no result. */
  finishedAtMs: epochMs.nullable(),
  effect: z.enum(['none', ...effectClasses]),
  /** Null for a step without an effect; `in_flight` while it is on its way. */
  outcome: z.enum([...effectOutcomes, 'in_flight']).nullable(),
  /** The step that this one undid. */
  compensates: stepName.nullable(),
  /** Null for a step that nothing undoes; `registered` until it has been. */
  undo: z.enum(['registered', 'done', 'left']).nullable(),
  /** What a person said of it. */
  decision: stepDecision.nullable(),
  /** What its worker says it used up; absent where nothing counted it. */
  usage: usage.optional(),
  /** Oldest first; absent where the trace has none. */
  toolCalls: z.array(toolCall).max(toolCallLimit).optional(),
});
export type JobStepView = z.output<typeof jobStepView>;

/** A step that was set aside so that it could run again; kept for the record. */
export const supersededStepView = jobStepView.omit({ undo: true }).extend({
  /** The steps that were set aside together have one number, from 1. */
  run: z.int().positive(),
  supersededAtMs: epochMs,
});

/** A step that waits for a person's word. */
export const undecidedStep = z.strictObject({
  seq: z.int().positive(),
  name: stepName,
  /** `effect`: nobody knows whether it happened. `compensation`: undoing it failed. */
  what: z.enum(['effect', 'compensation']),
  sinceMs: epochMs,
  decisions: z.array(stepDecision).min(1),
});
export type UndecidedStep = z.output<typeof undecidedStep>;
