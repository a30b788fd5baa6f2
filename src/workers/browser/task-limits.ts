import type { Language } from '../../shared/domain/language.ts';

/** Steps of one task: some fifty pages, each with a few actions. */
const stepLimit = 200;
/** Milliseconds it may work, half an hour, without what a person holds or thinks over. */
const workLimitMs = 30 * 60_000;
/** Actions that fail in a row: a page that is not understood by then will not be. */
const failureLimit = 6;
/** Actions in a row after which the page says what it said before. */
const stillLimit = 12;

const words = {
  ru: {
    steps: `Сделано ${stepLimit} шагов, больше одной задаче нельзя.`,
    time: `Задача работала ${workLimitMs / 60_000} минут, больше нельзя.`,
    failures: `${failureLimit} действий подряд не удались.`,
    still: `${stillLimit} действий подряд ничего не изменили.`,
    over: 'Браузер больше ничего не делает. Ответь тем, что есть, и скажи, чего не хватило.',
  },
  en: {
    steps: `${stepLimit} steps were done, a task may do no more.`,
    time: `The task has worked for ${workLimitMs / 60_000} minutes, the most it may.`,
    failures: `${failureLimit} actions in a row failed.`,
    still: `${stillLimit} actions in a row changed nothing.`,
    over: 'The browser does nothing more. Answer with what there is, and say what was missing.',
  },
} as const satisfies Record<Language, unknown>;

export interface TaskLimits {
  /** Why nothing more is done, in words; null while all is well. */
  reached(): string | null;
  done(seen: string): void;
  failed(): void;
}

/** Counts what a task does, on top of what earlier attempts did. `workedMs` is of all attempts. */
export function createTaskLimits(
  language: Language,
  { steps: before, workedMs }: { readonly steps: number; readonly workedMs: () => number },
): TaskLimits {
  const say = words[language];
  let steps = before;
  let failures = 0;
  let still = 0;
  let last: string | null = null;

  function why(): string | null {
    if (steps >= stepLimit) return say.steps;
    if (workedMs() >= workLimitMs) return say.time;
    if (failures >= failureLimit) return say.failures;
    return still >= stillLimit ? say.still : null;
  }
  return {
    reached() {
      const reason = why();
      return reason === null ? null : `${reason} ${say.over}`;
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
