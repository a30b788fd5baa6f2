import type { Meter } from './budgets.ts';
import type { Clock } from './clock.ts';
import type { EngineEvent } from './engine-api.ts';
import { sentenceOf } from './engine-log.ts';
import type { GroupCommit } from './group-commit.ts';
import { issueOf } from './job-hooks.ts';
import type { JobKind, JobRef } from './job-kind.ts';
import type { JobStore, StepRecording } from './job-store.ts';
import type { EngineLimits } from './limits.ts';
import type { Wait } from './park-job.ts';
import type { RecordedStep, ReportedStep } from './task-runner.ts';
import type { Verdict } from './verdict.ts';
import { failed, parked } from './verdict.ts';

export type ParsedStep = { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly message: string };

/** Reads a step's output with the schema its kind declares for the part of the name before `:`. */
export function parseStep(kind: JobKind, step: RecordedStep): ParsedStep {
  const base = step.name.split(':', 1)[0] ?? step.name;
  const schema = Object.hasOwn(kind.steps, base) ? kind.steps[base] : undefined;
  if (schema === undefined) return { ok: false, message: `${kind.name} declares no step "${base}".` };
  try {
    const parsed = schema.safeParse(JSON.parse(step.output));
    return parsed.success
      ? { ok: true, output: parsed.data }
      : { ok: false, message: `The output of step "${step.name}" does not fit: ${issueOf(parsed.error)}` };
  } catch (error) {
    return { ok: false, message: `The output of step "${step.name}" is not JSON: ${sentenceOf(error)}` };
  }
}

/**
 * Takes the steps of one attempt. Each is committed together with its kind's `onStep` before the worker may go on; one
 * that cannot be taken ends the attempt through `breakOff`, and the worker's promise rejects.
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
  breakOff: (verdict: Verdict) => void,
  /** Counts what steps use up; null when nothing is counted. */
  meter: Meter | null,
) {
  const lease = { jobId: job.id, leaseToken: job.leaseToken };
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

  async function record(step: ReportedStep): Promise<void> {
    if (closed) throw new Error(`The attempt at job ${job.id} is over; step "${step.name}" came too late.`);
    if (step.seq !== nextSeq) refuseAs('protocol', `Step "${step.name}" has number ${step.seq}; ${nextSeq} was expected.`, true);
    nextSeq += 1;
    if (alreadyRecorded + step.seq > deps.limits.stepsPerJob)
      refuseAs('too_many_steps', `A job may record ${deps.limits.stepsPerJob} steps; this one goes on.`, false);
    const parsed = parseStep(kind, step);
    if (!parsed.ok) return refuseAs('bad_step', parsed.message, true);
    let recording: StepRecording;
    let wait: Wait | null;
    try {
      ({ recording, wait } = await deps.commit.submit('keep', turn => {
        const result = deps.store.recordStep(lease, step, deps.clock.nowMs());
        if (result !== 'recorded') return { recording: result, wait: null };
        kind.onStep?.(job, { name: step.name, output: parsed.output });
        meter?.charge(turn, step.usage ?? null);
        turn.afterCommit(() => {
          deps.emit({ type: 'step', jobId: job.id });
        });
        return { recording: result, wait: meter?.exceeded() ?? null };
      }));
    } catch (error) {
      return refuseAs('step_not_recorded', `Step "${step.name}" was not recorded: ${sentenceOf(error)}`, true);
    }
    if (recording === 'lease_lost') refuse({ type: 'lease_lost' });
    if (wait !== null) {
      // It stands; what follows it waits for the budget.
      breakOff(parked(wait));
      throw new Error(`Job ${job.id} waits for its budget; abandon the task.`);
    }
    if (recording === 'differs')
      refuseAs('step_differs', `Step "${step.name}" was recorded before with another output; a step runs once.`, false);
  }

  return {
    record,
    close(): void {
      closed = true;
    },
  };
}
