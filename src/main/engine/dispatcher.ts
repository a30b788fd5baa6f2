import type { JobId } from '../../shared/domain/ids.ts';
import type { JobKindName, WorkerName } from '../../shared/domain/job.ts';
import type { Attempt, Claim } from './attempt.ts';
import type { Clock } from './clock.ts';
import type { EngineEvent } from './engine-api.ts';
import type { EngineIds } from './engine-ids.ts';
import type { EngineLog } from './engine-log.ts';
import type { Family } from './family.ts';
import type { Gates } from './gates.ts';
import { kindGate } from './gates.ts';
import type { Turn } from './group-commit.ts';
import type { JobKind } from './job-kind.ts';
import { parsePayload } from './job-hooks.ts';
import type { ClaimedJob, JobStore } from './job-store.ts';
import type { EngineLimits } from './limits.ts';
import { effectOf, parseStep } from './recorded-steps.ts';
import { openEffects } from './step-journal.ts';
import { readUndo } from './undo.ts';
import type { TaskRunner } from './task-runner.ts';

export interface DispatcherDeps {
  readonly store: JobStore;
  readonly runner: Pick<TaskRunner, 'capacity'>;
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly clock: Clock;
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
  const { store, kinds, clock, gates } = deps;
  /** Gates that jobs are held for; null until the database was asked. */
  let held: Set<string> | null = null;

  /** Places by kind and by worker before anything is claimed in this turn, and the workers that have something to do. */
  function openPlaces(turn: Turn): Places {
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
        places.kinds.set(kind.name, Math.min(places.kinds.get(kind.name) ?? 0, gates.room(kindGate(kind.name), 0, 0)));
    return places;
  }

  function claimAll(turn: Turn): void {
    const places = openPlaces(turn);
    const nowMs = clock.nowMs();
    releaseHeld(turn, places, nowMs);
    let holds = 0;
    for (;;) {
      const open = [...kinds.values()]
        .filter(kind => (places.kinds.get(kind.name) ?? 0) > 0 && (places.workers.get(kind.worker) ?? 0) > 0)
        .map(kind => kind.name);
      if (open.length === 0) return;
      const leaseToken = deps.ids.leaseToken();
      const claimed = claimUnlessItMustWait(open, leaseToken, nowMs, places);
      if (claimed === null) return;
      if ('waitsFor' in claimed) {
        places.workers.set(claimed.waitsFor, 0);
        continue;
      }
      if ('closed' in claimed) {
        store.hold(claimed.id, claimed.closed, nowMs);
        turn.afterCommit(() => {
          held?.add(claimed.closed);
        });
        holds += 1;
        if (holds < deps.limits.operationsPerCommit) continue;
        turn.afterCommit(deps.wake);
        return;
      }
      const claim = read(turn, claimed, leaseToken, nowMs);
      if (claim === null) continue;
      take(places.kinds, claim.kind.name);
      take(places.workers, claim.kind.worker);
      places.busy.add(claim.kind.worker);
      for (const gate of claim.gates) {
        places.gates.set(gate, (places.gates.get(gate) ?? 0) + 1);
        places.passed.set(gate, (places.passed.get(gate) ?? 0) + 1);
      }
      if (claim.suspect) places.workers.set(claim.kind.worker, 0);
      turn.afterCommit(() => {
        gates.pass(claim.gates);
        deps.begin(claim);
        deps.emit({ type: 'started', jobId: claimed.id });
      });
    }
  }

  /** As many as there is room for behind each gate; what then finds no place waits in the queue like the others. */
  function releaseHeld(turn: Turn, places: Places, nowMs: number): void {
    held ??= new Set(store.heldGates());
    for (const gate of held) {
      const room = Math.min(roomBehind(gate, places), deps.limits.operationsPerCommit);
      if (room > 0 && store.release(gate, room, nowMs, deps.limits.msPerPriorityPoint) < room)
        turn.afterCommit(() => {
          held?.delete(gate);
        });
    }
  }

