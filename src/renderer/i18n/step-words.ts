import { stepBase, undoPrefix } from '../../shared/domain/job-step.ts';
import type { JobInspection } from '../../shared/domain/job.ts';
import type { Speech } from './format.ts';
import { describeAgentStep } from './tool-words.ts';

/** How a step that writes the file of one synopsis is named; the version's id follows. */
const filePrefix = 'file:';

/** How a call of a model for a synopsis is named. */
const askPrefix = 'ask:';

/** A step's name in words, where the name says something this window knows; else as the worker named it. */
export function describeStep(name: string, speech: Speech, subjects: JobInspection['subjects'] = {}): string {
  const { t } = speech;
  if (name.startsWith(undoPrefix)) return t.inspector.undoOf(describeStep(name.slice(undoPrefix.length), speech, subjects));
  if (name.startsWith(filePrefix)) return t.inspector.stepFile(subjects[name] ?? null);
  if (stepBase(name) === 'batch') return t.jobs.phase.indexing(null);
  if (name === 'plan') return t.inspector.stepPlan;
  if (name === 'setup') return t.inspector.stepSetup;
  if (stepBase(name) === 'pages') return t.inspector.stepPages(/:(\d+)$/u.exec(name)?.[1] ?? null);
  if (name.startsWith(askPrefix)) return describeCall(name.slice(askPrefix.length), speech) ?? name;
  const ofAgent = describeAgentStep(name, subjects[name] ?? null, t);
  if (ofAgent !== null) return ofAgent;
  const last = name.split(/[:/.]/u).at(-1) ?? name;
  const sections: Readonly<Record<string, string>> = t.synopsis.section;
  const section = Object.hasOwn(sections, last) ? sections[last] : undefined;
  if (section !== undefined) return t.jobs.phase.section(section);
  const phases: Readonly<Record<string, (label: string | null) => string>> = t.jobs.phase;
  const phase = Object.hasOwn(phases, last) ? phases[last] : undefined;
  return phase ? phase(null) : name;
}

/** A call of a model for a synopsis: what it is for, with a hash of what was asked behind it. */
function describeCall(name: string, { t }: Speech): string | null {
  const purpose = name.replace(/-[0-9a-f]{16}$/u, '').replace(/-(?:again|proof)$/u, '');
  if (purpose === 'notes') return t.audit.askNotes;
  if (purpose === 'audit') return t.audit.askJudge;
  const sections: Readonly<Record<string, string>> = t.synopsis.section;
  const section = Object.hasOwn(sections, purpose) ? sections[purpose] : undefined;
  return section === undefined ? null : t.audit.askSection(section);
}

/** Whether the step writes a file of an export. */
export function isFileStep(name: string): boolean {
  return name.startsWith(filePrefix);
}
