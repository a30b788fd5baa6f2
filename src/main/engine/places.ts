import type { JobKindName, WorkerName } from '../../shared/domain/job.ts';
import type { Attempt } from './attempt.ts';
import type { Gates } from './gates.ts';
import { kindGate } from './gates.ts';
import type { Turn } from './group-commit.ts';
import type { JobKind } from './job-kind.ts';
import type { TaskRunner } from './task-runner.ts';

/** The attempts of one place, as a turn finds them. They take one place of their kind and one of their worker. */
export interface Line {
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

/** What is free as a turn finds it, less what it has taken since. */
export interface Places {
  readonly kinds: Map<JobKindName, number>;
  readonly workers: Map<WorkerName, number>;
  /** Workers that have something to do. */
  readonly busy: Set<WorkerName>;
  /** Jobs behind each gate. */
  readonly gates: Map<string, number>;
  /** Those of them that were claimed in this turn: what a turn claims counts once it is committed. */
  readonly passed: Map<string, number>;
  readonly lines: Map<JobKindName, Line[]>;
}

export interface PlacesDeps {
  readonly runner: Pick<TaskRunner, 'capacity'>;
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly gates: Gates;
  readonly isKindPaused: (kind: JobKindName) => boolean;
  /** Attempts that hold a place, by lease token. */
  readonly attempts: ReadonlyMap<string, Attempt>;
}

/** Places by kind and by worker before anything is claimed in this turn. What ends in it has left its place. */
export function openPlaces(deps: PlacesDeps, turn: Turn, nowMs: number): Places {
  const { kinds } = deps;
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
      joinLine(places.lines, attempt, attempt.place, turn);
      continue;
    }
    if (attempt.reserves()) take(places.workers, worker);
    if (turn.leaving.has(attempt.lease.leaseToken)) continue;
    take(places.kinds, name);
    for (const gate of attempt.gates) places.gates.set(gate, (places.gates.get(gate) ?? 0) + 1);
    places.busy.add(worker);
    if (attempt.suspect) closed.add(worker);
  }
  for (const { kind, count, reserves, isWithRunner } of [...places.lines.values()].flat()) {
    if (reserves && !isWithRunner) take(places.workers, kind.worker);
    if (count === 0) continue;
    take(places.kinds, kind.name);
    places.busy.add(kind.worker);
  }
  for (const worker of closed) places.workers.set(worker, 0);
  // Held for a rate of the whole kind would be its whole queue: it is not asked instead.
  for (const kind of kinds.values())
    if (kind.rate !== undefined)
      places.kinds.set(kind.name, Math.min(places.kinds.get(kind.name) ?? 0, deps.gates.room(kindGate(kind.name), 0, 0, nowMs)));
  return places;
}

/** What an attempt of a place takes, which it shares with those before and behind it. */
function joinLine(lines: Places['lines'], attempt: Attempt, place: string, turn: Turn): void {
  const { kind } = attempt;
  let ofKind = lines.get(kind.name);
  if (ofKind === undefined) lines.set(kind.name, (ofKind = []));
  let line = ofKind.find(each => each.place === place);
  if (line === undefined) ofKind.push((line = { place, kind, count: 0, reserves: false, isWithRunner: false, hasBegun: false }));
  if (attempt.reserves()) line.reserves = true;
  if (attempt.isWithRunner()) line.isWithRunner = true;
  if (attempt.hasBegun()) line.hasBegun = true;
  if (!turn.leaving.has(attempt.lease.leaseToken)) line.count += 1;
}

export function take<K>(places: Map<K, number>, key: K): void {
  places.set(key, (places.get(key) ?? 0) - 1);
}

export function hasPlace(places: Pick<Places, 'kinds'>, kind: JobKind): boolean {
  return (places.kinds.get(kind.name) ?? 0) > 0;
}
