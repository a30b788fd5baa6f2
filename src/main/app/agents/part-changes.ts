import { z } from 'zod';
import { changesOfPartLimit, fileChange, type FileChange } from '../../../shared/domain/file-change.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import { isFinal } from '../../../shared/domain/job-state.ts';
import type { Engine } from '../../engine/engine-api.ts';

/** Parts that were asked to stop end within this, nearly always; one that does not is asked about again with the next attempt. */
const endPatienceMs = 1_500;

/** What a part that was begun under a key is called among the jobs of its plan. */
export function partName(plan: JobId, key: string): string {
  return `part:${plan}:${key}`;
}

/** How the steps of agents are taken back, by the names that their kinds declare. */
const compensationNames = { file: 'restore-file', part: 'take-back-part' } as const;
const ofPart = z.strictObject({ key: z.string() });

/** Null while the part is still at work. */
export type PartChanges = (plan: JobId, key: string) => Promise<readonly FileChange[] | null>;

/**
 * What a finished part of a plan has changed outside and has not taken back, the last change first, with what its own parts
 * have. A part that failed or was cancelled undoes its changes itself.
 */
export function createPartChanges(engine: () => Pick<Engine, 'children' | 'leftToUndo' | 'subscribe'>): PartChanges {
  const partOf = (plan: JobId, key: string) =>
    engine()
      .children(plan)
      .findLast(child => child.idempotencyKey === partName(plan, key));

  function changesOf(job: JobId): readonly FileChange[] {
    return engine()
      .leftToUndo(job)
      .flatMap(({ name, data }) => {
        const given: unknown = JSON.parse(data);
        if (name === compensationNames.file) return [fileChange.parse(given)];
        if (name !== compensationNames.part) return [];
        const part = partOf(job, ofPart.parse(given).key);
        return part === undefined ? [] : changesOf(part.id);
      });
  }

  async function ended(job: JobId): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const stop = engine().subscribe(event => {
      if (event.type === 'ended' && event.jobId === job) resolve(undefined);
    });
    const patience = AbortSignal.timeout(endPatienceMs);
    patience.addEventListener('abort', () => {
      resolve(undefined);
    });
    await promise.finally(stop);
  }

  return async (plan, key) => {
    const begun = partOf(plan, key);
    if (begun === undefined) return [];
    if (!isFinal(begun.state)) await ended(begun.id);
    const part = partOf(plan, key);
    if (part === undefined || !isFinal(part.state)) return null;
    // One that failed has undone what it could; what its own undoing left is still to be taken back.
    const changes = changesOf(part.id);
    if (changes.length > changesOfPartLimit)
      throw new Error(`Part ${key} has changed ${changes.length} files, and at most ${changesOfPartLimit} are taken back at once.`);
    return changes;
  };
}
