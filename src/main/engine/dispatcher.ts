import type { JobKindName, WorkerName } from '../../shared/domain/job.ts';
import type { Attempt, Claim } from './attempt.ts';
import type { Clock } from './clock.ts';
import type { EngineEvent } from './engine-api.ts';
import type { EngineIds } from './engine-ids.ts';
import type { EngineLog } from './engine-log.ts';
import type { Turn } from './group-commit.ts';
import type { JobKind } from './job-kind.ts';
import { parsePayload } from './job-hooks.ts';
import type { ClaimedJob, JobStore } from './job-store.ts';
import { parseStep } from './recorded-steps.ts';
import type { TaskRunner } from './task-runner.ts';

export interface DispatcherDeps {
  readonly store: JobStore;
  readonly runner: Pick<TaskRunner, 'capacity'>;
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly clock: Clock;
  readonly ids: EngineIds;
  readonly log: EngineLog;
  /** Attempts that hold a place, by lease token. */
  readonly attempts: ReadonlyMap<string, Attempt>;
  readonly emit: (event: EngineEvent) => void;
  /** Called after the commit. */
  readonly begin: (claim: Claim) => void;
}

/**
 * Claims as many jobs as there is room for, in the transaction of the turn it is called in: the places of attempts that
 * end in the same transaction are taken at once. Room is the smaller of what a kind allows and what its worker takes.
 */
export function createDispatcher(deps: DispatcherDeps) {
  const { store, kinds, clock } = deps;

  /** Places by kind and by worker before anything is claimed in this turn. */
  function openPlaces(turn: Turn): { kinds: Map<JobKindName, number>; workers: Map<WorkerName, number> } {
    const places = { kinds: new Map<JobKindName, number>(), workers: new Map<WorkerName, number>() };
    for (const kind of kinds.values()) {
      places.kinds.set(kind.name, kind.concurrency);
      places.workers.set(kind.worker, deps.runner.capacity(kind.worker));
    }
    for (const attempt of deps.attempts.values()) {
      if (!turn.leaving.has(attempt.lease.leaseToken)) take(places.kinds, attempt.kind.name);
      if (attempt.reserves()) take(places.workers, attempt.kind.worker);
    }
    return places;
  }

  function claimAll(turn: Turn): void {
    const places = openPlaces(turn);
    const nowMs = clock.nowMs();
    for (;;) {
      const open = [...kinds.values()].filter(kind => (places.kinds.get(kind.name) ?? 0) > 0 && (places.workers.get(kind.worker) ?? 0) > 0).map(kind => kind.name);
      if (open.length === 0) return;
      const leaseToken = deps.ids.leaseToken();
      const claimed = store.claim(open, leaseToken, nowMs);
      if (claimed === null) return;
      const claim = read(turn, claimed, leaseToken, nowMs);
      if (claim === null) continue;
      take(places.kinds, claim.kind.name);
      take(places.workers, claim.kind.worker);
      turn.afterCommit(() => {
        deps.begin(claim);
        deps.emit({ type: 'started', jobId: claimed.id });
      });
    }
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
      turn.afterCommit(() => { deps.emit({ type: 'ended', jobId: claimed.id, state: 'failed' }); });
      return null;
    }
    const { id, sessionId, attempt, traceId } = claimed;
    return { kind, job: { id, sessionId, payload: payload.value, attempt, leaseToken, traceId }, recorded: claimed.stepsDone === 0 ? [] : usableSteps(kind, claimed, leaseToken) };
  }

  /** A recorded output that this build can no longer read is forgotten, and the step runs again. */
  function usableSteps(kind: JobKind, claimed: ClaimedJob, leaseToken: string): Claim['recorded'] {
    const steps = store.recordedSteps(claimed.id);
    const stale = steps.filter(step => !parseStep(kind, step).ok);
    if (stale.length === 0) return steps;
    deps.log('warn', 'Recorded steps no longer fit their schema and will run again.', { jobId: claimed.id, steps: stale.length });
    store.forgetSteps({ jobId: claimed.id, leaseToken }, stale.map(step => step.name));
    return steps.filter(step => !stale.includes(step));
  }

  return { claimAll };
}

function take<K>(places: Map<K, number>, key: K): void {
  places.set(key, (places.get(key) ?? 0) - 1);
}
