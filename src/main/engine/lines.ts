import type { JobKindName, WorkerName } from '../../shared/domain/job.ts';
import type { Ahead } from './ahead.ts';
import { mayWaitInLine } from './ahead.ts';
import type { JobKind } from './job-kind.ts';
import type { QueuedJob, QueueReading } from './job-store.ts';
import type { EngineLimits } from './limits.ts';
import type { Line, Places } from './places.ts';
import { hasPlace } from './places.ts';
import type { TaskRunner } from './task-runner.ts';

/** Room for what is handed out ahead of its place. */
interface Room {
  /** So many more of the kind, all its lines together. */
  depth: number;
  readonly lines: readonly Line[];
}

/** Short kinds that have lines which take more. */
export type Behind = Map<JobKindName, Room>;

/**
 * Which jobs are claimed behind those that run (`ahead.ts`): the first in the queue and none else, so that what waits for a
 * place of the same worker gets the next one that is free.
 */
export function createLines(deps: {
  readonly kindOf: (name: JobKindName) => JobKind;
  readonly ahead: Pick<Ahead, 'depth'>;
  readonly runner: Pick<TaskRunner, 'takesBehind'>;
  readonly limits: Pick<EngineLimits, 'tasksAhead'>;
  readonly isKindPaused: (kind: JobKindName) => boolean;
}) {
  const { kindOf } = deps;

  function roomBehind(places: Places): Behind {
    const behind: Behind = new Map();
    for (const [name, all] of places.lines) {
      const kind = kindOf(name);
      // With so many places the way to this process and back is shared already.
      if (all.length > deps.limits.tasksAhead || deps.isKindPaused(name)) continue;
      const handedOut = all.reduce((sum, { count }) => sum + Math.max(0, count - 1), 0);
      const depth = deps.ahead.depth(kind) - handedOut;
      const lines = all.filter(line => line.hasBegun && deps.runner.takesBehind(kind.worker, line.place));
      if (depth > 0 && lines.length > 0) behind.set(name, { depth, lines });
    }
    return behind;
  }

  /** Whether a job of the kind may be the next one of a worker that has lines: it goes behind one, or waits for the place itself. */
  function isNext(places: Places, behind: Behind, kind: JobKind): boolean {
    if (behind.has(kind.name)) return true;
    return hasPlace(places, kind) && [...behind.keys()].some(name => kindOf(name).worker === kind.worker);
  }

  /** Somebody waits for this worker who is not to be passed. */
  function close(behind: Behind, worker: WorkerName): void {
    for (const name of behind.keys()) if (kindOf(name).worker === worker) behind.delete(name);
  }

  /** The next job that goes behind a line, with its place; null when there is none. */
  function nextBehind(queue: QueueReading, places: Places, behind: Behind): { readonly job: QueuedJob; readonly place: string } | null {
    while (behind.size > 0) {
      const job = queue.next(name => isNext(places, behind, kindOf(name)));
      if (job === null) return null;
      const room = behind.get(job.kind);
      const line = shortest(room?.lines ?? []);
      if (room === undefined || line === null || !mayShare(job)) {
        close(behind, kindOf(job.kind).worker);
        continue;
      }
      line.count += 1;
      room.depth -= 1;
      if (room.depth === 0) behind.delete(job.kind);
      return { job, place: line.place };
    }
    return null;
  }

  /** The place of a job that begins at once, when others may come behind it: one that has just become free, or a new one. */
  function placeOf(places: Places, behind: Behind, job: QueuedJob, newPlace: string): string | null {
    if (!mayShare(job) || !mayWaitInLine(kindOf(job.kind))) return null;
    const free = behind.get(job.kind)?.lines.find(line => line.count === 0);
    if (free === undefined) return (places.lines.get(job.kind) ?? []).length < deps.limits.tasksAhead ? newPlace : null;
    free.count = 1;
    return free.place;
  }

  return { roomBehind, isNext, close, nextBehind, placeOf };
}

/** Not one that is to be alone, nor one behind a gate. */
function mayShare(job: QueuedJob): boolean {
  return job.workerDeaths === 0 && job.provider === null;
}

/** The line in use with the fewest; null when none is. */
function shortest(lines: readonly Line[]): Line | null {
  let found: Line | null = null;
  for (const line of lines) if (line.count > 0 && (found === null || line.count < found.count)) found = line;
  return found;
}
