import type { JobKindName, WorkerName } from '../../shared/domain/job.ts';
import type { Ahead } from './ahead.ts';
import { mayWaitInLine } from './ahead.ts';
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
import type { ClaimedJob, JobStore, Lease, QueuedJob, QueueReading } from './job-store.ts';
import type { EngineLimits } from './limits.ts';
import { effectOf, parseStep } from './recorded-steps.ts';
import { openEffects } from './step-journal.ts';
import { readUndo } from './undo.ts';
import type { TaskRunner } from './task-runner.ts';

export interface DispatcherDeps {
  readonly store: JobStore;
  readonly runner: Pick<TaskRunner, 'capacity' | 'takesBehind'>;
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly ids: EngineIds;
  readonly log: EngineLog;
  readonly limits: Pick<EngineLimits, 'msPerPriorityPoint' | 'operationsPerCommit' | 'tasksAhead'>;
  readonly ahead: Pick<Ahead, 'depth'>;
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
 *
 * Where all places of a short kind are taken, a few more jobs are claimed behind those that run (`ahead.ts`): the first in the
 * queue and none else, so that what waits for a place of the same worker gets the next one that is free.
 */
export function createDispatcher(deps: DispatcherDeps) {
  const { store, kinds, gates } = deps;
  /** Gates that jobs are held for; null until the database was asked. */
  let held: Set<string> | null = null;
  /** Places that the last claim left open with each worker: nothing in the queue wanted them. Empty when it did not come to its end. */
  const leftOpen = new Map<WorkerName, number>();

  /** Places by kind and by worker before anything is claimed in this turn, and the workers that have something to do. */
  function openPlaces(turn: Turn, nowMs: number): Places {
    const places: Places = { kinds: new Map(), workers: new Map(), busy: new Set(), gates: new Map(), passed: new Map(), lines: new Map() };
    for (const kind of kinds.values()) {
      places.kinds.set(kind.name, deps.isKindPaused(kind.name) ? 0 : kind.concurrency);
      places.workers.set(kind.worker, deps.runner.capacity(kind.worker));
    }
    const closed = new Set<WorkerName>();
    for (const attempt of deps.attempts.values()) {
      const { worker, name } = attempt.kind;
      // Nothing that shares a place is behind a gate or a suspect.
      if (attempt.place !== null) {
        joinLine(places, attempt, attempt.place, turn);
        continue;
      }
      if (attempt.reserves()) take(places.workers, worker);
      if (turn.leaving.has(attempt.lease.leaseToken)) continue;
      take(places.kinds, name);
      for (const gate of attempt.gates) places.gates.set(gate, (places.gates.get(gate) ?? 0) + 1);
      places.busy.add(worker);
      if (attempt.suspect) closed.add(worker);
    }
    for (const lines of places.lines.values())
      for (const { kind, count, reserves, isWithRunner } of lines) {
        if (reserves && !isWithRunner) take(places.workers, kind.worker);
        if (count === 0) continue;
        take(places.kinds, kind.name);
        places.busy.add(kind.worker);
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
    for (const { lease, place, isAhead } of chosen) {
      const id = lease.jobId;
      const job = claimed.get(id);
      if (job === undefined) throw new Error(`Job ${id} was queued and could not be claimed.`);
      const claim = read(turn, job, lease, nowMs, place, isAhead);
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
    const behind = roomBehind(places);
    const chosen: Chosen[] = [];
    if (open.length === 0 && behind.size === 0) return chosen;
    const waiting = [...kinds.values()].filter(kind => !open.includes(kind) && isNextOf(places, behind, kind));
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
    let holds = 0;
    for (;;) {
      const job = queue.next(name => isOpen(kindOf(name)));
      if (job === null) {
        if (behind.size > 0) chooseBehind(queue, places, behind, chosen);
        return chosen;
      }
      const kind = kindOf(job.kind);
      const way = gates.onTheWay({ kind, sessionId: job.sessionId, provider: job.provider });
      // A suspect that could not start anyway does not keep its worker from the others.
      const closed = way.find(gate => roomBehindGate(gate, places, nowMs) <= 0);
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
        const leaseToken = deps.ids.leaseToken();
        chosen.push({ lease: { jobId: job.id, leaseToken }, place: placeOf(places, behind, kind, job, leaseToken), isAhead: false });
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

  /** What an attempt of a place takes, which it shares with those before and behind it. */
  function joinLine(places: Places, attempt: Attempt, place: string, turn: Turn): void {
    const { kind } = attempt;
    let lines = places.lines.get(kind.name);
    if (lines === undefined) places.lines.set(kind.name, (lines = []));
    let line = lines.find(each => each.place === place);
    if (line === undefined) lines.push((line = { place, kind, count: 0, reserves: false, isWithRunner: false, hasBegun: false }));
    if (attempt.reserves()) line.reserves = true;
    if (attempt.isWithRunner()) line.isWithRunner = true;
    if (attempt.hasBegun()) line.hasBegun = true;
    if (!turn.leaving.has(attempt.lease.leaseToken)) line.count += 1;
  }

  /** Short kinds with the lines that take more, and how many more all lines of the kind together. */
  function roomBehind(places: Places): Map<JobKindName, Behind> {
    const behind = new Map<JobKindName, Behind>();
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
  function isNextOf(places: Places, behind: ReadonlyMap<JobKindName, Behind>, kind: JobKind): boolean {
    if (behind.has(kind.name)) return true;
    return hasPlace(places, kind) && [...behind.keys()].some(name => kindOf(name).worker === kind.worker);
  }

  function chooseBehind(queue: QueueReading, places: Places, behind: Map<JobKindName, Behind>, chosen: Chosen[]): void {
    while (behind.size > 0 && chosen.length < deps.limits.operationsPerCommit) {
      const job = queue.next(name => isNextOf(places, behind, kindOf(name)));
      if (job === null) return;
      const room = behind.get(job.kind);
      const line = shortest(room?.lines ?? []);
      // What waits for a place of its own, alone or behind a gate is not passed.
      if (room === undefined || line === null || job.workerDeaths > 0 || job.provider !== null) {
        const { worker } = kindOf(job.kind);
        for (const name of behind.keys()) if (kindOf(name).worker === worker) behind.delete(name);
        continue;
      }
      chosen.push({ lease: { jobId: job.id, leaseToken: deps.ids.leaseToken() }, place: line.place, isAhead: true });
      line.count += 1;
      room.depth -= 1;
      if (room.depth === 0) behind.delete(job.kind);
    }
  }

  /** The place of a job that begins at once, when others may come behind it: one that has just become free, or a new one. */
  function placeOf(
    places: Places,
    behind: ReadonlyMap<JobKindName, Behind>,
    kind: JobKind,
    job: QueuedJob,
    leaseToken: string,
  ): string | null {
    if (job.workerDeaths > 0 || job.provider !== null || !mayWaitInLine(kind)) return null;
    const lines = places.lines.get(kind.name) ?? [];
    const free = behind.get(kind.name)?.lines.find(line => line.count === 0);
    if (free !== undefined) {
      free.count = 1;
      return free.place;
    }
    return lines.length < deps.limits.tasksAhead ? leaseToken : null;
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

  /** Null when the claimed job cannot be run at all: it has then failed, with the reason, and is never deleted. */
  function read(turn: Turn, claimed: ClaimedJob, lease: Lease, nowMs: number, place: string | null, isAhead: boolean): Claim | null {
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
      place,
      isAhead,
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

function hasPlace(places: Places, kind: JobKind): boolean {
  return (places.kinds.get(kind.name) ?? 0) > 0;
}

/** The line in use with the fewest; null when none is. */
function shortest(lines: readonly Line[]): Line | null {
  let found: Line | null = null;
  for (const line of lines) if (line.count > 0 && (found === null || line.count < found.count)) found = line;
  return found;
}

interface Chosen {
  readonly lease: Lease;
  readonly place: string | null;
  /** Behind others of its place. */
  readonly isAhead: boolean;
}

/** The attempts of one place, as a turn finds them. They take one place of their kind and one of their worker. */
interface Line {
  readonly place: string;
  readonly kind: JobKind;
  /** Attempts that do not end in this turn. */
  count: number;
  /** One of them is not with its runner yet. */
  reserves: boolean;
  /** One of them is, so that the runner counts the place. */
  isWithRunner: boolean;
  hasBegun: boolean;
}

/** Room for what is handed out ahead of its place. */
interface Behind {
  depth: number;
  readonly lines: readonly Line[];
}

interface Places {
  readonly lines: Map<JobKindName, Line[]>;
  readonly kinds: Map<JobKindName, number>;
  readonly workers: Map<WorkerName, number>;
  readonly busy: Set<WorkerName>;
  /** Jobs behind each gate. */
  readonly gates: Map<string, number>;
  /** Those of them that were claimed in this turn: what a turn claims counts once it is committed. */
  readonly passed: Map<string, number>;
}
