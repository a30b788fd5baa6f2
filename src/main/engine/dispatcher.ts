import type { JobKindName, WorkerName } from '../../shared/domain/job.ts';
import type { Ahead } from './ahead.ts';
import type { Claim } from './attempt.ts';
import type { EngineIds } from './engine-ids.ts';
import type { Turn } from './group-commit.ts';
import type { JobKind } from './job-kind.ts';
import type { Lease, QueuedJob } from './job-store.ts';
import type { EngineLimits } from './limits.ts';
import { createLines } from './lines.ts';
import type { Places, PlacesDeps } from './places.ts';
import { hasPlace, openPlaces, take } from './places.ts';
import type { ClaimReaderDeps } from './read-claim.ts';
import { createClaimReader } from './read-claim.ts';
import type { TaskRunner } from './task-runner.ts';

export interface DispatcherDeps extends ClaimReaderDeps, PlacesDeps {
  readonly runner: Pick<TaskRunner, 'capacity' | 'takesBehind'>;
  readonly ids: EngineIds;
  readonly limits: Pick<EngineLimits, 'msPerPriorityPoint' | 'operationsPerCommit' | 'tasksAhead'>;
  readonly ahead: Pick<Ahead, 'depth'>;
  /** Called after the commit. */
  readonly begin: (claim: Claim) => void;
}

interface Chosen {
  readonly lease: Lease;
  readonly place: string | null;
}

/**
 * Claims as many jobs as there is room for, in the transaction of the turn it is called in: the places of attempts that
 * end in the same transaction are taken at once. Room is the smaller of what a kind allows and what its worker takes (`places.ts`).
 * Where all places of a short kind are taken, a few more jobs are claimed behind those that run (`lines.ts`).
 *
 * A job whose worker died under it is a suspect: it waits at the head of its queue until its worker has nothing else,
 * and runs there alone. So jobs that only shared a process with a poison job are cleared, and the poison job is found.
 */
