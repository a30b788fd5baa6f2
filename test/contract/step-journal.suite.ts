import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobId } from '../../src/shared/domain/ids.ts';
import type { JobStore, Lease } from '../../src/main/engine/job-store.ts';
import { openEffects, stepsToUndo, undoQuestions } from '../../src/main/engine/step-journal.ts';
import type { DispatchedEffect } from '../../src/main/engine/step-journal.ts';
import { claimFirst } from '../support/claim-first.ts';
import { createTestIds } from '../support/job-ids.ts';
import { newJob } from '../support/new-job.ts';

const t0 = 1_000_000;
const error = { code: 'broken', message: 'It broke.' };
const undo = { name: 'remove', data: '{"path":"a"}' };

/** The journal's part of the store's port; every implementation passes it beside `jobStoreSuite`. */
export function stepJournalSuite(name: string, open: () => { readonly store: JobStore; close(): void }): void {
  describe(name, () => {
    let store: JobStore;
    let close: () => void;
    let ids: ReturnType<typeof createTestIds>;
    let id: JobId;
    let lease: Lease;
    beforeEach(() => {
      ({ store, close } = open());
      ids = createTestIds();
      id = ids.jobId();
      write(() =>
        store.insert([
          newJob(id, { payload: '{"n":1}', idempotencyKey: 'key', dueAtMs: t0, maxAttempts: 3, traceId: ids.traceId(), nowMs: t0 }),
        ]),
      );
      lease = claim();
    });
    afterEach(() => close());

    const write = <T>(work: () => T): T => store.transaction(work);
    function claim(): Lease {
      const leaseToken = ids.leaseToken();
      const claimed = write(() => claimFirst(store, ['chat.answer'], leaseToken, t0, 1_000_000));
      if (claimed === null) throw new Error('Nothing to claim.');
      return { jobId: claimed.id, leaseToken };
    }
    const effect = (over: Partial<DispatchedEffect> = {}): DispatchedEffect => ({
      name: 'send:a',
      effect: 'once',
      key: 'k',
      assumed: '0',
      compensation: null,
      startedAtMs: t0,
      ...over,
    });
    const dispatch = (over: Partial<DispatchedEffect> = {}): string => write(() => store.dispatchEffect(lease, effect(over), t0));
    const record = (step: string, output = '1', compensation: typeof undo | null = null): string =>
      write(() => store.recordStep(lease, { name: step, output, startedAtMs: t0, compensation }, t0));
    const open_ = (): string[] => openEffects(store.journal(id)).map(step => step.name);
    const toUndo = (): string[] => stepsToUndo(store.journal(id)).map(step => step.name);

    test('an effect is dispatched, then has its outcome, and counts as a step only then', () => {
      expect(dispatch()).toBe('recorded');
      expect([open_(), store.recordedSteps(id)]).toEqual([['send:a'], []]);
      // Nobody sends again what may have happened.
      expect(dispatch()).toBe('differs');
      expect(record('send:a', '7')).toBe('recorded');
      expect([open_(), store.recordedSteps(id)]).toEqual([[], [{ name: 'send:a', output: '7' }]]);
      expect([dispatch(), record('send:a', '7'), record('send:a', '8')]).toEqual(['differs', 'recorded_before', 'differs']);
      expect(store.journal(id)).toMatchObject([{ seq: 1, effect: 'once', outcome: 'succeeded', finished: true }]);
    });

    test('what did not happen, or may be repeated, is dispatched again', () => {
      dispatch();
      expect(write(() => store.effectNotDone(lease, 'send:a', t0))).toBe(true);
      expect(open_()).toEqual([]);
      expect(dispatch()).toBe('recorded');
      expect(open_()).toEqual(['send:a']);
      expect([dispatch({ name: 'put:b', effect: 'idempotent' }), dispatch({ name: 'put:b', effect: 'idempotent' })]).toEqual([
        'recorded',
        'recorded',
      ]);
      expect(store.journal(id).map(step => step.seq)).toEqual([1, 2]);
    });

    const leased: Readonly<Record<string, (held: Lease) => unknown>> = {
      dispatchEffect: held => store.dispatchEffect(held, effect({ name: 'send:z' }), t0),
      effectNotDone: held => store.effectNotDone(held, 'send:a', t0),
      recordUndone: held => store.recordUndone(held, { name: 'x', startedAtMs: t0 }, t0),
      endUndo: held => store.endUndo(held),
    };
    test.each(Object.keys(leased))('%s changes nothing without the lease', method => {
      dispatch();
      record('x', '1', undo);
      const stale = lease;
      write(() => store.giveBack(stale, 'nothing', 'closing', t0));
      lease = claim();
      const before = [store.find(id), store.journal(id)];
      expect([false, 'lease_lost']).toContain(write(() => leased[method]?.(stale)));
      expect([store.find(id), store.journal(id)]).toEqual(before);
      expect([true, 'recorded']).toContain(write(() => leased[method]?.(lease)));
    });

    test('effects and what can be undone are never forgotten', () => {
      record('plain');
      record('undoable', '2', undo);
      dispatch();
      write(() => store.forgetSteps(lease, null));
      write(() => store.forgetSteps(lease, ['undoable', 'send:a']));
      expect(store.journal(id).map(step => step.name)).toEqual(['undoable', 'send:a']);
    });

    test('what a person says of an indeterminate effect', () => {
      dispatch({ assumed: '42' });
      expect(write(() => [store.decideEffect(id, 'send:a', 'done', t0), store.markIndeterminate(id, 'send:a')])).toEqual([false, true]);
      expect(write(() => store.decideEffect(id, 'send:a', 'drop', t0))).toBe(true);
      // Dropped is not known: it is still on its way for whoever comes to it again.
      expect([open_(), store.journal(id)[0]?.decision]).toEqual([['send:a'], 'drop']);
      expect(write(() => [store.markIndeterminate(id, 'send:a'), store.decideEffect(id, 'send:a', 'done', t0)])).toEqual([true, true]);
      expect([open_(), store.recordedSteps(id)]).toEqual([[], [{ name: 'send:a', output: '42' }]]);
      expect(write(() => store.markIndeterminate(id, 'send:a'))).toBe(false);
    });

    test('steps are undone the last first, those of which something is known, once', () => {
      record('a', '1', undo);
      record('b');
      dispatch({ name: 'send:c', compensation: undo });
      dispatch({ name: 'put:d', effect: 'idempotent', compensation: undo });
      dispatch({ name: 'send:e', compensation: undo });
      record('send:e', '5');
      expect(toUndo()).toEqual(['send:e', 'put:d', 'a']);
      expect(undoQuestions(store.journal(id)).map(step => step.name)).toEqual(['send:c']);
      const undone = (step: string): string => write(() => store.recordUndone(lease, { name: step, startedAtMs: t0 }, t0));
      expect([undone('send:e'), undone('send:e')]).toEqual(['recorded', 'recorded_before']);
      expect(toUndo()).toEqual(['put:d', 'a']);
      expect(write(() => [store.decideUndo(id, 'a', 'drop', t0), store.decideUndo(id, 'a', 'done', t0)])).toEqual([true, false]);
      expect(toUndo()).toEqual(['put:d']);
      // The rows that say so are nobody's recorded steps.
      expect(store.recordedSteps(id).map(step => step.name)).toEqual(['a', 'b', 'send:e']);
    });

    test('undoing begins from every active state, with fresh attempts, and holds the key', () => {
      const begin = (token: string | null, failing: typeof error | null): boolean =>
        write(() => store.beginUndo(id, token, failing, 5, t0));
      expect([begin(null, error), begin('other', error), begin(lease.leaseToken, error)]).toEqual([false, false, true]);
      expect(store.find(id)).toMatchObject({ state: 'queued', attempt: 0, maxAttempts: 5, undoFor: { state: 'failed', error } });
      expect(store.findActiveByKey('key')).toBe(id);
      const claimed = write(() => claimFirst(store, ['chat.answer'], 'undo', t0, 1_000_000));
      expect(claimed).toMatchObject({ id, undoes: true });
      lease = { jobId: id, leaseToken: 'undo' };
      expect(write(() => store.requestCancel(id, t0))).toBe(false);
      write(() => store.retryLater(lease, error, t0 + 5, t0));
      expect(begin(null, null)).toBe(true);
      expect(store.find(id)).toMatchObject({ state: 'queued', undoFor: { state: 'cancelled', error: null } });
      expect(write(() => store.parkQueued(id, { reason: 'answer', detail: null, expiresAtMs: null, onExpiry: 'resume' }, t0))).toBe(true);
      expect(store.find(id)).toMatchObject({ state: 'waiting', waitReason: 'answer' });
      expect(begin(null, null)).toBe(true);
      lease = claim();
      expect(write(() => [store.endUndo(lease), store.cancelRunning(lease, t0), begin(null, null)])).toEqual([true, true, false]);
      expect(store.find(id)).toMatchObject({ state: 'cancelled', undoFor: null });
    });

    test('a retry by hand goes on with an undoing that failed', () => {
      record('a', '1', undo);
      write(() => store.beginUndo(id, lease.leaseToken, null, 1, t0));
      lease = claim();
      write(() => store.fail(lease, error, t0));
      expect(write(() => store.retryByHand(id, 1, t0))).toBe(true);
      expect(write(() => claimFirst(store, ['chat.answer'], 'again', t0, 1_000_000))).toMatchObject({ id, undoes: true });
    });

    test('steps that are set aside run again, with numbers from where they began', () => {
      for (const step of ['a', 'b', 'c']) record(step);
      write(() => store.fail(lease, error, t0));
      expect(store.timesSuperseded(id)).toBe(0);
      write(() => store.supersede(id, [2, 3], null, t0));
      expect([store.recordedSteps(id).map(step => step.name), store.timesSuperseded(id)]).toEqual([['a'], 1]);
      write(() => store.supersede(id, [], null, t0));
      expect(store.timesSuperseded(id)).toBe(1);
      write(() => store.retryByHand(id, 3, t0));
      lease = claim();
      expect([record('b', '9'), store.journal(id).map(step => step.seq)]).toEqual(['recorded', [1, 2]]);
    });

    test('a fork begins with copies of the finished steps before a number, and undoes none of them', () => {
      record('a', '1', undo);
      dispatch();
      record('send:a', '2');
      record('b', '3');
      write(() => store.fail(lease, error, t0));
      const forkId = ids.jobId();
      write(() =>
        store.insertFork({
          id: forkId,
          from: id,
          beforeSeq: 3,
          payload: '{"n":2}',
          idempotencyKey: 'fork',
          traceId: ids.traceId(),
          maxAttempts: 2,
          nowMs: t0,
        }),
      );
      expect(store.find(forkId)).toMatchObject({ state: 'queued', kind: 'chat.answer', attempt: 0, maxAttempts: 2, undoFor: null });
      expect([store.payload(forkId), store.recordedSteps(forkId)]).toEqual([
        '{"n":2}',
        [
          { name: 'a', output: '1' },
          { name: 'send:a', output: '2' },
        ],
      ]);
      expect(stepsToUndo(store.journal(forkId))).toEqual([]);
      expect(store.recordedSteps(id)).toHaveLength(3);
      expect(write(() => claimFirst(store, ['chat.answer'], 'l', t0, 1_000_000))).toMatchObject({ id: forkId, stepsDone: 2 });
    });
  });
}
