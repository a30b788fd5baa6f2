import { maxAttempts } from '../../shared/domain/retry-policy.ts';
import type { JobId } from '../../shared/domain/ids.ts';
import { isFinal } from '../../shared/domain/job-state.ts';
import { assertRoom, encodePayload } from './admission.ts';
import type { Enqueued } from './engine-api.ts';
import { EngineError } from './engine-api.ts';
import type { EngineIds } from './engine-ids.ts';
import type { Turn } from './group-commit.ts';
import type { IdleJobRef } from './job-hooks.ts';
import { idleRef } from './job-hooks.ts';
import type { JobKind } from './job-kind.ts';
import type { JobRecord } from './job-store.ts';
import type { EngineLimits } from './limits.ts';
import type { ByHandDeps } from './requests-by-hand.ts';
import { findJob } from './requests-by-hand.ts';
import type { JournalStep } from './step-journal.ts';
import { openEffects, undoneSteps } from './step-journal.ts';

export interface AgainOptions {
  readonly confirmEffects: boolean;
}

/**
 * Running steps again because a person asks, in transaction: in the same job (`retry`, `retryFrom`) or in a new one that
 * begins with the steps before (`fork`). Steps that run again are set aside, not deleted. A step that was undone takes
 * all that came after it along, since what they recorded may speak of something that is no longer there. An effect that
 * happened, or may have, happens again only when that was confirmed.
 */
export function createRunAgain(
  deps: ByHandDeps & { readonly ids: EngineIds; readonly limits: Pick<EngineLimits, 'queueLength' | 'payloadBytes'> },
) {
  const { store, kinds, clock, emit } = deps;

  const found = (id: JobId): JobRecord => findJob(store, id);

  function readable(record: JobRecord): { kind: JobKind; job: IdleJobRef } {
    const kind = kinds.get(record.kind);
    if (kind === undefined)
      throw new EngineError('not_retryable', `This version of the program has no kind of job named "${record.kind}".`);
    const job = idleRef(store, kind, record);
    if (job === null) throw new EngineError('not_retryable', `The payload of job ${record.id} no longer fits ${kind.name}.`);
    return { kind, job };
  }

  function retry(turn: Turn, id: JobId, options: AgainOptions): void {
    again(turn, found(id), null, options);
  }

  function retryFrom(turn: Turn, id: JobId, step: number, options: AgainOptions): void {
    const record = found(id);
    assertStep(id, step, store.journal(id));
    if (record.undoFor !== null)
      throw new EngineError('not_retryable', `What job ${id} did is not yet undone. Retry it, or decide about the steps that are left.`);
    again(turn, record, step, options);
  }

  function again(turn: Turn, record: JobRecord, step: number | null, options: AgainOptions): void {
    const { id } = record;
    if (record.state === 'done') throw new EngineError('not_retryable', `Job ${id} is done; there is nothing to try again.`);
    if (record.state !== 'failed' && record.state !== 'cancelled')
      throw new EngineError('already_running', `Job ${id} is ${record.state} already.`);
    const { kind, job } = readable(record);
    const active = store.findActiveByKey(record.idempotencyKey);
    if (active !== null) throw new EngineError('already_running', `Job ${active} does the same work already.`);
    assertRoom(store, deps.limits.queueLength);
    const superseded = record.undoFor === null ? setAside(id, step, options) : [];
    queue(turn, record, kind, job, superseded);
  }

  function queue(turn: Turn, record: JobRecord, kind: JobKind, job: IdleJobRef, superseded: readonly string[]): void {
    store.retryByHand(record.id, maxAttempts(kind.retry), clock.nowMs());
    if (record.undoFor === null && kind.provider !== undefined) store.pointTo(record.id, kind.provider(job.payload));
    // A job that is wanted again keeps the children that were not yet cancelled with it.
    if (record.undoFor === null) store.familyEnded(record.id);
    // A job that only goes on being undone does nothing again.
    if (record.undoFor === null) kind.onRetry?.({ ...job, attempt: 0 }, superseded);
    turn.afterCommit(() => {
      emit({ type: 'enqueued', jobId: record.id });
    });
  }

  /** The names of the job's own steps that will run again. */
  function setAside(id: JobId, step: number | null, options: AgainOptions): readonly string[] {
    const journal = store.journal(id);
    const from = Math.min(step ?? Number.POSITIVE_INFINITY, firstUndone(journal));
    const steps = journal.filter(({ seq }) => seq >= from);
    if (steps.length === 0) return [];
    assertMayRepeat(steps, journal, options);
    store.supersede(
      id,
      steps.map(({ seq }) => seq),
      null,
      clock.nowMs(),
    );
    return steps.filter(({ compensates }) => compensates === null).map(({ name }) => name);
  }

  function fork(turn: Turn, id: JobId, fromStep: number, options: AgainOptions): Enqueued {
    const record = found(id);
    const journal = store.journal(id);
    assertStep(id, fromStep, journal);
    if (!isFinal(record.state)) throw new EngineError('already_running', `Job ${id} is ${record.state}; fork it once it has ended.`);
    if (record.undoFor !== null)
      throw new EngineError('not_forkable', `What job ${id} did is not yet undone. Retry it, or decide about the steps that are left.`);
    const kind = kinds.get(record.kind);
    const job = kind === undefined ? null : idleRef(store, kind, record);
    if (kind?.fork === undefined || job === null)
      throw new EngineError('not_forkable', `A job of the kind "${record.kind}" cannot begin with the steps of another.`);
    const idempotencyKey = `fork:${id}:${fromStep}`;
    const active = store.findActiveByKey(idempotencyKey);
    if (active !== null) return { jobId: active, created: false };
    const beforeSeq = Math.min(fromStep, firstUndone(journal));
    // An effect before the fork that has no outcome is not copied, and so would be sent anew.
    const open = openEffects(journal).filter(({ seq }) => seq < beforeSeq);
    assertMayRepeat([...open, ...journal.filter(({ seq }) => seq >= beforeSeq)], journal, options);
    assertRoom(store, deps.limits.queueLength);

    const { payload, onInserted } = kind.fork(job);
    const forkId = deps.ids.jobId();
    store.insertFork({
      id: forkId,
      from: id,
      beforeSeq,
      payload: encodePayload(kind, deps.limits.payloadBytes, payload),
      idempotencyKey,
      traceId: deps.ids.traceId(),
      maxAttempts: maxAttempts(kind.retry),
      nowMs: clock.nowMs(),
    });
    if (kind.provider !== undefined) store.pointTo(forkId, kind.provider(payload));
    onInserted?.({ id: forkId, steps: store.recordedSteps(forkId) });
    turn.afterCommit(() => {
      emit({ type: 'enqueued', jobId: forkId });
      emit({ type: 'forked', jobId: id });
    });
    return { jobId: forkId, created: true };
  }

  return { found, readable, queue, retry, retryFrom, fork };
}
export type RunAgain = ReturnType<typeof createRunAgain>;

