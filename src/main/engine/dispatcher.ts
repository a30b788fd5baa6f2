import type { JobId } from '../../shared/domain/ids.ts';
import type { JobKindName, WorkerName } from '../../shared/domain/job.ts';
import type { Attempt, Claim } from './attempt.ts';
import type { EngineEvent } from './engine-api.ts';
import type { EngineIds } from './engine-ids.ts';
import type { EngineLog } from './engine-log.ts';
import type { Family } from './family.ts';
import type { Gates } from './gates.ts';
import { kindGate } from './gates.ts';
import type { Turn } from './group-commit.ts';
import type { JobKind } from './job-kind.ts';
import { parsePayload } from './job-hooks.ts';
import type { ClaimedJob, JobStore, Lease, QueuedJob } from './job-store.ts';
import type { EngineLimits } from './limits.ts';
import { effectOf, parseStep } from './recorded-steps.ts';
import { openEffects } from './step-journal.ts';
import { readUndo } from './undo.ts';
import type { TaskRunner } from './task-runner.ts';

export interface DispatcherDeps {
  readonly store: JobStore;
  readonly runner: Pick<TaskRunner, 'capacity'>;
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly ids: EngineIds;
  readonly log: EngineLog;
  readonly limits: Pick<EngineLimits, 'msPerPriorityPoint' | 'operationsPerCommit'>;
  readonly family: Family;
  readonly gates: Gates;
  readonly isKindPaused: (kind: JobKindName) => boolean;
  /** Attempts that hold a place, by lease token. */
  readonly attempts: ReadonlyMap<string, Attempt>;
  readonly emit: (event: EngineEvent) => void;
  /** Asks for another turn. */
  readonly wake: () => void;
  /** Called after the commit. */
  readonly begin: (claim: Claim) => void;
}

/**
 * Claims as many jobs as there is room for, in the transaction of the turn it is called in: the places of attempts that
 * end in the same transaction are taken at once. Room is the smaller of what a kind allows and what its worker takes.
 *
 * A job whose worker died under it is a suspect: it waits at the head of its queue until its worker has nothing else,
 * and runs there alone. So jobs that only shared a process with a poison job are cleared, and the poison job is found.
 */
