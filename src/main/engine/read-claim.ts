import type { Claim } from './attempt.ts';
import type { EngineEvent } from './engine-api.ts';
import type { EngineLog } from './engine-log.ts';
import type { Family } from './family.ts';
import type { Gates } from './gates.ts';
import type { Turn } from './group-commit.ts';
import { parsePayload } from './job-hooks.ts';
import type { JobKind } from './job-kind.ts';
import type { ClaimedJob, JobStore, Lease } from './job-store.ts';
import { effectOf, parseStep } from './recorded-steps.ts';
import { openEffects } from './step-journal.ts';
import { readUndo } from './undo.ts';

export interface ClaimReaderDeps {
  readonly store: JobStore;
  readonly log: EngineLog;
  readonly family: Family;
  readonly gates: Gates;
  readonly emit: (event: EngineEvent) => void;
  /** Asks for another turn. */
  readonly wake: () => void;
}

/** Reads what was stored of a claimed job, in the transaction that claimed it. */
export function createClaimReader(deps: ClaimReaderDeps) {
  const { store } = deps;

  /** Null when the claimed job cannot be run at all: it has then failed, with the reason, and is never deleted. */
  function read(turn: Turn, kind: JobKind, claimed: ClaimedJob, lease: Lease, place: string | null, nowMs: number): Claim | null {
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
      provider: claimed.provider,
      gates: deps.gates.onTheWay({ kind, sessionId, provider: claimed.provider }),
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

  return read;
}
