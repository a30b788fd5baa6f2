import type { Meter } from './budgets.ts';
import type { Clock } from './clock.ts';
import type { EngineEvent } from './engine-api.ts';
import { sentenceOf } from './engine-log.ts';
import type { GroupCommit, Turn } from './group-commit.ts';
import { issueOf } from './job-hooks.ts';
import type { JobKind, JobRef } from './job-kind.ts';
import type { JobStore } from './job-store.ts';
import type { StepRecording } from './step-journal.ts';
import { problemOf } from './undo.ts';
import type { EngineLimits } from './limits.ts';
import type { Usage } from '../../shared/domain/budget.ts';
import type { Compensation, EffectClass } from '../../shared/domain/job-step.ts';
import { stepBase, stepNameLimit, undoPrefix } from '../../shared/domain/job-step.ts';
import type { Wait } from './park-job.ts';
import type { RecordedStep, ReportedEffect, ReportedStep } from './task-runner.ts';
import type { Verdict } from './verdict.ts';
import { failed, parked } from './verdict.ts';

export type ParsedStep = { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly message: string };

/** Reads a step's output with the schema its kind declares for the part of the name before `:`. */
export function parseStep(kind: JobKind, step: RecordedStep & Pick<ReportedStep, 'checked'>): ParsedStep {
  const base = stepBase(step.name);
  const schema = Object.hasOwn(kind.steps, base) ? kind.steps[base] : undefined;
  if (schema === undefined) return { ok: false, message: `${kind.name} declares no step "${base}".` };
  if (step.checked?.schema === schema) return { ok: true, output: step.checked.value };
  try {
    const parsed = schema.safeParse(JSON.parse(step.output));
    return parsed.success
      ? { ok: true, output: parsed.data }
      : { ok: false, message: `The output of step "${step.name}" does not fit: ${issueOf(parsed.error)}` };
  } catch (error) {
    return { ok: false, message: `The output of step "${step.name}" is not JSON: ${sentenceOf(error)}` };
  }
}

/** What the part of a step's name before `:` says of the change it makes outside. */
export function effectOf(kind: JobKind, name: string): 'none' | EffectClass {
  const base = stepBase(name);
  return kind.effects !== undefined && Object.hasOwn(kind.effects, base) ? (kind.effects[base] ?? 'none') : 'none';
}

/**
 * Takes what the worker of one attempt reports of its steps: a step or an effect's outcome is committed together with its
 * kind's `onStep` before the worker may go on, an effect before it is sent. What cannot be taken ends the attempt
 * through `breakOff`, and the worker's promise rejects.
 */
