import { maxAttempts } from '../../shared/domain/retry-policy.ts';
import type { JobId } from '../../shared/domain/ids.ts';
import { assertRoom } from './admission.ts';
import type { Clock } from './clock.ts';
import type { EngineEvent } from './engine-api.ts';
import { EngineError } from './engine-api.ts';
import type { EngineLog } from './engine-log.ts';
import type { Turn } from './group-commit.ts';
import { endWithHook, idleRef } from './job-hooks.ts';
import type { JobKind } from './job-kind.ts';
import type { JobRecord, JobStore } from './job-store.ts';
import type { EngineLimits } from './limits.ts';

/** What a person asks of one job, in transaction. A refusal is an `EngineError` and changes nothing. */
export function createRequestsByHand(deps: {
  readonly store: JobStore;
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly clock: Clock;
  readonly limits: Pick<EngineLimits, 'queueLength'>;
  readonly log: EngineLog;
  readonly emit: (event: EngineEvent) => void;
  /** Asks the attempt of a lease to stop. */
  readonly askToStop: (leaseToken: string) => void;
}) {
  const { store, kinds, clock, log, emit } = deps;

  function found(id: JobId): { record: JobRecord; kind: JobKind | undefined } {
    const record = store.find(id);
    if (record === null) throw new EngineError('not_found', `There is no job ${id}.`);
    return { record, kind: kinds.get(record.kind) };
  }

  function cancel(turn: Turn, id: JobId): void {
    const { record, kind } = found(id);
    const nowMs = clock.nowMs();
    switch (record.state) {
      case 'done':
      case 'failed':
      case 'cancelled':
        throw new EngineError('already_finished', `Job ${id} is ${record.state} already.`);
      case 'running':
        // Asked before: nothing more to say.
        if (!store.requestCancel(id, nowMs)) return;
        turn.afterCommit(() => {
          emit({ type: 'cancelling', jobId: id });
          if (record.leaseToken !== null) deps.askToStop(record.leaseToken);
        });
        return;
      case 'scheduled':
      case 'queued':
      case 'waiting': {
        const end = (): boolean => store.cancelIdle(id, nowMs);
        if (kind === undefined) end();
        else endWithHook({ store, log, nowMs }, kind, idleRef(store, kind, record), { state: 'cancelled', error: null }, end);
        turn.afterCommit(() => {
          emit({ type: 'ended', jobId: id, state: 'cancelled' });
        });
      }
    }
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

  return { cancel, retry };
}
