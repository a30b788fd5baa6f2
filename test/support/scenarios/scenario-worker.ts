import type { JobId } from '../../../src/shared/domain/ids.ts';
import { undoPrefix } from '../../../src/shared/domain/job-step.ts';
import type { HeldTask } from '../fake-runner.ts';
import type { Work } from './scenario.ts';
import { done, fail } from './scenario.ts';

/** What an attempt does outside the program, and who is told of it. */
export interface Outside {
  /** Says the name of a point; may throw. */
  reach(point: string): void;
  /** The program that started the attempt is dead: nobody hears of it any more. */
  isDead(): boolean;
  /** `key` tells sendings apart: the outside knows it. */
  happens(jobId: JobId, step: string, key: string): void;
  hasHappened(key: string): boolean;
  recorded(jobId: JobId, step: string): void;
}

/** One attempt, as an honest worker makes it. */
export async function behave(held: HeldTask, work: Work, outside: Outside): Promise<void> {
  try {
    outside.reach('task.start');
    if (held.task.undo === undefined) await doSteps(held, work, outside);
    else await undoSteps(held, work, outside);
    outside.reach('task.end');
  } catch {
    // The step was refused, so the task is abandoned; or the program is dead and nobody listens.
    held.end({ type: 'cancelled' });
  }
}

async function doSteps(held: HeldTask, work: Work, outside: Outside): Promise<void> {
  const { task } = held;
  held.observer.onProgress({ phase: 'reading', label: null, done: 0, total: work.steps.length });
  for (const step of work.steps) {
    if (task.recorded.some(recorded => recorded.name === step)) continue;
    outside.reach('task.step:before');
    if (held.over()) return;
    if (!(await (isEffect(step) ? makeEffect : makeStep)(held, work, outside, step))) return;
    outside.reach('task.step:recorded');
  }
  if (held.cancelled()) held.end({ type: 'cancelled' });
  else if (work.end !== 'hang') held.end(work.end);
}

async function makeStep(held: HeldTask, work: Work, outside: Outside, step: string): Promise<boolean> {
  outside.happens(held.task.jobId, step, `${held.task.jobId}/${step}`);
  outside.reach('task.step:worked');
  return report(held, work, outside, step);
}

/** As `runEffect` of the workers' runtime. False when the attempt is over. */
async function makeEffect(held: HeldTask, work: Work, outside: Outside, step: string): Promise<boolean> {
  const { jobId, run = 0, inFlight = [] } = held.task;
  const key = `${jobId}/${run}/${step}`;
  if (step.startsWith('send:') && inFlight.includes(step)) {
    if (work.canLook !== true) {
      held.end({ type: 'indeterminate', step });
      return false;
    }
    if (outside.hasHappened(key)) return report(held, work, outside, step);
    await held.effectNotDone(step);
    if (outside.isDead() || held.over()) return false;
  }
  await held.effect(step, 1, compensationOf(work, step));
  if (outside.isDead() || held.over()) return false;
  outside.reach('task.effect:dispatched');
  if (held.over()) return false;
  if (work.stopsBeforeSending === true && step.startsWith('send:')) {
    held.end(fail(true));
    return false;
  }
  outside.happens(jobId, step, key);
  outside.reach('task.effect:sent');
  if (work.losesOutcomes !== undefined && step.startsWith('send:')) {
    held.end(work.losesOutcomes);
    return false;
  }
  return report(held, work, outside, step);
}

async function report(held: HeldTask, work: Work, outside: Outside, step: string): Promise<boolean> {
  if (held.over()) return false;
  const compensation = isEffect(step) ? undefined : compensationOf(work, step);
  await held.step(step, 1, {
    ...(work.usage === undefined ? {} : { usage: work.usage }),
    ...(compensation === undefined ? {} : { compensation }),
  });
  if (outside.isDead() || held.over()) return false;
  outside.recorded(held.task.jobId, step);
  return true;
}

async function undoSteps(held: HeldTask, work: Work, outside: Outside): Promise<void> {
  const { jobId, undo = [] } = held.task;
  for (const { step } of undo) {
    outside.reach('task.undo:before');
    if (held.over()) return;
    const failure = work.undo?.(step) ?? null;
    if (failure !== null) {
      held.end(failure);
      return;
    }
    outside.happens(jobId, undoPrefix + step, `${jobId}/${undoPrefix}${step}`);
    outside.reach('task.undo:undone');
    if (held.over()) return;
    await held.step(step, null);
    if (outside.isDead() || held.over()) return;
    outside.recorded(jobId, undoPrefix + step);
    outside.reach('task.undo:recorded');
  }
  held.end(done);
}

function isEffect(step: string): boolean {
  return step.startsWith('send:') || step.startsWith('put:');
}

function compensationOf(work: Work, step: string): { readonly name: string; readonly data: string } | undefined {
  return work.undoable === true ? { name: 'remove', data: JSON.stringify({ step }) } : undefined;
}
