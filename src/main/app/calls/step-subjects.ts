import { versionId, type VersionId } from '../../../shared/domain/ids.ts';
import { modelStep, toolStep } from '../../../shared/domain/agent.ts';
import type { Usage } from '../../../shared/domain/budget.ts';
import type { JobInspection } from '../../../shared/domain/job.ts';
import { usageOfRecord } from '../../../shared/domain/price.ts';

/** How steps that write a file are named; the version's id follows. */
const fileStep = 'file:';

/** Titles for steps that are named after a version. One that is no longer there has none. */
export function stepSubjects(
  { steps, superseded }: Pick<JobInspection, 'steps' | 'superseded'>,
  titleOf: (version: VersionId) => string | null,
): Record<string, string> {
  const names = new Set([...steps, ...superseded].map(step => step.name).filter(name => name.startsWith(fileStep)));
  const entries = [...names].flatMap(name => {
    const id = versionId.safeParse(name.slice(fileStep.length));
    const title = id.success ? titleOf(id.data) : null;
    return title === null || title === '' ? [] : [[name, title.slice(0, 500)] as const];
  });
  return Object.fromEntries(entries);
}

/** How steps that call a tool are named; the call's number follows. */
const toolSteps = ['tool:', 'act:'] as const;
/** Steps whose tool is named; a list of more is read by nobody. */
const namedTools = 100;

/** The tool of each step that called one, as its output says. `outputs` gives those of steps with a name, oldest first. */
export function toolSubjects(
  { steps }: Pick<JobInspection, 'steps'>,
  outputs: (from: string, limit: number) => readonly { readonly output: unknown }[],
): Record<string, string> {
  const entries = toolSteps.flatMap(from => {
    const names = steps.filter(step => step.name.startsWith(from) && step.finishedAtMs !== null).map(step => step.name);
    if (names.length === 0) return [];
    return outputs(from, namedTools).flatMap(({ output }, at) => {
      const called = toolStep.safeParse(output);
      const name = names[at];
      return called.success && name !== undefined ? [[name, called.data.tool] as const] : [];
    });
  });
  return Object.fromEntries(entries);
}

/** How steps that call a model are named; the call's number follows. */
const modelSteps = 'model:';

/** What each call of a model has used up, by the number of its step, as the step's output says. */
export function modelUsage(
  steps: readonly Pick<JobInspection['steps'][number], 'seq' | 'name' | 'finishedAtMs'>[],
  outputs: (from: string, limit: number) => readonly { readonly output: unknown }[],
  limit: number = namedTools,
): ReadonlyMap<number, Usage> {
  const calls = steps.filter(step => step.name.startsWith(modelSteps) && step.finishedAtMs !== null);
  if (calls.length === 0) return new Map();
  const recorded = outputs(modelSteps, limit);
  return new Map(
    calls.flatMap(({ seq }, at) => {
      const step = modelStep.safeParse(recorded[at]?.output);
      if (!step.success) return [];
      const { inputTokens, outputTokens, microUsd = null } = step.data.usage;
      return [[seq, usageOfRecord(inputTokens + outputTokens, microUsd)] as const];
    }),
  );
}

/** The steps, with what each call of a model has used up. */
export function withModelUsage(
  { steps }: Pick<JobInspection, 'steps'>,
  outputs: (from: string, limit: number) => readonly { readonly output: unknown }[],
): JobInspection['steps'] {
  const used = modelUsage(steps, outputs);
  return steps.map(step => {
    const usage = used.get(step.seq);
    return usage === undefined ? step : { ...step, usage };
  });
}