  /** A suspect that is first in line for a busy worker is put back as if it had not been claimed. */
  function claimUnlessItMustWait(
    open: readonly JobKindName[],
    leaseToken: string,
    nowMs: number,
    places: Places,
  ): ClaimedJob | { readonly waitsFor: WorkerName } | { readonly closed: string; readonly id: JobId } | null {
    try {
      return store.transaction(() => {
        const claimed = store.claim(open, leaseToken, nowMs, deps.limits.msPerPriorityPoint);
        // A suspect that could not start anyway does not keep its worker from the others.
        const closed = wayOf(claimed).find(gate => roomBehind(gate, places) <= 0);
        if (claimed !== null && closed !== undefined) throw new MustBeHeld(claimed.id, closed);
        const worker = claimed === null ? undefined : kinds.get(claimed.kind)?.worker;
        if (claimed !== null && claimed.workerDeaths > 0 && worker !== undefined && places.busy.has(worker)) throw new MustWait(worker);
        return claimed;
      });
    } catch (error) {
      if (error instanceof MustWait) return { waitsFor: error.worker };
      if (error instanceof MustBeHeld) return { closed: error.gate, id: error.id };
      throw error;
    }
  }

  function roomBehind(gate: string, places: Places): number {
    return gates.room(gate, places.gates.get(gate) ?? 0, places.passed.get(gate) ?? 0);
  }

  function wayOf(claimed: ClaimedJob | null): readonly string[] {
    const kind = claimed === null ? undefined : kinds.get(claimed.kind);
    return claimed === null || kind === undefined ? [] : gates.onTheWay({ kind, sessionId: claimed.sessionId, provider: claimed.provider });
  }

  /** Null when the claimed job cannot be run at all: it has then failed, with the reason, and is never deleted. */
  function read(turn: Turn, claimed: ClaimedJob, leaseToken: string, nowMs: number): Claim | null {
    const kind = kinds.get(claimed.kind);
    if (kind === undefined) throw new Error(`Kind ${claimed.kind} was claimed and is not declared.`);
    const lease = { jobId: claimed.id, leaseToken };
    const payload = parsePayload(kind, claimed.payload);
    if (!payload.ok) {
      // Its hooks are not called: they are promised a payload that fits.
      deps.log('error', payload.message, { jobId: claimed.id, kind: claimed.kind });
      store.fail(lease, { code: 'bad_payload', message: payload.message.slice(0, 2_000) }, nowMs);
      turn.afterCommit(() => {
        deps.emit({ type: 'ended', jobId: claimed.id, state: 'failed' });
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
      job: { id, sessionId, payload: payload.value, attempt, leaseToken, traceId, parentId },
      inFlight: hasEffects ? openEffects(store.journal(id)).map(step => step.name) : [],
      timesSuperseded: hasEffects ? store.timesSuperseded(id) : 0,
      undo: claimed.undoes ? readUndo(store, kind, id) : null,
      recorded: claimed.stepsDone === 0 ? [] : usableSteps(kind, claimed, leaseToken),
      suspect: claimed.workerDeaths > 0,
      provider: claimed.provider,
      gates: wayOf(claimed),
    };
  }

  /**
   * A recorded output that this build can no longer read is forgotten, and the step runs again. An effect's is kept, so
   * that its worker fails on it: what happened outside is not repeated because a schema changed.
   */
  function usableSteps(kind: JobKind, claimed: ClaimedJob, leaseToken: string): Claim['recorded'] {
    const steps = store.recordedSteps(claimed.id);
    const stale = steps.filter(step => effectOf(kind, step.name) === 'none' && !parseStep(kind, step).ok);
    if (stale.length === 0) return steps;
    deps.log('warn', 'Recorded steps no longer fit their schema and will run again.', { jobId: claimed.id, steps: stale.length });
    store.forgetSteps(
      { jobId: claimed.id, leaseToken },
      stale.map(step => step.name),
    );
    return steps.filter(step => !stale.includes(step));
  }

  return { claimAll };
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

/** Undoes a claim from inside; never leaves this file. */
class MustWait extends Error {
  override readonly name = 'MustWait';
  readonly worker: WorkerName;
  constructor(worker: WorkerName) {
    super(`The job waits until worker ${worker} has nothing else.`);
    this.worker = worker;
  }
}

/** Likewise, for a job whose way is closed. */
class MustBeHeld extends Error {
  override readonly name = 'MustBeHeld';
  readonly id: JobId;
  readonly gate: string;
  constructor(id: JobId, gate: string) {
    super(`Job ${id} is held for ${gate}.`);
    this.id = id;
    this.gate = gate;
  }
}