function assertStep(id: JobId, step: number, journal: readonly JournalStep[]): void {
  const own = journal.filter(({ compensates }) => compensates === null);
  if (own.some(({ seq }) => seq === step)) return;
  const last = own.at(-1)?.seq;
  throw new EngineError(
    'no_such_step',
    last === undefined
      ? `Job ${id} has no steps, so there is no step ${step} to begin from.`
      : `Job ${id} has no step ${step}; its steps are ${firstOf(own.map(({ seq }) => String(seq)))}.`,
  );
}

function firstUndone(journal: readonly JournalStep[]): number {
  const undone = undoneSteps(journal);
  return journal.find(({ name }) => undone.has(name))?.seq ?? Number.POSITIVE_INFINITY;
}

/** An effect that was undone may happen again: that is what undoing is for. One that a person said to leave is still there. */
function assertMayRepeat(steps: readonly JournalStep[], journal: readonly JournalStep[], options: AgainOptions): void {
  if (options.confirmEffects) return;
  const undone = undoneSteps(journal.filter(({ decision }) => decision !== 'drop'));
  const repeated = steps.filter(
    ({ name, effect, outcome, compensates }) => effect !== 'none' && outcome !== 'failed' && compensates === null && !undone.has(name),
  );
  if (repeated.length === 0) return;
  throw new EngineError(
    'effects_again',
    `These steps changed something outside the program and would do so again: ${firstOf(repeated.map(({ seq, name }) => `${seq} (${name})`))}. Confirm it, or begin after them.`,
  );
}

/** Steps that a refusal names: as many as a person reads. */
const namedSteps = 10;

function firstOf(names: readonly string[]): string {
  const rest = names.length - namedSteps;
  return rest <= 0 ? names.join(', ') : `${names.slice(0, namedSteps).join(', ')} and ${rest} more of ${names.length}`;
}
