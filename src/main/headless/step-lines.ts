import type { JobInspection } from '../../shared/domain/job.ts';
import type { JobStepView } from '../../shared/domain/job-step.ts';
import { stepWordsFor } from './step-words.ts';

/** Each step on a line: number, name, duration, attempt, outcome; those set aside first, as they ran first. */
export function stepLines({ steps, superseded }: JobInspection, locale: string, nameOf: (name: string) => string): string[] {
  const words = stepWordsFor(locale);
  const line = (step: Omit<JobStepView, 'undo'> & { readonly undo?: JobStepView['undo'] }, also: readonly string[]): string =>
    [
      `${step.seq}. ${step.compensates === null ? nameOf(step.name) : words.undid(nameOf(step.compensates))}`,
      // One that has its result by a person's word took as long as they did.
      ...(step.finishedAtMs === null || step.decision === 'done' ? [] : [words.milliseconds(step.finishedAtMs - step.startedAtMs)]),
      words.attempt(step.attempt),
      words.outcomes[step.outcome ?? 'finished'],
      ...(step.undo == null ? [] : [words.undo[step.undo]]),
      ...(step.decision === null ? [] : [words.decisions[step.decision]]),
      ...also,
    ].join('  ');
  return [...superseded.map(step => line(step, [words.superseded(step.run)])), ...steps.map(step => line(step, []))];
}

/** What else a person has to know: where it comes from, what is being undone, what is to be decided and how. */
export function aboutLines(
  { job, undecided, forkedFrom, forks }: JobInspection,
  locale: string,
  nameOf: (name: string) => string,
): string[] {
  const words = stepWordsFor(locale);
  return [
    ...(forkedFrom === null ? [] : [words.forkedFrom(forkedFrom)]),
    ...forks.map(words.fork),
    ...(job.undoing === null || job.finishedAtMs !== null ? [] : [words.undoing[job.undoing]]),
    ...undecided.flatMap(step => [
      words.asks[step.what](nameOf(step.name)),
      ...step.decisions.map(
        decision => `  ${words.answer(`konspekt jobs decide ${job.id} ${step.seq} ${decision}`, words.meanings[step.what][decision])}`,
      ),
    ]),
  ];
}
