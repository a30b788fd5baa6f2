import type { EngineEvent } from './engine-api.ts';
import type { EngineLog } from './engine-log.ts';
import type { Clock } from './clock.ts';
import type { After, Family } from './family.ts';
import { endJob } from './ending.ts';
import { endWithHook, idleRef } from './job-hooks.ts';
import type { JobKind } from './job-kind.ts';
import type { JobRecord, JobStore } from './job-store.ts';
import type { EngineLimits } from './limits.ts';

/** Jobs of unknown kinds failed in one go; more than that is another program's database. */
const unknownKindsAtOnce = 1_000;

export interface RecoveryDeps {
  readonly store: JobStore;
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly clock: Clock;
  readonly limits: Pick<EngineLimits, 'losses'>;
  readonly log: EngineLog;
  readonly family: Family;
  readonly after: After;
  /** Leases of attempts of this very process: never touched. */
  readonly isOurs: (leaseToken: string) => boolean;
}

/**
 * Settles what an earlier process left running, in one transaction of the caller's. Returns what happened, for after
 * the commit, and how many jobs go on. A job whose cancellation was asked for is cancelled; the others go by their kind:
 * `resume` keeps the recorded steps, `retry` forgets them, but for effects and what can be undone, `abandon` fails. An
 * effect that was on its way keeps its row without an outcome: the next attempt looks into it or asks.
 */
export function recover(deps: RecoveryDeps): { readonly resumed: number; readonly events: readonly EngineEvent[] } {
  const { store, kinds } = deps;
  const nowMs = deps.clock.nowMs();
  const events: EngineEvent[] = [];
  let resumed = 0;

  function end(
    record: JobRecord,
    kind: JobKind,
    state: 'failed' | 'cancelled',
    error: { code: string; message: string } | null,
    write: () => boolean,
  ): void {
    const ending = endJob({ store, log: deps.log, nowMs }, kind, idleRef(store, kind, record), {
      id: record.id,
      leaseToken: record.leaseToken,
      state,
      error,
      write,
    });
    if (ending === 'ended') hasEnded(record, state);
    else if (ending !== 'not_held') {
      resumed += 1;
      deps.family.callOff(deps.after, record);
      events.push({ type: ending === 'asks' ? 'waiting' : 'undoing', jobId: record.id });
    }
  }

  function hasEnded(record: JobRecord, state: 'failed' | 'cancelled'): void {
    events.push({ type: 'ended', jobId: record.id, state });
    deps.family.ended(deps.after, record, state);
  }

  for (const record of store.running()) {
    if (record.leaseToken === null || deps.isOurs(record.leaseToken)) continue;
    const lease = { jobId: record.id, leaseToken: record.leaseToken };
    const kind = kinds.get(record.kind);
    if (kind === undefined) {
      if (store.fail(lease, unknownKind(record), nowMs)) hasEnded(record, 'failed');
    } else if (record.undoFor !== null) {
      // Whatever its kind says of the work itself: what was begun to be undone is undone.
      if (record.losses + 1 >= deps.limits.losses) {
        const error = {
          code: 'compensation_failed',
          message: `The program ended ${record.losses + 1} times in a row while it was undone.`,
        };
        const write = (): boolean => store.fail(lease, error, nowMs);
        if (endWithHook({ store, log: deps.log, nowMs }, kind, idleRef(store, kind, record), { state: 'failed', error }, write))
          hasEnded(record, 'failed');
        continue;
      }
      if (!store.giveBack(lease, 'loss', 'program_ended: The program ended while this job was being undone.', nowMs)) continue;
      resumed += 1;
      events.push({ type: 'returned', jobId: record.id });
    } else if (record.cancelRequested) {
      end(record, kind, 'cancelled', null, () => store.cancelRunning(lease, nowMs));
    } else if (kind.recovery === 'abandon') {
      const error = { code: 'abandoned', message: 'The program ended while this job was running, and its kind is not started again.' };
      end(record, kind, 'failed', error, () => store.fail(lease, error, nowMs));
    } else if (record.losses + 1 >= deps.limits.losses) {
      const error = {
        code: 'lost_too_often',
        message: `The program ended ${record.losses + 1} times in a row while this job was running.`,
      };
      end(record, kind, 'failed', error, () => store.fail(lease, error, nowMs));
    } else {
      if (kind.recovery === 'retry') store.forgetSteps(lease, null);
      if (!store.giveBack(lease, 'loss', 'program_ended: The program ended while this job was running.', nowMs)) continue;
      resumed += 1;
      events.push({ type: 'returned', jobId: record.id });
    }
  }

  for (const state of ['scheduled', 'queued', 'waiting'] as const) {
    for (const record of store.ofUnknownKind(state, [...kinds.keys()], unknownKindsAtOnce)) {
      if (store.failIdle(record.id, unknownKind(record), nowMs)) hasEnded(record, 'failed');
    }
  }
  return { resumed, events };
}

function unknownKind(record: JobRecord): { code: string; message: string } {
  return { code: 'unknown_kind', message: `This version of the program has no kind of job named "${record.kind}".` };
}
