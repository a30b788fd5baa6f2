import { z } from 'zod';
import type { HostCallInput, HostCallOutput } from '../../../shared/contract/worker/host-calls.ts';
import { changesPerPage, fileChange, type FileChange } from '../../../shared/domain/file-change.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import { isFinal } from '../../../shared/domain/job-state.ts';
import type { Engine } from '../../engine/engine-api.ts';
import { untilChildrenEnd } from '../../engine/park-job.ts';

/** What a part that was begun under a key is called among the jobs of its plan. */
export function partName(plan: JobId, key: string): string {
  return `part:${plan}:${key}`;
}

/** How the steps of agents are taken back, by the names that their kinds declare. */
const compensationNames = { file: 'restore-file', part: 'take-back-part' } as const;
const ofPart = z.strictObject({ key: z.string() });

/** Parks the job while the part is still at work, or waits for a person who says what became of something it did. */
export type PartChanges = (plan: JobId, asked: HostCallInput<'part.changes'>) => HostCallOutput<'part.changes'>;

/**
 * What a finished part of a plan has changed outside and has not taken back, the last change first, with what its own parts
 * have. A part that failed or was cancelled undoes its changes itself.
 */
export function createPartChanges(engine: () => Pick<Engine, 'children' | 'leftToUndo'>): PartChanges {
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

  return (plan, { key, from }) => {
    const part = partOf(plan, key);
    if (part === undefined) return { changes: [], next: null };
    if (!isFinal(part.state)) throw untilChildrenEnd({ key });
    // One that failed has undone what it could; what its own undoing left is still to be taken back.
    const all = changesOf(part.id);
    const to = from + changesPerPage;
    return { changes: all.slice(from, to), next: to < all.length ? to : null };
  };
}
