import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SnapshotInput } from '../../shared/contract/worker/task-values.ts';
import type { TaskInput, TaskOutput } from '../../shared/contract/worker/tasks.ts';
import type { Snapshot } from '../../shared/domain/snapshot.ts';
import { missingCitations, type Section, type SectionKind } from '../../shared/domain/synopsis.ts';
import { TaskFailure } from '../../shared/domain/task-failure.ts';
import { makeSection } from '../extractive/make-section.ts';
import { prepareSources, type Prepared } from '../extractive/prepare-sources.ts';
import type { TaskContext } from '../runtime/task-context.ts';
import { coverageOf, issuesOf, type ReadSource, type Shortcomings } from './coverage.ts';
import { readSnapshot } from './read-snapshot.ts';
import { verifyCitations } from './verify-citations.ts';
import type { MakeWithModelParams } from './with-model/make-with-model.ts';

/**
 * Makes a synopsis section by section, each a recorded step: a killed worker goes on after the last finished one. Every quote
 * is looked up in its snapshot before it is recorded.
 *
 * @throws TaskFailure `no_sources`, `snapshot_unreadable`, and `snapshot_damaged` when every source is
 */
export async function makeSynopsis(
  input: TaskInput<'synopsis.make'>,
  context: TaskContext<'synopsis.make'>,
): Promise<TaskOutput<'synopsis.make'>> {
  if (input.sources.length === 0)
    throw new TaskFailure('no_sources', 'There is nothing to make a synopsis of: no source is ready.', { retryable: false });
  const { sources, damaged } = await readSources(input, context);
  const snapshots = new Map<string, Snapshot>(sources.map(({ snapshot }) => [snapshot.hash, snapshot]));

  // With every section recorded by an earlier attempt nothing is analysed again.
  let prepared: Prepared | null = null;
  const prepare = async (): Promise<Prepared> => {
    context.report({ phase: 'ranking', label: null, done: null, total: null });
    // The report leaves, a cancel arrives: the analysis that follows is one stretch of work.
    await nextTurn();
    context.signal.throwIfAborted();
    const result = prepareSources(sources, input.language);
    await nextTurn();
    return result;
  };

  const material = sources.map(({ snapshot }) => snapshot.hash);
  async function builtIn(kind: SectionKind): Promise<Section> {
    prepared ??= await prepare();
    const made = makeSection(kind, prepared, { detail: input.detail, planned: input.sections });
    return { ...verifyCitations(made, snapshots), material };
  }

  const total = input.sections.length;
  async function makeBuiltIn(): Promise<Shortcomings> {
    let missing = 0;
    for (const [done, kind] of input.sections.entries()) {
      const section = await context.step(`section:${kind}`, async () => {
        prepared ??= await prepare();
        context.report({ phase: 'section', label: kind, done, total });
        await nextTurn();
        context.signal.throwIfAborted();
        return builtIn(kind);
      });
      missing += missingCitations(section);
    }
    return { missing, leftOut: 0, withoutModel: 0, unread: 0 };
  }

  const shortcomings = input.model === null ? await makeBuiltIn() : await makeByModel({ ...input, model: input.model });
  async function makeByModel(given: MakeWithModelParams['input']): Promise<Shortcomings> {
    // The packages that call models are loaded by a synopsis that needs them.
    const { makeWithModel } = await import('./with-model/make-with-model.ts');
    return makeWithModel({ input: given, context, sources, builtIn });
  }
  context.report({ phase: 'section', label: null, done: total, total });
  const coverage = coverageOf(input.coverage, sources, damaged);
  return { coverage, issues: issuesOf(coverage, { ...shortcomings, missing: shortcomings.missing + input.missingBefore }) };
}

/** One damaged source is left out and named; only when all of them are there is nothing to go on with. */
async function readSources(
  input: TaskInput<'synopsis.make'>,
  context: TaskContext<'synopsis.make'>,
): Promise<{ readonly sources: ReadSource[]; readonly damaged: SnapshotInput[] }> {
  const sources: ReadSource[] = [];
  const damaged: SnapshotInput[] = [];
  const total = input.sources.length;
  for (const [done, source] of input.sources.entries()) {
    context.report({ phase: 'reading', label: source.title.slice(0, 200), done, total });
    try {
      sources.push({ input: source, snapshot: await readSnapshot(source, context.signal) });
    } catch (error) {
      const isOthersLeft = sources.length > 0 || done + 1 < total;
      if (!(error instanceof TaskFailure) || error.code !== 'snapshot_damaged' || !isOthersLeft) throw error;
      context.log('warn', error.message);
      damaged.push(source);
    }
  }
  return { sources, damaged };
}
