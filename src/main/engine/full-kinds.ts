import type { JobKindName } from '../../shared/domain/job.ts';
import type { Attempt } from './attempt.ts';
import type { JobKind } from './job-kind.ts';

/** Kinds of which as many run as may at the same time, so that whatever else of them is queued waits for one to end. */
export function fullKinds(kinds: ReadonlyMap<string, JobKind>, attempts: ReadonlyMap<string, Attempt>): readonly JobKindName[] {
  const running = new Map<JobKindName, number>();
  for (const attempt of attempts.values()) {
    // What waits behind another in its place runs no more than what is queued.
    if (attempt.place !== null && !attempt.hasBegun()) continue;
    const { name } = attempt.kind;
    running.set(name, (running.get(name) ?? 0) + 1);
  }
  return [...kinds.values()].filter(({ name, concurrency }) => (running.get(name) ?? 0) >= concurrency).map(({ name }) => name);
}
