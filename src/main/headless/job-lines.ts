import type { JobInspection, JobView } from '../../shared/domain/job.ts';
import { documentErrorCode, documentErrorOf } from '../../shared/domain/document.ts';
import { waitReason } from '../../shared/domain/job-state.ts';
import { sectionKind, synopsisIssue } from '../../shared/domain/synopsis.ts';
import { spendingLines } from './budget-lines.ts';
import { aboutLines, stepLines } from './step-lines.ts';
import type { CommandContext } from './command-context.ts';
import { printable } from './printable.ts';
import type { Words } from './words.ts';

/** How the names of recorded steps of a synopsis begin; the section's kind follows. */
const sectionStep = 'section:';

/** How a job is, without its title: `done`, `waiting (for the network)`. */
export function jobStateWords(job: JobView, words: Words): string {
  const state = job.outcome === 'issues' ? words.doneWithIssues : words.states[job.state];
  return job.waitReason === null ? state : `${state} (${words.waits[job.waitReason]})`;
}

/** One line of a list; with `when`, that stands before its state. */
export function jobLine(job: JobView, words: Words, when: string | null = null): string {
  const counted = job.progress?.done != null && job.progress.total != null ? ` ${job.progress.done}/${job.progress.total}` : '';
  const state = job.outcome === 'issues' ? words.doneWithIssues : words.states[job.state];
  const wait = job.waitReason === null ? '' : ` (${words.waits[job.waitReason]})`;
  return `${job.id}  ${when === null ? '' : `${when}  `}${state}${counted}${wait}  ${words.kinds[job.kind]}: ${printable(job.title)}`;
}

/** A job with its steps and what happened to it, each on a line of its own. */
export function inspectionLines(inspection: JobInspection, context: CommandContext): string[] {
  const { words, locale } = context;
  const { job, events, spent, budgets } = inspection;
  const at = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  return [
    jobLine(job, words),
    ...(job.error === null ? [] : [`  ${failureOf(job, words)} [${job.error.code}]`]),
    ...job.issues.map(code => `  ${issueName(code, words)}`),
    ...spendingLines(spent, budgets, context),
    ...stepLines(inspection, locale, name => stepName(name, words)).map(line => `  ${line}`),
    ...aboutLines(inspection, locale).map(line => `  ${line}`),
    ...events.map(
      event =>
        `  ${at.format(event.atMs)}  ${words.events[event.type] ?? event.type}${event.detail === null ? '' : `: ${eventDetail(event.type, event.detail, words)}`}`,
    ),
  ];
}

/** Why a job failed, in the person's language where the reason is one of the known ones. */
export function failureOf({ error }: Pick<JobView, 'error'>, words: Words): string {
  if (error === null) return words.unknownFailure;
  if (documentErrorCode.safeParse(error.code).success) return words.documentFault(documentErrorOf(error));
  return words.jobErrors[error.code] ?? printable(error.message);
}

/** What the trail keeps of an event, which is codes and names: `section:terms`, `citation_missing`, `unreachable: …`. */
function eventDetail(type: string, detail: string, words: Words): string {
  switch (type) {
    case 'step':
    case 'dispatched':
    case 'not_done':
    case 'undone':
      return stepName(detail, words);
    case 'waiting': {
      const reason = waitReason.safeParse(detail);
      return reason.success ? words.waits[reason.data] : printable(detail);
    }
    case 'done':
      return detail
        .split(', ')
        .map(code => issueName(code, words))
        .join(', ');
    default: {
      const [, code, message] = /^([a-z_]{1,64}): (.*)$/su.exec(detail) ?? [];
      return code === undefined || message === undefined ? printable(detail) : failureOf({ error: { code, message } }, words);
    }
  }
}

function issueName(code: string, words: Words): string {
  const known = synopsisIssue.shape.code.safeParse(code);
  return known.success ? words.issueNames[known.data] : code;
}

function stepName(name: string, words: Words): string {
  const section = name.startsWith(sectionStep) ? sectionKind.safeParse(name.slice(sectionStep.length)) : null;
  return section?.success === true ? `${words.phases.section}: ${words.sections[section.data]}` : printable(name);
}
