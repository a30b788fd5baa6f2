import { taskLimitNames, type StepOutcome, type TaskLimitName } from '../../shared/domain/browser.ts';

/** Steps of one task: some fifty pages, each with a few actions. */
export const stepLimit = 200;
/** Milliseconds it may work, half an hour, without what a person holds or thinks over. */
export const workLimitMs = 30 * 60_000;
/** Actions that fail in a row: a page that is not understood by then will not be. */
export const failureLimit = 6;
/** Actions in a row after which the page says what it said before. */
export const stillLimit = 12;

export interface TaskLimits {
  /** Which one stops the task, from then on to its end; null while all is well. */
  reached(): TaskLimitName | null;
  done(seen: string): void;
  failed(): void;
}

export interface SpentBefore {
  /** Steps of earlier attempts. */
  readonly steps: number;
  /** Milliseconds of all attempts, this one's so far among them. */
  readonly workedMs: () => number;
  /** The limit that has stopped an earlier attempt; null for none. */
  readonly stoppedBy: TaskLimitName | null;
}

/** Counts what a task does, on top of what earlier attempts did. */
export function createTaskLimits({ steps: before, workedMs, stoppedBy }: SpentBefore): TaskLimits {
  let steps = before;
  let failures = 0;
  let still = 0;
  let last: string | null = null;
  let stopped = stoppedBy;

  function exceeded(): TaskLimitName | null {
    if (steps >= stepLimit) return 'limit_steps';
    if (workedMs() >= workLimitMs) return 'limit_time';
    if (failures >= failureLimit) return 'limit_failures';
    return still >= stillLimit ? 'limit_still' : null;
  }
  return {
    reached() {
      stopped ??= exceeded();
      return stopped;
    },
    done(seen) {
      steps += 1;
      failures = 0;
      still = seen === last ? still + 1 : 0;
      last = seen;
    },
    failed() {
      steps += 1;
      failures += 1;
    },
  };
}

/** The limit that an action was refused by; null for any other outcome. */
export function limitOf(outcome: StepOutcome | null): TaskLimitName | null {
  return taskLimitNames.find(name => name === outcome) ?? null;
}