export function createDispatcher(deps: DispatcherDeps) {
  const { store, kinds, gates } = deps;
  /** Gates that jobs are held for; null until the database was asked. */
  let held: Set<string> | null = null;
  /** Places that the last claim left open with each worker: nothing in the queue wanted them. Empty when it did not come to its end. */
  const leftOpen = new Map<WorkerName, number>();

  /** Places by kind and by worker before anything is claimed in this turn, and the workers that have something to do. */
  function openPlaces(turn: Turn, nowMs: number): Places {
    const places: Places = { kinds: new Map(), workers: new Map(), busy: new Set(), gates: new Map(), passed: new Map() };
    for (const kind of kinds.values()) {
      places.kinds.set(kind.name, deps.isKindPaused(kind.name) ? 0 : kind.concurrency);
      places.workers.set(kind.worker, deps.runner.capacity(kind.worker));
    }
    const closed = new Set<WorkerName>();
    for (const attempt of deps.attempts.values()) {
      const { worker, name } = attempt.kind;
      if (attempt.reserves()) take(places.workers, worker);
      if (turn.leaving.has(attempt.lease.leaseToken)) continue;
      take(places.kinds, name);
      for (const gate of attempt.gates) places.gates.set(gate, (places.gates.get(gate) ?? 0) + 1);
      places.busy.add(worker);
      if (attempt.suspect) closed.add(worker);
    }
    for (const worker of closed) places.workers.set(worker, 0);
    // Held for a rate of the whole kind would be its whole queue: it is not asked instead.
    for (const kind of kinds.values())
      if (kind.rate !== undefined)
        places.kinds.set(kind.name, Math.min(places.kinds.get(kind.name) ?? 0, gates.room(kindGate(kind.name), 0, 0, nowMs)));
    return places;
  }

  /** `nowMs` is what its turn takes for now from its first line to its last, so that a gate is either open in it or reckoned as closed. */
  function claimAll(turn: Turn, nowMs: number): void {
    leftOpen.clear();
    const places = openPlaces(turn, nowMs);
    releaseHeld(turn, places, nowMs);
    const leases = new Map(choose(turn, places, nowMs).map(({ id }) => [id, { jobId: id, leaseToken: deps.ids.leaseToken() }]));
    if (leases.size > 0) start(turn, leases, nowMs);
    for (const [worker, count] of places.workers) leftOpen.set(worker, count);
  }

  /** Whether a worker takes more than the last claim knew of; a task that was only given to it is no reason to look again. */
  function hasMoreRoom(): boolean {
    for (const { worker } of kinds.values()) if (deps.runner.capacity(worker) > (leftOpen.get(worker) ?? -1)) return true;
    return false;
  }

  function start(turn: Turn, leases: ReadonlyMap<JobId, Lease>, nowMs: number): void {
    const claimed = new Map(store.claim([...leases.values()], nowMs).map(job => [job.id, job]));
    // In the order they were chosen: a statement returns rows in any.
    for (const [id, lease] of leases) {
      const job = claimed.get(id);
      if (job === undefined) throw new Error(`Job ${id} was queued and could not be claimed.`);
      const claim = read(turn, job, lease, nowMs);
      if (claim === null) continue;
      turn.afterCommit(() => {
        gates.pass(claim.gates);
        deps.begin(claim);
        deps.emit({ type: 'started', jobId: id });
      });
    }
  }

  /** The jobs that start now, with their places taken. One that finds a gate closed is held for it. */
  function choose(turn: Turn, places: Places, nowMs: number): readonly QueuedJob[] {
    const isOpen = (kind: JobKind): boolean => (places.kinds.get(kind.name) ?? 0) > 0 && (places.workers.get(kind.worker) ?? 0) > 0;
    const open = [...kinds.values()].filter(isOpen);
    const chosen: QueuedJob[] = [];
    if (open.length === 0) return chosen;
    const wanted = Math.min(
      deps.limits.operationsPerCommit,
      open.reduce((sum, kind) => sum + Math.min(places.kinds.get(kind.name) ?? 0, places.workers.get(kind.worker) ?? 0), 0),
    );
    const queue = store.queued(
      open.map(kind => kind.name),
      wanted,
      nowMs,
      deps.limits.msPerPriorityPoint,
    );
    let holds = 0;
    for (;;) {
      const job = queue.next(name => isOpen(kindOf(name)));
      if (job === null) return chosen;
      const kind = kindOf(job.kind);
      const way = gates.onTheWay({ kind, sessionId: job.sessionId, provider: job.provider });
      // A suspect that could not start anyway does not keep its worker from the others.
      const closed = way.find(gate => roomBehind(gate, places, nowMs) <= 0);
      if (closed !== undefined) {
        store.hold(job.id, closed, nowMs);
        turn.afterCommit(() => {
          held?.add(closed);
        });
        holds += 1;
      } else if (job.workerDeaths > 0 && places.busy.has(kind.worker)) {
        // A suspect that is first in line for a busy worker waits, and everything behind it.
        places.workers.set(kind.worker, 0);
      } else {
        chosen.push(job);
        take(places.kinds, kind.name);
        take(places.workers, kind.worker);
        places.busy.add(kind.worker);
        for (const gate of way) {
          places.gates.set(gate, (places.gates.get(gate) ?? 0) + 1);
          places.passed.set(gate, (places.passed.get(gate) ?? 0) + 1);
        }
        if (job.workerDeaths > 0) places.workers.set(kind.worker, 0);
      }
      if (chosen.length + holds < deps.limits.operationsPerCommit) continue;
      turn.afterCommit(deps.wake);
      return chosen;
    }
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
      const room = Math.min(roomBehind(gate, places, nowMs), deps.limits.operationsPerCommit);
      if (room > 0 && store.release(gate, room, nowMs, deps.limits.msPerPriorityPoint) < room)
        turn.afterCommit(() => {
          held?.delete(gate);
        });
    }
  }

  function roomBehind(gate: string, places: Places, nowMs: number): number {
    return gates.room(gate, places.gates.get(gate) ?? 0, places.passed.get(gate) ?? 0, nowMs);
  }

  /** Null when the claimed job cannot be run at all: it has then failed, with the reason, and is never deleted. */
  function read(turn: Turn, claimed: ClaimedJob, lease: Lease, nowMs: number): Claim | null {
    const kind = kindOf(claimed.kind);
    const payload = parsePayload(kind, claimed.payload);
    if (!payload.ok) {
      // Its hooks are not called: they are promised a payload that fits.
      deps.log('error', payload.message, { jobId: claimed.id, kind: claimed.kind });
      store.fail(lease, { code: 'bad_payload', message: payload.message.slice(0, 2_000) }, nowMs);
      turn.afterCommit(() => {
        deps.emit({ type: 'ended', jobId: claimed.id, state: 'failed' });
        // The place it was chosen for is free.
        deps.wake();
      });
      deps.family.ended(
        effect => {
          turn.afterCommit(effect);
        },
        claimed,
        'failed',
      );
      return null;
    }
    const { id, sessionId, attempt, traceId, parentId } = claimed;
    // Only a kind that has effects pays for looking.
    const hasEffects = kind.effects !== undefined;
    return {
      kind,
      job: { id, sessionId, payload: payload.value, attempt, leaseToken: lease.leaseToken, traceId, parentId },
      inFlight: hasEffects ? openEffects(store.journal(id)).map(step => step.name) : [],
      timesSuperseded: hasEffects ? store.timesSuperseded(id) : 0,
      undo: claimed.undoes ? readUndo(store, kind, id) : null,
      recorded: claimed.stepsDone === 0 ? [] : usableSteps(kind, claimed, lease),
      suspect: claimed.workerDeaths > 0,
      provider: claimed.provider,
      gates: gates.onTheWay({ kind, sessionId, provider: claimed.provider }),
    };
  }

  /**
   * A recorded output that this build can no longer read is forgotten, and the step runs again. An effect's is kept, and
   * so is that of a step that can be undone, so that its worker fails on it: what happened outside is not repeated because
   * a schema changed.
   */
  function usableSteps(kind: JobKind, claimed: ClaimedJob, lease: Lease): Claim['recorded'] {
    const steps = store.recordedSteps(claimed.id);
    const unreadable = steps.filter(step => effectOf(kind, step.name) === 'none' && !parseStep(kind, step).ok);
    if (unreadable.length === 0) return steps;
    const undoable = new Set(store.journal(claimed.id).flatMap(({ name, compensation }) => (compensation === null ? [] : [name])));
    const stale = unreadable.filter(step => !undoable.has(step.name));
    if (stale.length === 0) return steps;
    deps.log('warn', 'Recorded steps no longer fit their schema and will run again.', { jobId: claimed.id, steps: stale.length });
    store.forgetSteps(
      lease,
      stale.map(step => step.name),
    );
    return steps.filter(step => !stale.includes(step));
  }

  return { claimAll, hasMoreRoom };
}

function take<K>(places: Map<K, number>, key: K): void {
  places.set(key, (places.get(key) ?? 0) - 1);
}

interface Places {
  readonly kinds: Map<JobKindName, number>;
  readonly workers: Map<WorkerName, number>;
  readonly busy: Set<WorkerName>;
  /** Jobs behind each gate. */
  readonly gates: Map<string, number>;
  /** Those of them that were claimed in this turn: what a turn claims counts once it is committed. */
  readonly passed: Map<string, number>;
}
