import type { JobInspection, JobView } from '../../shared/domain/job.ts';
import { agedPriority, msPerPriorityPoint } from '../../shared/domain/job-order.ts';
import { isFinal } from '../../shared/domain/job-state.ts';
import { spokenLanguage } from '../app/spoken-language.ts';
import { spendingLines } from './budget-lines.ts';
import type { CommandContext } from './command-context.ts';
import { eventDetail, issueName, stepName } from './event-detail.ts';
import { failureOf } from './failure-words.ts';
import { printable } from './printable.ts';
import { aboutLines, stepLines } from './step-lines.ts';
import type { Words } from './words.ts';

/** How a job is, without its title: `done`, `waiting (for the network)`. */
export function jobStateWords(job: JobView, words: Words): string {
  const state = job.outcome === 'issues' ? words.doneWithIssues : words.states[job.state];
  return job.waitReason === null ? state : `${state} (${words.waits[job.waitReason]})`;
}

/** One line of a list; with `when`, that stands before its state. */
export function jobLine(job: JobView, words: Words, when: string | null = null): string {
  const counted = job.progress?.done != null && job.progress.total != null ? ` ${job.progress.done}/${job.progress.total}` : '';
  const state = job.outcome === 'issues' ? words.doneWithIssues : words.states[job.state];
  const begins = job.state === 'scheduled' && job.dueAtMs !== null ? ` (${words.beginsAt(new Date(job.dueAtMs))})` : '';
  const wait = job.waitReason === null ? begins : ` (${words.waits[job.waitReason]})`;
  return `${job.id}  ${when === null ? '' : `${when}  `}${state}${counted}${wait}  ${words.kinds[job.kind]}: ${printable(job.title)}`;
}

/** Where a job that is to be begun stands: when that is, or since when it waits and for how much it counts by now. */
function placeLine(job: JobView, words: Words, nowMs: number): string[] {
  if (isFinal(job.state)) return [];
  if (job.state === 'scheduled' && job.dueAtMs !== null) return [`  ${words.placeLater(job.priority, new Date(job.dueAtMs))}`];
  if (job.readySinceMs === undefined) return [`  ${words.place(job.priority)}`];
  const now = agedPriority({ priority: job.priority, dueAtMs: job.readySinceMs }, nowMs, msPerPriorityPoint);
  return [`  ${words.placeInQueue(job.priority, now, new Date(job.readySinceMs))}`];
}

/** A job with its steps and what happened to it, each on a line of its own. */
export function inspectionLines(inspection: JobInspection, context: CommandContext): string[] {
  const { words, locale } = context;
  const { job, events, spent, budgets, subjects } = inspection;
  const nameOf = (name: string): string => stepName(name, words, subjects);
  const at = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  return [
    jobLine(job, words),
    ...placeLine(job, words, Date.now()),
    ...(job.error === null ? [] : [`  ${failureOf(job, words)} [${job.error.code}]`]),
    ...job.issues.map(code => `  ${issueName(code, words)}`),
    ...spendingLines(spent, budgets, context),
    ...stepLines(inspection, locale, nameOf).map(line => `  ${line}`),
    ...aboutLines(inspection, locale, nameOf).map(line => `  ${line}`),
    ...events.map(event => {
      const detail = eventDetail(event, words, spokenLanguage(locale), subjects);
      return `  ${at.format(event.atMs)}  ${words.events[event.type] ?? event.type}${detail === null ? '' : `: ${detail}`}`;
    }),
  ];
}
