import { describe, expect, test } from 'vitest';
import { changesPerPage, type FileChange } from '../../../shared/domain/file-change.ts';
import { jobId, sha256Hex, type JobId } from '../../../shared/domain/ids.ts';
import type { JobState } from '../../../shared/domain/job-state.ts';
import { ParkJob } from '../../engine/park-job.ts';
import { createPartChanges, partName } from './part-changes.ts';

const id = (n: number): JobId => jobId.parse(`01920000-0000-7000-8000-00000000000${n}`);
const [plan, part, inner] = [id(1), id(2), id(3)];

const change = (n: number): FileChange => ({ path: `/f${n}`, sha256: sha256Hex.parse('a'.repeat(64)), before: null });
const file = (n: number) => ({ name: 'restore-file', data: JSON.stringify(change(n)) });

/** A plan with a part, which has a part of its own. */
function changes(
  state: JobState,
  left: readonly { name: string; data: string }[],
  ofInner: readonly { name: string; data: string }[] = [],
) {
  return createPartChanges(() => ({
    children: parent =>
      parent === plan
        ? [{ id: part, kind: 'agent.run', idempotencyKey: partName(plan, 'a'), state, error: null }]
        : [{ id: inner, kind: 'agent.run', idempotencyKey: partName(part, 'b'), state: 'done', error: null }],
    leftToUndo: job => (job === part ? left : ofInner),
  }));
}

describe('what a part of a plan has changed', () => {
  test('is told to the last of it, page by page, with what its own parts have', () => {
    const count = 12 * changesPerPage + 5;
    const ofPart = changes(
      'done',
      [file(0), { name: 'take-back-part', data: '{"key":"b"}' }],
      Array.from({ length: count - 1 }, (_, n) => file(n + 1)),
    );
    const paths: string[] = [];
    let pages = 0;
    for (let from: number | null = 0; from !== null; pages += 1) {
      const page: ReturnType<typeof ofPart> = ofPart(plan, { key: 'a', from });
      paths.push(...page.changes.map(({ path }) => path));
      from = page.next;
    }
    expect(pages).toBe(13);
    expect(paths).toEqual(Array.from({ length: count }, (_, n) => `/f${n}`));
  });

  test('is nothing for a part that was never begun, and has to be waited for while it is at work', () => {
    expect(changes('done', [file(0)])(plan, { key: 'other', from: 0 })).toEqual({ changes: [], next: null });
    for (const state of ['queued', 'running', 'waiting', 'scheduled'] as const)
      expect(() => changes(state, [file(0)])(plan, { key: 'a', from: 0 })).toThrow(ParkJob);
  });
});
