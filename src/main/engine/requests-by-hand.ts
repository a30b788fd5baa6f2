import { maxAttempts } from '../../shared/domain/retry-policy.ts';
import type { JobId } from '../../shared/domain/ids.ts';
import { isFinal } from '../../shared/domain/job-state.ts';
import { assertRoom } from './admission.ts';
import type { Clock } from './clock.ts';
import type { EngineEvent } from './engine-api.ts';
import { EngineError } from './engine-api.ts';
import type { Family } from './family.ts';
import type { Turn } from './group-commit.ts';
import { idleRef } from './job-hooks.ts';
import type { JobKind } from './job-kind.ts';
import type { JobRecord, JobStore } from './job-store.ts';
import type { EngineLimits } from './limits.ts';
import type { Waits } from './waits.ts';

/** What a person asks of one job, in transaction. A refusal is an `EngineError` and changes nothing. */
export function createRequestsByHand(deps: {
  readonly store: JobStore;
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly clock: Clock;
  readonly limits: Pick<EngineLimits, 'queueLength'>;
  readonly family: Family;
  readonly waits: Waits;
  readonly emit: (event: EngineEvent) => void;
}) {
  const { store, kinds, clock, emit } = deps;

  function found(id: JobId): { record: JobRecord; kind: JobKind | undefined } {
    const record = store.find(id);
    if (record === null) throw new EngineError('not_found', `There is no job ${id}.`);
    return { record, kind: kinds.get(record.kind) };
  }

  function cancel(turn: Turn, id: JobId): void {
    const { record } = found(id);
    if (isFinal(record.state)) throw new EngineError('already_finished', `Job ${id} is ${record.state} already.`);
    deps.family.cancel(effect => {
      turn.afterCommit(effect);
    }, record);
  }

  function retry(turn: Turn, id: JobId): void {
    const { record, kind } = found(id);
    if (record.state === 'done') throw new EngineError('not_retryable', `Job ${id} is done; there is nothing to try again.`);
    if (record.state !== 'failed' && record.state !== 'cancelled')
      throw new EngineError('already_running', `Job ${id} is ${record.state} already.`);
    if (kind === undefined)
      throw new EngineError('not_retryable', `This version of the program has no kind of job named "${record.kind}".`);
    const active = store.findActiveByKey(record.idempotencyKey);
    if (active !== null) throw new EngineError('already_running', `Job ${active} does the same work already.`);
    const job = idleRef(store, kind, record);
    if (job === null) throw new EngineError('not_retryable', `The payload of job ${id} no longer fits ${kind.name}.`);
    assertRoom(store, deps.limits.queueLength);
    store.retryByHand(id, maxAttempts(kind.retry), clock.nowMs());
    kind.onRetry?.({ ...job, attempt: 0 });
    turn.afterCommit(() => {
      emit({ type: 'enqueued', jobId: id });
    });
  }

  function resume(turn: Turn, id: JobId): void {
    const { record } = found(id);
    if (
      !deps.waits.resume(effect => {
        turn.afterCommit(effect);
      }, id)
    )
      throw new EngineError('not_waiting', `Job ${id} is ${record.state} and waits for nothing.`);
  }

  return { cancel, retry, resume };
}