export function openSteps(
  deps: {
    readonly store: JobStore;
    readonly clock: Clock;
    readonly commit: Pick<GroupCommit, 'submit'>;
    readonly limits: EngineLimits;
    readonly emit: (event: EngineEvent) => void;
  },
  kind: JobKind,
  job: JobRef<unknown>,
  alreadyRecorded: number,
  /** Effects that an earlier attempt sent. */
  sentBefore: readonly string[],
  /** The task undoes steps: what it reports are their names. */
  isUndoing: boolean,
  breakOff: (verdict: Verdict) => void,
  /** Counts what steps use up; null when nothing is counted. */
  meter: Meter | null,
) {
  const lease = { jobId: job.id, leaseToken: job.leaseToken };
  const onTheirWay = new Set(sentBefore);
  let nextSeq = 1;
  let closed = false;

  function refuse(verdict: Extract<Verdict, { type: 'failed' }> | { readonly type: 'lease_lost' }): never {
    breakOff(verdict);
    throw new Error(verdict.type === 'failed' ? verdict.error.message : `The lease of job ${job.id} is lost; abandon the task.`);
  }

  function refuseAs(code: string, message: string, retryable: boolean): never {
    const verdict = failed(code, message, retryable);
    if (verdict.type !== 'failed') throw new TypeError('A failure is a failure.');
    return refuse(verdict);
  }

  /** Numbers, bounds and what undoes it, before anything is written. */
  function take(step: { readonly seq: number; readonly name: string; readonly compensation?: Compensation }): void {
    if (closed) throw new Error(`The attempt at job ${job.id} is over; step "${step.name}" came too late.`);
    if (step.seq !== nextSeq) refuseAs('protocol', `Step "${step.name}" has number ${step.seq}; ${nextSeq} was expected.`, true);
    nextSeq += 1;
    if (alreadyRecorded + step.seq > deps.limits.stepsPerJob)
      refuseAs('too_many_steps', `A job may record ${deps.limits.stepsPerJob} steps; this one goes on.`, false);
    if (step.compensation === undefined) return;
    const problem = problemOf(kind, step.compensation.name, step.compensation.data);
    if (problem !== null) refuseAs('bad_compensation', problem, false);
    if (undoPrefix.length + step.name.length > stepNameLimit)
      refuseAs('bad_compensation', `The name of step "${step.name.slice(0, 40)}…" is too long for a step that can be undone.`, false);
  }

  /** An announced effect is sent and a job is undone whatever they cost: only a step that stands may wait for the budget. */
  async function commit(name: string, write: () => StepRecording, usage: Usage | null = null, mayWait = false): Promise<void> {
    let recording: StepRecording;
    let wait: Wait | null;
    try {
      const work = (turn: Turn): { readonly recording: StepRecording; readonly wait: Wait | null } => {
        const result = write();
        if (result !== 'recorded') return { recording: result, wait: null };
        // Only what a task has come to is a step of it; what is announced or undone is none.
        meter?.charge(turn, usage, mayWait ? 1 : 0);
        turn.afterCommit(() => {
          deps.emit({ type: 'step', jobId: job.id });
        });
        return { recording: result, wait: mayWait ? (meter?.exceeded() ?? null) : null };
      };
      ({ recording, wait } = await deps.commit.submit('keep', work, null, true));
    } catch (error) {
      return refuseAs('step_not_recorded', `Step "${name}" was not recorded: ${sentenceOf(error)}`, true);
    }
    if (recording === 'lease_lost') refuse({ type: 'lease_lost' });
    if (wait !== null) {
      // It stands; what follows it waits for the budget.
      breakOff(parked(wait));
      throw new Error(`Job ${job.id} waits for its budget; abandon the task.`);
    }
    if (recording === 'differs')
      refuseAs('step_differs', `Step "${name}" was recorded before with another output; a step runs once.`, false);
  }

  async function record(step: ReportedStep): Promise<void> {
    take(step);
    if (isUndoing) return commit(step.name, () => deps.store.recordUndone(lease, step, deps.clock.nowMs()), step.usage);
    const parsed = parseStep(kind, step);
    if (!parsed.ok) return refuseAs('bad_step', parsed.message, true);
    if (effectOf(kind, step.name) !== 'none' && !onTheirWay.delete(step.name))
      return refuseAs('protocol', `Effect "${step.name}" has an outcome and was not announced before it was sent.`, false);
    const { name, output, startedAtMs, compensation = null } = step;
    const recorded = { name, output, startedAtMs, compensation };
    return commit(
      name,
      () => {
        const result = deps.store.recordStep(lease, recorded, deps.clock.nowMs());
        if (result === 'recorded') kind.onStep?.(job, { name, output: parsed.output });
        return result;
      },
      step.usage,
      true,
    );
  }

  async function dispatch(effect: ReportedEffect): Promise<void> {
    take(effect);
    const of = effectOf(kind, effect.name);
    if (of === 'none') return refuseAs('bad_step', `${kind.name} declares no effect "${effect.name}".`, false);
    const assumed = parseStep(kind, { name: effect.name, output: effect.assumed });
    if (!assumed.ok) return refuseAs('bad_step', assumed.message, false);
    onTheirWay.add(effect.name);
    return commit(effect.name, () =>
      deps.store.dispatchEffect(lease, { ...effect, effect: of, compensation: effect.compensation ?? null }, deps.clock.nowMs()),
    );
  }

  async function notDone(effect: { readonly seq: number; readonly name: string }): Promise<void> {
    take(effect);
    onTheirWay.delete(effect.name);
    return commit(effect.name, () => (deps.store.effectNotDone(lease, effect.name, deps.clock.nowMs()) ? 'recorded' : 'lease_lost'));
  }

  return {
    record,
    dispatch,
    notDone,
    close(): void {
      closed = true;
    },
  };
}
export type OpenSteps = ReturnType<typeof openSteps>;
