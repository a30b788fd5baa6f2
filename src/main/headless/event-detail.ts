import { waitReason } from '../../shared/domain/job-state.ts';
import { stepBase, stepDecisions, undoPrefix, type StepDecision } from '../../shared/domain/job-step.ts';
import type { JobInspection } from '../../shared/domain/job.ts';
import type { Language } from '../../shared/domain/language.ts';
import { returnReason } from '../../shared/domain/return-words.ts';
import { sectionKind, synopsisIssue } from '../../shared/domain/synopsis.ts';
import { failureOf } from './failure-words.ts';
import { printable } from './printable.ts';
import { stepWordsFor } from './step-words.ts';
import type { Words } from './words.ts';

/** How the names of recorded steps of a synopsis begin; the section's kind follows. */
const sectionStep = 'section:';
/** How a call of a model for a synopsis is named: what it is for, with a hash of what was asked behind it. */
const askStep = 'ask:';

/** What a table says of a name that came from outside. */
function entry<T>(table: Readonly<Partial<Record<string, T>>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** What steps are about, by their names, where that has a title. */
export type Subjects = JobInspection['subjects'];

/** A step's name in the person's words, where it says something; else as the worker named it. */
export function stepName(name: string, words: Words, subjects: Subjects = {}): string {
  if (name.startsWith(undoPrefix)) return stepName(name.slice(undoPrefix.length), words, subjects);
  const kindOf = (text: string) => sectionKind.safeParse(text).data ?? null;
  if (name.startsWith(sectionStep)) {
    const kind = kindOf(name.slice(sectionStep.length));
    return kind === null ? printable(name) : `${words.phases.section}: ${words.sections[kind]}`;
  }
  if (name.startsWith(askStep)) {
    const purpose = name
      .slice(askStep.length)
      .replace(/-[0-9a-f]{16}$/u, '')
      .replace(/-(?:again|proof)$/u, '');
    const kind = kindOf(purpose);
    const asked = kind === null ? entry(words.askedFor, purpose) : words.sections[kind];
    return asked === undefined ? printable(name) : `${words.askingModel}: ${asked}`;
  }
  const base = stepBase(name);
  const known = entry(words.steps, base);
  const subject = entry(subjects, name);
  if (known !== undefined && subject !== undefined) return `${known}: ${printable(subject)}`;
  return known === undefined ? printable(name) : `${known}${printable(name.slice(base.length).replace(/^:/u, ' '))}`;
}

export function issueName(code: string, words: Words): string {
  const known = synopsisIssue.shape.code.safeParse(code);
  return known.success ? words.issueNames[known.data] : code;
}

type Detail = (detail: string, words: Words, subjects: Subjects, language: Language) => string | null;

const step: Detail = stepName;
const error: Detail = (detail, words) => {
  const [, code, message] = /^([a-z_]{1,64}): (.*)$/su.exec(detail) ?? [];
  return code === undefined || message === undefined ? null : failureOf({ error: { code, message } }, words);
};

/** What the trail keeps of an event, by its type: codes and names, and sentences for the log behind them. */
const details: Readonly<Partial<Record<string, Detail>>> = {
  step,
  dispatched: step,
  not_done: step,
  undone: step,
  failed: error,
  retry: error,
  undoing: error,
  returned: (detail, _words, _subjects, language) => returnReason(detail, language),
  waiting(detail, words) {
    const reason = waitReason.safeParse(detail);
    return reason.success ? words.waits[reason.data] : null;
  },
  wait_expired: (detail, words) => entry(words.expiries, detail) ?? null,
  done: (detail, words) =>
    detail
      .split(', ')
      .map(code => issueName(code, words))
      .join(', '),
  decided(detail, words, subjects, language) {
    const [decision = '', ...name] = detail.split(': ');
    if (!(stepDecisions as readonly string[]).includes(decision)) return null;
    return `${stepName(name.join(': '), words, subjects)} (${stepWordsFor(language).decisions[decision as StepDecision]})`;
  },
  superseded: detail => printable(detail),
  forked: detail => printable(detail),
  forked_from: detail => printable(detail),
};

/** Null when there is nothing in it for a person; `--json` has all of it. */
export function eventDetail(
  { type, detail }: { readonly type: string; readonly detail: string | null },
  words: Words,
  language: Language,
  subjects: Subjects = {},
): string | null {
  return detail === null ? null : (entry(details, type)?.(detail, words, subjects, language) ?? null);
}
