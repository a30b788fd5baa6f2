import type { JobId } from '../../src/shared/domain/ids.ts';
import type { StepDecision } from '../../src/shared/domain/job-step.ts';
import { undoPrefix } from '../../src/shared/domain/job-step.ts';
import type { Lease } from '../../src/main/engine/job-store.ts';
import type { JournalStep, StepJournal } from '../../src/main/engine/step-journal.ts';
import type { MemoryData, MemoryRow } from './memory-job-store.ts';

export interface MemoryStep extends JournalStep {
  readonly output: string | null;
  readonly assumed: string | null;
}

interface Rows {
  readonly data: () => MemoryData;
  /** Throws outside a transaction and while writes are refused. */
  readonly write: () => void;
  readonly move: (id: JobId, may: (row: MemoryRow) => boolean, change: Partial<MemoryRow>, event: string | null) => boolean;
  readonly trail: (id: JobId, type: string) => void;
  readonly isHeld: (lease: Lease) => (row: MemoryRow) => boolean;
}

const plain = { effect: 'none', outcome: null, compensation: null, compensates: null, decision: null, assumed: null } as const;

/** The journal's part of the store's port in memory. */
export function createMemoryJournal({ data, write, move, trail, isHeld }: Rows): StepJournal {
  const stepsOf = (id: JobId): readonly MemoryStep[] => data().steps.get(id) ?? [];
  const put = (id: JobId, steps: readonly MemoryStep[]): void => {
    data().steps.set(id, steps);
  };
  const find = (id: JobId, name: string): MemoryStep | undefined => stepsOf(id).find(step => step.name === name);
  const nextSeq = (id: JobId): number => Math.max(0, ...stepsOf(id).map(step => step.seq)) + 1;
  const held = (lease: Lease): boolean => move(lease.jobId, isHeld(lease), {}, null);
  function change(id: JobId, name: string, may: (step: MemoryStep) => boolean, what: Partial<MemoryStep>): boolean {
    write();
    const step = find(id, name);
    if (step === undefined || !may(step)) return false;
    put(
      id,
      stepsOf(id).map(each => (each === step ? { ...each, ...what } : each)),
    );
    return true;
  }
  function addUndone(id: JobId, name: string, startedAtMs: number, decision: StepDecision | null): boolean {
    if (find(id, undoPrefix + name) !== undefined) return false;
    put(id, [
      ...stepsOf(id),
      { ...plain, seq: nextSeq(id), name: undoPrefix + name, finished: true, output: 'null', startedAtMs, compensates: name, decision },
    ]);
    return true;
  }
  const mayForget = (step: MemoryStep): boolean => step.effect === 'none' && step.compensation === null && step.compensates === null;

  return {
    recordedSteps: id =>
      stepsOf(id).flatMap(({ name, output, compensates }) => (output === null || compensates !== null ? [] : [{ name, output }])),
    journal: id => stepsOf(id).map(({ output: _output, assumed: _assumed, ...step }) => step),
    timesSuperseded: id => data().rows.get(id)?.stepsRun ?? 0,
    recordStep(lease, { name, output, startedAtMs, compensation = null }) {
      const { jobId: id } = lease;
      if (!held(lease)) return 'lease_lost';
      const there = find(id, name);
      if (there?.output !== null && there !== undefined) return there.output === output ? 'recorded_before' : 'differs';
      move(id, () => true, { losses: 0 }, 'step');
      if (there === undefined)
        put(id, [...stepsOf(id), { ...plain, seq: nextSeq(id), name, output, finished: true, startedAtMs, compensation }]);
      else change(id, name, () => true, { output, finished: true, outcome: 'succeeded', decision: null });
      return 'recorded';
    },
    dispatchEffect(lease, { name, effect, assumed, compensation, startedAtMs }) {
      const { jobId: id } = lease;
      if (!held(lease)) return 'lease_lost';
      const there = find(id, name);
      if (there !== undefined && (there.output !== null || (there.effect !== 'idempotent' && there.outcome !== 'failed'))) return 'differs';
      const step: MemoryStep = {
        ...plain,
        seq: there?.seq ?? nextSeq(id),
        name,
        output: null,
        finished: false,
        startedAtMs,
        effect,
        compensation,
        assumed,
      };
      if (there === undefined) put(id, [...stepsOf(id), step]);
      else change(id, name, () => true, step);
      trail(id, 'dispatched');
      return 'recorded';
    },
    effectNotDone(lease, name) {
      const open = (step: MemoryStep): boolean => step.output === null && step.effect !== 'none';
      if (!held(lease) || !change(lease.jobId, name, open, { outcome: 'failed', decision: null })) return false;
      trail(lease.jobId, 'not_done');
      return true;
    },
    recordUndone(lease, { name, startedAtMs }) {
      if (!held(lease)) return 'lease_lost';
      if (!addUndone(lease.jobId, name, startedAtMs, null)) return 'recorded_before';
      move(lease.jobId, () => true, { losses: 0 }, 'undone');
      return 'recorded';
    },
    forgetSteps(lease, names) {
      if (!held(lease)) return false;
      put(
        lease.jobId,
        stepsOf(lease.jobId).filter(step => !mayForget(step) || (names !== null && !names.includes(step.name))),
      );
      return true;
    },
    markIndeterminate: (id, name) =>
      change(id, name, step => step.effect !== 'none' && (step.outcome === null || step.outcome === 'indeterminate'), {
        outcome: 'indeterminate',
        decision: null,
      }),
    decideEffect(id, name, decision) {
      const step = find(id, name);
      return change(
        id,
        name,
        ({ outcome }) => outcome === 'indeterminate',
        decision === 'drop' ? { decision } : { decision, outcome: 'succeeded', output: step?.assumed ?? 'null', finished: true },
      );
    },
    decideUndo(id, name, decision, nowMs) {
      write();
      return addUndone(id, name, nowMs, decision);
    },
    supersede(id, seqs) {
      write();
      if (seqs.length === 0) return;
      const stepsRun = (data().rows.get(id)?.stepsRun ?? 0) + 1;
      move(id, () => true, { stepsRun }, 'superseded');
      put(
        id,
        stepsOf(id).filter(step => !seqs.includes(step.seq)),
      );
    },
    beginUndo: (id, leaseToken, error, maxAttempts, nowMs) =>
      move(
        id,
        row => row.finishedAtMs === null && row.leaseToken === leaseToken,
        {
          state: 'queued',
          leaseToken: null,
          heldFor: null,
          waitReason: null,
          wait: null,
          dueAtMs: nowMs,
          attempt: 0,
          maxAttempts,
          losses: 0,
          workerDeaths: 0,
          cancelRequested: false,
          error,
          undoFor: { state: error === null ? 'cancelled' : 'failed', error },
        },
        'undoing',
      ),
    endUndo: lease => move(lease.jobId, isHeld(lease), { undoFor: null }, null),
    insertFork(fork) {
      write();
      const parent = data().rows.get(fork.from);
      if (parent === undefined) throw new Error(`There is no job ${fork.from}.`);
      data().rows.set(fork.id, {
        ...parent,
        id: fork.id,
        state: 'queued',
        payload: fork.payload,
        idempotencyKey: fork.idempotencyKey,
        traceId: fork.traceId,
        maxAttempts: fork.maxAttempts,
        dueAtMs: fork.nowMs,
        attempt: 0,
        losses: 0,
        workerDeaths: 0,
        cancelRequested: false,
        finishedAtMs: null,
        error: null,
        parentId: null,
        undoFor: null,
        stepsRun: 0,
      });
      put(
        fork.id,
        stepsOf(fork.from)
          .filter(step => step.seq < fork.beforeSeq && step.output !== null && step.compensates === null)
          .map(step => ({ ...step, compensation: null, assumed: null, decision: null })),
      );
      trail(fork.id, 'enqueued');
      trail(fork.id, 'forked_from');
      trail(fork.from, 'forked');
    },
  };
}