export function createDispatcher(deps: DispatcherDeps) {
  const { store, kinds, gates } = deps;
  const lines = createLines({ ...deps, kindOf });
  const read = createClaimReader(deps);
  /** Gates that jobs are held for; null until the database was asked. */
  let held: Set<string> | null = null;
  /** Places that the last claim left open with each worker: nothing in the queue wanted them. Empty when it did not come to its end. */
  const leftOpen = new Map<WorkerName, number>();

  /** `nowMs` is what its turn takes for now from its first line to its last, so that a gate is either open in it or reckoned as closed. */
  function claimAll(turn: Turn, nowMs: number): void {
    leftOpen.clear();
    const places = openPlaces(deps, turn, nowMs);
    releaseHeld(turn, places, nowMs);
    const chosen = choose(turn, places, nowMs);
    if (chosen.length > 0) start(turn, chosen, nowMs);
    for (const [worker, count] of places.workers) leftOpen.set(worker, count);
  }

  /** Whether a worker takes more than the last claim knew of; a task that was only given to it is no reason to look again. */
  function hasMoreRoom(): boolean {
    for (const { worker } of kinds.values()) if (deps.runner.capacity(worker) > (leftOpen.get(worker) ?? -1)) return true;
    return false;
  }

  function start(turn: Turn, chosen: readonly Chosen[], nowMs: number): void {
    const claimed = new Map(
      store
        .claim(
          chosen.map(({ lease }) => lease),
          nowMs,
        )
        .map(job => [job.id, job]),
    );
    // In the order they were chosen: a statement returns rows in any.
    for (const { lease, place } of chosen) {
      const id = lease.jobId;
      const job = claimed.get(id);
      if (job === undefined) throw new Error(`Job ${id} was queued and could not be claimed.`);
      const claim = read(turn, kindOf(job.kind), job, lease, place, nowMs);
      if (claim === null) continue;
      turn.afterCommit(() => {
        gates.pass(claim.gates);
        deps.begin(claim);
        deps.emit({ type: 'started', jobId: id });
      });
    }
  }

  /** The jobs that start now, with their places taken. One that finds a gate closed is held for it. */
  function choose(turn: Turn, places: Places, nowMs: number): readonly Chosen[] {
    const isOpen = (kind: JobKind): boolean => hasPlace(places, kind) && (places.workers.get(kind.worker) ?? 0) > 0;
    const open = [...kinds.values()].filter(isOpen);
    const behind = lines.roomBehind(places);
    const chosen: Chosen[] = [];
    if (open.length === 0 && behind.size === 0) return chosen;
    const waiting = [...kinds.values()].filter(kind => !open.includes(kind) && lines.isNext(places, behind, kind));
    const wanted = Math.min(
      deps.limits.operationsPerCommit,
      open.reduce((sum, kind) => sum + Math.min(places.kinds.get(kind.name) ?? 0, places.workers.get(kind.worker) ?? 0), 0) +
        [...behind.values()].reduce((sum, { depth }) => sum + depth, 0),
    );
    const queue = store.queued(
      [...open, ...waiting].map(kind => kind.name),
      wanted,
      nowMs,
      deps.limits.msPerPriorityPoint,
    );
    const leaseOf = (job: QueuedJob): Lease => ({ jobId: job.id, leaseToken: deps.ids.leaseToken() });
    let holds = 0;
    while (chosen.length + holds < deps.limits.operationsPerCommit) {
      const job = queue.next(name => isOpen(kindOf(name)));
      if (job === null) {
        const next = lines.nextBehind(queue, places, behind);
        if (next === null) return chosen;
        chosen.push({ lease: leaseOf(next.job), place: next.place });
        continue;
      }
      const kind = kindOf(job.kind);
      const isSuspect = job.workerDeaths > 0;
      const way = gates.onTheWay({ kind, sessionId: job.sessionId, provider: job.provider });
      // A suspect that could not start anyway does not keep its worker from the others.
      const closed = way.find(gate => roomBehindGate(gate, places, nowMs) <= 0);
      if (closed !== undefined) {
        store.hold(job.id, closed, nowMs);
        turn.afterCommit(() => {
          held?.add(closed);
        });
        holds += 1;
        continue;
      }
      if (!isSuspect || !places.busy.has(kind.worker)) {
        const lease = leaseOf(job);
        chosen.push({ lease, place: lines.placeOf(places, behind, job, lease.leaseToken) });
        take(places.kinds, kind.name);
        take(places.workers, kind.worker);
        places.busy.add(kind.worker);
        for (const gate of way) {
          places.gates.set(gate, (places.gates.get(gate) ?? 0) + 1);
          places.passed.set(gate, (places.passed.get(gate) ?? 0) + 1);
        }
      }
      // It runs alone, or waits for a busy worker as the first in line, and everything behind it.
      if (isSuspect) {
        places.workers.set(kind.worker, 0);
        lines.close(behind, kind.worker);
      }
    }
    turn.afterCommit(deps.wake);
    return chosen;
  }

  function kindOf(name: JobKindName): JobKind {
    const kind = kinds.get(name);
    if (kind === undefined) throw new Error(`Kind ${name} is in the queue and is not declared.`);
    return kind;
  }

  /** As many as there is room for behind each gate; what then finds no place waits in the queue like the others. */
  function releaseHeld(turn: Turn, places: Places, nowMs: number): void {
    const known = held ?? new Set(store.heldGates());
    // Rows of this transaction: they count once it stands.
    if (held === null)
      turn.afterCommit(() => {
        held = known;
      });
    for (const gate of known) {
      const room = Math.min(roomBehindGate(gate, places, nowMs), deps.limits.operationsPerCommit);
      if (room > 0 && store.release(gate, room, nowMs, deps.limits.msPerPriorityPoint) < room)
        turn.afterCommit(() => {
          held?.delete(gate);
        });
    }
  }

  function roomBehindGate(gate: string, places: Places, nowMs: number): number {
    return gates.room(gate, places.gates.get(gate) ?? 0, places.passed.get(gate) ?? 0, nowMs);
  }

  return { claimAll, hasMoreRoom };
}
