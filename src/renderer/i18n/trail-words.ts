import { waitReasons, type WaitReason } from '../../shared/domain/job-state.ts';
import { stepDecisions, type StepDecision } from '../../shared/domain/job-step.ts';
import type { JobInspection } from '../../shared/domain/job.ts';
import { returnReason } from '../../shared/domain/return-words.ts';
import type { Speech } from './format.ts';
import { describeIssues } from './job-words.ts';
import { describeStep } from './step-words.ts';

type TrailLine = Pick<JobInspection['events'][number], 'type' | 'detail'>;
interface Words {
  readonly speech: Speech;
  readonly subjects: JobInspection['subjects'];
}

/** `code: message` of an error; the window words the code itself, the sentence is for the log. */
function errorOf(detail: string, { speech }: Words): string | null {
  const code = /^[a-z][a-z0-9_]*(?=: )/u.exec(detail)?.[0];
  return code === undefined ? null : speech.error(code);
}

const stepOf = (detail: string, { speech, subjects }: Words): string => describeStep(detail, speech, subjects);

/** What a line's detail says, by its type; types without an entry say all with their name. */
const detailWords: Readonly<Partial<Record<string, (detail: string, words: Words) => string | null>>> = {
  step: stepOf,
  dispatched: stepOf,
  not_done: stepOf,
  undone: (detail, words) => stepOf(detail.replace(/^undo:/u, ''), words),
  failed: errorOf,
  retry: errorOf,
  undoing: errorOf,
  returned: (detail, { speech }) => returnReason(detail, speech.language),
  done: (detail, { speech }) => describeIssues({ issues: detail.split(', ') }, speech),
  decided(detail, { speech, subjects }) {
    const [decision = '', ...name] = detail.split(': ');
    if (!(stepDecisions as readonly string[]).includes(decision)) return null;
    return `${describeStep(name.join(': '), speech, subjects)} (${speech.t.inspector.decided[decision as StepDecision]})`;
  },
};

/** A line of a job's log in words. What only a programmer can read is left to the diagnostics. */
export function describeTrail({ type, detail }: TrailLine, speech: Speech, subjects: JobInspection['subjects'] = {}): string {
  const { inspector } = speech.t;
  if (type === 'superseded' && detail !== null) return inspector.supersededSteps(detail);
  // The reason is a sentence of its own.
  if (type === 'waiting' && (waitReasons as readonly (string | null)[]).includes(detail))
    return speech.t.jobs.waitReason[detail as WaitReason];
  const names: Readonly<Record<string, string>> = inspector.trail;
  const name = Object.hasOwn(names, type) ? (names[type] ?? type) : type;
  const detailOf = Object.hasOwn(detailWords, type) ? detailWords[type] : undefined;
  const more = detail === null ? null : (detailOf?.(detail, { speech, subjects }) ?? null);
  return more === null ? name : inspector.withDetail(name, more);
}
