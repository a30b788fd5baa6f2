import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobId } from '../../src/shared/domain/ids.ts';
import type { JobKindName } from '../../src/shared/domain/job.ts';
import type { JobStore, Lease, NewJob } from '../../src/main/engine/job-store.ts';
import type { StoredWait } from '../../src/main/engine/park-job.ts';
import { sessionId } from '../../src/shared/domain/ids.ts';
import { createTestIds } from '../support/job-ids.ts';
import { claimFirst } from '../support/claim-first.ts';
import { newJob } from '../support/new-job.ts';

const t0 = 1_000_000;
/** So long that age decides nothing where a test does not speak of it. */
const msPerPoint = 1_000_000_000;
const error = { code: 'broken', message: 'It broke.' };

/** Every implementation of the engine's store passes this suite. */
export function jobStoreSuite(name: string, open: () => { readonly store: JobStore; close(): void }): void {
  describe(name, () => {
    let store: JobStore;
    let close: () => void;
    let ids: ReturnType<typeof createTestIds>;
    beforeEach(() => {
      ({ store, close } = open());
      ids = createTestIds();
    });
    afterEach(() => close());

    const write = <T>(work: () => T): T => store.transaction(work);
    function add(overrides: Partial<NewJob> = {}): JobId {
      const id = ids.jobId();
      write(() => {
        store.insert([newJob(id, { payload: '{"n":1}', dueAtMs: t0, maxAttempts: 3, traceId: ids.traceId(), nowMs: t0, ...overrides })]);
      });
      return id;
    }
    function claim(): Lease {
      const leaseToken = ids.leaseToken();
      const claimed = write(() => claimFirst(store, ['chat.answer'], leaseToken, t0, msPerPoint));
      if (claimed === null) throw new Error('Nothing to claim.');
      return { jobId: claimed.id, leaseToken };
    }
    const wait = (overrides: Partial<StoredWait> = {}): StoredWait => ({
      reason: 'approval',
      detail: null,
      expiresAtMs: null,
      onExpiry: 'resume',
      ...overrides,
    });
    const stateOf = (id: JobId): string | undefined => store.find(id)?.state;

    test('a transaction stands whole or not at all, and an inner throw undoes the inner part', () => {
      const id = add();
      expect(() =>
        write(() => {
          store.cancelIdle(id, t0);
          throw new Error('no');
        }),
      ).toThrow('no');
      expect(stateOf(id)).toBe('queued');
      const other = add();
      write(() => {
        store.cancelIdle(id, t0);
        expect(() =>
          write(() => {
            store.cancelIdle(other, t0);
            throw new Error('no');
          }),
        ).toThrow('no');
        expect(store.inTransaction()).toBe(true);
      });
      expect([stateOf(id), stateOf(other), store.inTransaction()]).toEqual(['cancelled', 'queued', false]);
    });

    test('many at once, whatever their number, and those left out whose key is taken, by one of them too', () => {
      const taken = add({ idempotencyKey: 'taken' });
      // One more than fits whole statements of any size.
      const jobs = Array.from({ length: 150 }, (_, n) =>
        newJob(ids.jobId(), {
          idempotencyKey: n === 70 ? 'taken' : n === 149 ? 'key-3' : `key-${n}`,
          payload: n === 5 ? JSON.stringify('x'.repeat(5_000)) : `{"n":${n}}`,
          state: n < 10 ? 'scheduled' : 'queued',
          dueAtMs: t0 + n,
          nowMs: t0 + (n % 3),
        }),
      );
      const inserted = write(() => store.insert(jobs));
      expect(jobs.flatMap((job, n) => (inserted.has(job.id) ? [] : n))).toEqual([70, 149]);
      expect(jobs.filter(job => store.find(job.id) !== null).map(job => job.id)).toEqual([...inserted]);
      expect([store.queueLength(), store.findActiveByKey('taken'), store.findActiveByKey('key-3')]).toEqual([149, taken, jobs[3]?.id]);
      expect(jobs.slice(0, 9).map(job => store.payload(job.id))).toEqual(jobs.slice(0, 9).map(job => job.payload));
      expect(write(() => store.insert([]))).toEqual(new Set());
    });

    test('what an undone part has inserted, started or finished is not counted', () => {
      const [first, second] = [add(), add()];
      const leaseOf = (jobId: JobId): Lease => ({ jobId, leaseToken: `lease-${jobId}` });
      const undone = (work: () => void): void => {
        expect(() =>
          write(() => {
            work();
            throw new Error('no');
          }),
        ).toThrow('no');
      };
      write(() => {
        store.claim([leaseOf(first)], t0);
        undone(() => store.insert([newJob(ids.jobId())]));
        undone(() => store.claim([leaseOf(second)], t0));
        undone(() => store.finish([{ lease: leaseOf(first), issues: [] }], t0));
      });
      expect([store.queueLength(), store.finishedCount()]).toEqual([1, 0]);
      // A lease that nobody holds, and a job that is not queued, are counted as what they are: nothing.
      write(() => {
        expect(store.claim([leaseOf(first)], t0)).toEqual([]);
        expect(store.finish([{ lease: leaseOf(second), issues: [] }], t0).size).toBe(0);
        expect(store.finish([{ lease: leaseOf(first), issues: ['thin'] }], t0).size).toBe(1);
      });
      expect([store.queueLength(), store.finishedCount()]).toEqual([1, 1]);
    });

    test('in a transaction that may repeat, a part that throws undoes itself alone as well', () => {
      const [first, failing, last] = [add(), add(), add()];
      const outcomes: string[][] = [];
      store.transaction(() => {
        const said: string[] = [];
        outcomes.push(said);
        for (const id of [first, failing, last]) {
          try {
            write(() => {
              store.cancelIdle(id, t0);
              if (id === failing) throw new Error('no');
            });
            said.push('stands');
          } catch (thrown) {
            if (!store.inTransaction()) throw thrown;
            said.push('undone');
          }
        }
      }, true);
      expect(outcomes.at(-1)).toEqual(['stands', 'undone', 'stands']);
      expect([first, failing, last].map(stateOf)).toEqual(['cancelled', 'queued', 'cancelled']);
    });

    test('in a transaction that may repeat, a part that throws leaves nothing even when nobody asks what became of it', () => {
      const [kept, undone] = [add(), add()];
      store.transaction(() => {
        try {
          write(() => {
            store.cancelIdle(undone, t0);
            throw new Error('no');
          });
        } catch {
          // Goes on as if nothing had been.
        }
        store.cancelIdle(kept, t0);
      }, true);
      expect([kept, undone].map(stateOf)).toEqual(['cancelled', 'queued']);
    });

    test('of a transaction that may repeat nothing stands when it throws both times', () => {
      const id = add();
      let runs = 0;
      const work = (): void => {
        runs += 1;
        write(() => {
          store.cancelIdle(id, t0);
        });
        write(() => {
          throw new Error('no');
        });
      };
      expect(() => store.transaction(work, true)).toThrow('no');
      expect(runs).toBeLessThanOrEqual(2);
      expect([stateOf(id), store.inTransaction()]).toEqual(['queued', false]);
    });

    test('claims by priority, then due time, then age, among the kinds asked for', () => {
      const late = add({ dueAtMs: t0 + 5 });
      const first = add();
      const second = add();
      const urgent = add({ priority: 1, dueAtMs: t0 + 9 });
      add({ kind: 'document.import', priority: 100 });
      const order = [claim(), claim(), claim(), claim()].map(lease => lease.jobId);
      expect(order).toEqual([urgent, first, second, late]);
      expect(write(() => claimFirst(store, ['chat.answer'], ids.leaseToken(), t0, msPerPoint))).toBeNull();
      expect(write(() => claimFirst(store, ['chat.answer', 'document.import'], ids.leaseToken(), t0, msPerPoint))?.kind).toBe(
        'document.import',
      );
    });

    test('several are claimed and finished at once; those that are not what they were taken for are left out', () => {
      const [first, second, third] = [add(), add(), add()];
      write(() => store.cancelIdle(second, t0));
      const leases = [third, second, first].map(id => ({ jobId: id, leaseToken: ids.leaseToken() }));
      const claimed = write(() => store.claim(leases, t0));
      expect(new Set(claimed.map(job => job.id))).toEqual(new Set([first, third]));
      expect(claimed.every(job => job.attempt === 1 && job.payload === '{"n":1}')).toBe(true);
      expect(stateOf(second)).toBe('cancelled');
      const [ofThird, , ofFirst] = leases;
      if (ofThird === undefined || ofFirst === undefined) throw new Error('There are three leases.');
      const stale: Lease = { jobId: first, leaseToken: ids.leaseToken() };
      const done = write(() =>
        store.finish(
          [
            { lease: ofThird, issues: ['thin'] },
            { lease: stale, issues: [] },
          ],
          t0,
        ),
      );
      expect(done).toEqual(new Set([ofThird.leaseToken]));
      expect([stateOf(first), stateOf(third)]).toEqual(['running', 'done']);
      expect(write(() => store.finish([], t0)).size).toBe(0);
    });

    test('a reading of the queue gives every job once, in order, however the kinds close under it', () => {
      const kinds: readonly JobKindName[] = ['chat.answer', 'document.import'];
      const jobs = Array.from({ length: 60 }, (_, n) => {
        // Some order that repeats priorities and due times within and across the kinds.
        const [kind = 'chat.answer', priority, dueAtMs] = [kinds[n % 2], (n * 7) % 5, t0 - ((n * 13) % 4) * 150];
        return { id: add({ kind, priority, dueAtMs }), kind, priority, dueAtMs };
      });
      const rank = (job: (typeof jobs)[number]): number => job.priority + Math.floor((t0 - job.dueAtMs) / 100);
      const inOrder = jobs.toSorted((a, b) => rank(b) - rank(a) || a.dueAtMs - b.dueAtMs || (a.id < b.id ? -1 : 1));
      for (const wanted of [1, 7, 100]) {
        const reading = store.queued(kinds, wanted, t0, 100);
        const given = Array.from({ length: 60 }, () => reading.next(() => true)?.id);
        expect(given).toEqual(inOrder.map(job => job.id));
        expect(reading.next(() => true)).toBeNull();
        const closing = store.queued(kinds, wanted, t0, 100);
        expect(closing.next(kind => kind === 'document.import')?.id).toBe(inOrder.find(job => job.kind === 'document.import')?.id);
        expect(closing.next(() => false)).toBeNull();
      }
    });

    test('age raises what waits, a point for every so many milliseconds since it was due', () => {
      const [low, middle] = [add({ priority: 0 }), add({ priority: 3, dueAtMs: t0 + 100 })];
      const high = add({ priority: 5, dueAtMs: t0 + 290 });
      const first = (nowMs: number): JobId | undefined => {
        let id: JobId | undefined;
        const undo = new Error('undo');
        expect(() =>
          write(() => {
            id = claimFirst(store, ['chat.answer'], 'look', nowMs, 100)?.id;
            throw undo;
          }),
        ).toThrow(undo);
        return id;
      };
      expect([t0, t0 + 299].map(first)).toEqual([high, high]);
      // At 300 the middle one has 3 + 2 and is due earlier than the high one with 5 + 0; the low one has 0 + 3.
      expect(first(t0 + 300)).toBe(middle);
      // A clock that was set back takes nothing away.
      expect(first(t0 - 10_000)).toBe(high);
      write(() => store.cancelIdle(middle, t0));
      expect([t0 + 389, t0 + 799].map(first)).toEqual([high, high]);
      write(() => store.cancelIdle(high, t0));
      const fresh = add({ priority: 5, dueAtMs: t0 + 700 });
      expect([t0 + 499, t0 + 700].map(first)).toEqual([fresh, low]);
    });

    test('among a hundred priorities the highest is claimed first and none is passed over', () => {
      const priorities = Array.from({ length: 101 }, (_, n) => (n * 37) % 101);
      const byPriority = new Map(priorities.map(priority => [add({ priority }), priority]));
      expect(priorities.map(() => byPriority.get(claim().jobId))).toEqual(priorities.toSorted((a, b) => b - a));
    });

    test('a claim counts the attempt and gives payload and number of steps', () => {
      const long = JSON.stringify({ text: 'ы'.repeat(10_000) });
      const id = add({ payload: long });
      const claimed = write(() => claimFirst(store, ['chat.answer'], 'lease', t0, msPerPoint));
      expect(claimed).toMatchObject({ id, payload: long, attempt: 1, stepsDone: 0, workerDeaths: 0 });
      expect(store.payload(id)).toBe(long);
      expect(store.find(id)).toMatchObject({ state: 'running', leaseToken: 'lease', attempt: 1 });
      expect(store.running().map(row => row.id)).toEqual([id]);
    });

    test('one active job per key, and a new one after an end', () => {
      const id = add({ idempotencyKey: 'k' });
      expect(store.findActiveByKey('k')).toBe(id);
      expect(store.find(add({ idempotencyKey: 'k' }))).toBeNull();
      const lease = claim();
      expect(store.findActiveByKey('k')).toBe(id);
      expect(store.find(add({ idempotencyKey: 'k' }))).toBeNull();
      write(() => store.finish([{ lease, issues: [] }], t0));
      expect(store.findActiveByKey('k')).toBeNull();
      expect(add({ idempotencyKey: 'k' })).not.toBe(id);
    });

    const leasedWrites: Readonly<Record<string, (lease: Lease) => unknown>> = {
      finish: lease => store.finish([{ lease, issues: [] }], t0).size > 0,
      fail: lease => store.fail(lease, error, t0),
      retryLater: lease => store.retryLater(lease, error, t0 + 1, t0),
      giveBack: lease => store.giveBack(lease, 'nothing', 'closing', t0),
      park: lease => store.park(lease, wait(), t0),
      cancelRunning: lease => store.cancelRunning(lease, t0),
      recordStep: lease => store.recordStep(lease, { name: 'a', output: '1', startedAtMs: t0 }, t0),
      forgetSteps: lease => store.forgetSteps(lease, null),
      writeProgress: lease => store.writeProgress(lease, '{}', t0),
    };
    test.each(Object.keys(leasedWrites))('%s changes nothing without the lease, and works with it', method => {
      const act = leasedWrites[method];
      if (act === undefined) throw new Error(method);
      const id = add();
      const stale = claim();
      write(() => store.giveBack(stale, 'nothing', 'closing', t0));
      const refused = method === 'recordStep' ? 'lease_lost' : false;
      expect(write(() => act(stale))).toBe(refused);
      const lease = claim();
      const before = store.find(id);
      expect(write(() => act(stale))).toBe(refused);
      expect(store.find(id)).toEqual(before);
      expect(write(() => act(lease))).toBe(method === 'recordStep' ? 'recorded' : true);
    });

    test('ends free the lease and are final', () => {
      for (const end of ['finish', 'fail', 'cancelRunning'] as const) {
        const id = add();
        const lease = claim();
        write(() => leasedWrites[end]?.(lease));
        const state = stateOf(id);
        expect(store.find(id)?.leaseToken).toBeNull();
        for (const again of Object.keys(leasedWrites)) write(() => leasedWrites[again]?.(lease));
        expect(write(() => [store.cancelIdle(id, t0), store.failIdle(id, error, t0), store.requestCancel(id, t0)])).toEqual([
          false,
          false,
          false,
        ]);
        expect(stateOf(id)).toBe(state);
      }
    });

    test('a job given back has its attempt back, is charged, and is claimed first again', () => {
      const id = add();
      add();
      write(() => store.giveBack(claim(), 'loss', 'worker_start', t0));
      expect(store.find(id)).toMatchObject({ state: 'queued', attempt: 0, losses: 1, workerDeaths: 0 });
      write(() => store.giveBack(claim(), 'worker_death', 'worker_exit', t0));
      expect(store.find(id)).toMatchObject({ attempt: 0, losses: 2, workerDeaths: 1 });
      const lease = claim();
      expect(lease.jobId).toBe(id);
      write(() => store.recordStep(lease, { name: 'a', output: '1', startedAtMs: t0 }, t0));
      expect(store.find(id)).toMatchObject({ losses: 0, workerDeaths: 1 });
    });

    test('a parked job holds no lease, has its attempt back, and is resumed once', () => {
      const id = add();
      write(() => store.park(claim(), wait({ detail: '{"question":1}' }), t0));
      expect(store.find(id)).toMatchObject({ state: 'waiting', leaseToken: null, attempt: 0, waitReason: 'approval' });
      expect([store.running(), store.earliestDueAtMs(), store.queueLength()]).toEqual([[], null, 1]);
      expect(write(() => claimFirst(store, ['chat.answer'], ids.leaseToken(), t0, msPerPoint))).toBeNull();
      expect(write(() => [store.resume(id, t0), store.resume(id, t0)])).toEqual([true, false]);
      expect(store.find(id)).toMatchObject({ state: 'queued', waitReason: null });
      expect(claim().jobId).toBe(id);
    });

    test('waits run out in order, in batches, with what follows them', () => {
      const [never, late, early] = [add(), add(), add()];
      const until = (expiresAtMs: number | null, onExpiry: StoredWait['onExpiry']): unknown =>
        write(() => store.park(claim(), wait({ expiresAtMs, onExpiry }), t0));
      until(null, 'fail');
      until(t0 + 9, 'cancel');
      until(t0 + 5, 'fail');
      add({ state: 'scheduled', dueAtMs: t0 + 7 });
      expect(store.earliestDueAtMs()).toBe(t0 + 5);
      expect(store.expiredWaits(t0 + 4, 10)).toEqual([]);
      expect(store.expiredWaits(t0 + 9, 1)).toMatchObject([{ id: early, onExpiry: 'fail', waitReason: 'approval' }]);
      expect(store.expiredWaits(t0 + 9, 10).map(row => [row.id, row.onExpiry])).toEqual([
        [early, 'fail'],
        [late, 'cancel'],
      ]);
      expect(write(() => [store.failIdle(early, error, t0), store.cancelIdle(late, t0)])).toEqual([true, true]);
      expect([store.earliestDueAtMs(), store.expiredWaits(t0 + 99, 10), stateOf(never)]).toEqual([t0 + 7, [], 'waiting']);
    });

    test('waiting jobs are found by reason and session', () => {
      const session = sessionId.parse(ids.jobId());
      const [mine, nobodys, other] = [add({ sessionId: session }), add(), add({ sessionId: session })];
      for (const reason of ['children', 'children', 'network'] as const) write(() => store.park(claim(), wait({ reason }), t0));
      expect(store.waitingFor('children', session)).toEqual([mine]);
      expect([...store.waitingFor('children', null)].sort()).toEqual([mine, nobodys].sort());
      expect(store.waitingFor('network', null)).toEqual([other]);
      expect(store.waitingFor('approval', null)).toEqual([]);
    });

    test('a parent sees its children and how they ended', () => {
      const parent = add();
      expect([store.children(parent), store.hasActiveChildren(parent)]).toEqual([[], false]);
      const [first, second] = [
        add({ parentId: parent, idempotencyKey: 'one', priority: 9 }),
        add({ parentId: parent, idempotencyKey: 'two' }),
      ];
      add();
      expect([store.find(second)?.parentId, store.hasActiveChildren(parent)]).toEqual([parent, true]);
      const lease = claim();
      expect(lease.jobId).toBe(first);
      write(() => [store.fail(lease, error, t0), store.cancelIdle(second, t0)]);
      expect(store.hasActiveChildren(parent)).toBe(false);
      expect(store.children(parent)).toEqual([
        { id: first, kind: 'chat.answer', idempotencyKey: 'one', state: 'failed', error },
        { id: second, kind: 'chat.answer', idempotencyKey: 'two', state: 'cancelled', error: null },
      ]);
      const child = add({ parentId: parent, priority: 99 });
      expect(write(() => claimFirst(store, ['chat.answer'], 'lease', t0, msPerPoint))).toMatchObject({ id: child, parentId: parent });
    });

    test('the children to cancel are those that are active and neither asked to stop nor being undone, so many at a time', () => {
      const [parent, other] = [add(), add()];
      const [first, second, third, asked, ended, undone] = Array.from({ length: 6 }, () => add({ parentId: parent, priority: 9 }));
      if (first === undefined || asked === undefined || ended === undefined || undone === undefined) throw new Error('Six were made.');
      const toCancel = (limit: number) => store.childrenToCancel(parent, limit).map(child => child.id);
      expect(toCancel(9)).toEqual([first, second, third, asked, ended, undone]);
      for (const id of [asked, undone]) write(() => store.claim([{ jobId: id, leaseToken: `lease-${id}` }], t0));
      write(() => [
        store.requestCancel(asked, t0),
        store.cancelIdle(ended, t0),
        store.beginUndo(undone, `lease-${undone}`, null, 3, t0),
        store.cancelIdle(first, t0),
      ]);
      expect([toCancel(9), toCancel(1), store.childrenToCancel(other, 9)]).toEqual([[second, third], [second], []]);
      expect(store.childrenToCancel(parent, 1)).toMatchObject([{ state: 'queued', parentId: parent, cancelRequested: false }]);
    });

    test('a family is called off until it is said to have ended, and goes with its transaction', () => {
      const [one, two] = [add(), add()];
      expect(store.familyCalledOff()).toBeNull();
      write(() => {
        for (const id of [one, two, one]) store.callOffFamily(id);
      });
      const undo = new Error('undo');
      expect(() =>
        write(() => {
          store.familyEnded(one);
          throw undo;
        }),
      ).toThrow(undo);
      expect(store.familyCalledOff()).toBe(one);
      write(() => {
        store.familyEnded(one);
      });
      expect(store.familyCalledOff()).toBe(two);
      write(() => {
        store.familyEnded(two);
        store.familyEnded(two);
      });
      expect(store.familyCalledOff()).toBeNull();
    });

    test('a retried job waits until it is due', () => {
      const id = add();
      write(() => store.retryLater(claim(), error, t0 + 500, t0));
      expect([stateOf(id), store.earliestDueAtMs()]).toEqual(['scheduled', t0 + 500]);
      expect(write(() => store.becomeDue(t0 + 499, 10))).toEqual([]);
      expect(write(() => store.becomeDue(t0 + 500, 10))).toEqual([id]);
      expect([stateOf(id), store.earliestDueAtMs(), claim().jobId]).toEqual(['queued', null, id]);
      expect(store.find(id)?.attempt).toBe(2);
    });

    test('a scheduled job is due before its time when somebody says so, and no other is', () => {
      const first = add({ dueAtMs: t0 + 100 });
      const id = add({ state: 'scheduled', dueAtMs: t0 + 9_000 });
      expect(write(() => [store.dueNow(id, t0 + 50), store.dueNow(id, t0 + 50), store.dueNow(first, t0)])).toEqual([true, false, false]);
      expect([stateOf(id), store.earliestDueAtMs(), claim().jobId]).toEqual(['queued', null, id]);
    });

    test('a held job is queued and not claimed until it is released, first the first in line', () => {
      const [low, high, running] = [add(), add({ priority: 5, provider: 'model' }), add({ priority: 9 })];
      const lease = claim();
      expect(write(() => [store.hold(low, 'g', t0), store.hold(high, 'g', t0), store.hold(running, 'g', t0)])).toEqual([true, true, false]);
      expect([store.heldGates(), stateOf(low), store.queueLength()]).toEqual([['g'], 'queued', 2]);
      expect(write(() => claimFirst(store, ['chat.answer'], 'none', t0, msPerPoint))).toBeNull();
      expect(write(() => store.release('other', 9, t0, msPerPoint))).toBe(0);
      const undo = new Error('undo');
      // A hundred milliseconds a point raise the low one, due as early, not above the high one; a longer wait than its does.
      const late = add({ priority: 9, dueAtMs: t0 + 10_000 });
      write(() => store.hold(late, 'g', t0));
      expect(() =>
        write(() => {
          store.release('g', 1, t0 + 10_000, 100);
          expect(claimFirst(store, ['chat.answer'], 'l0', t0, msPerPoint)?.id).toBe(high);
          throw undo;
        }),
      ).toThrow(undo);
      write(() => store.cancelIdle(late, t0));
      expect(write(() => store.release('g', 1, t0, msPerPoint))).toBe(1);
      expect(write(() => claimFirst(store, ['chat.answer'], 'l2', t0, msPerPoint))).toMatchObject({ id: high, provider: 'model' });
      write(() => store.cancelIdle(low, t0));
      expect(store.heldGates()).toEqual([]);
      write(() => store.retryByHand(low, 3, t0));
      expect(claim().jobId).toBe(low);
      expect(write(() => store.finish([{ lease, issues: [] }], t0))).toEqual(new Set([lease.leaseToken]));
    });

    test('due jobs are queued in batches, earliest first', () => {
      const late = add({ state: 'scheduled', dueAtMs: t0 + 3 });
      const early = add({ state: 'scheduled', dueAtMs: t0 + 1 });
      expect(write(() => store.becomeDue(t0 + 9, 1))).toEqual([early]);
      expect(write(() => store.becomeDue(t0 + 9, 1))).toEqual([late]);
    });

    test('steps keep their order and their first output', () => {
      const id = add();
      const lease = claim();
      const record = (name: string, output: string): string => write(() => store.recordStep(lease, { name, output, startedAtMs: t0 }, t0));
      expect([record('b', '1'), record('a', '2'), record('b', '1'), record('b', '3')]).toEqual([
        'recorded',
        'recorded',
        'recorded_before',
        'differs',
      ]);
      expect(store.recordedSteps(id)).toEqual([
        { name: 'b', output: '1' },
        { name: 'a', output: '2' },
      ]);
      write(() => store.forgetSteps(lease, ['b']));
      expect(store.recordedSteps(id).map(step => step.name)).toEqual(['a']);
      write(() => store.giveBack(lease, 'nothing', 'closing', t0));
      expect(write(() => claimFirst(store, ['chat.answer'], 'l2', t0, msPerPoint))?.stepsDone).toBe(1);
    });

    test('cancelling is asked of running jobs and done to idle ones', () => {
      const id = add();
      expect(write(() => store.requestCancel(id, t0))).toBe(false);
      const lease = claim();
      expect(write(() => [store.cancelIdle(id, t0), store.requestCancel(id, t0), store.requestCancel(id, t0)])).toEqual([
        false,
        true,
        false,
      ]);
      expect(store.find(id)).toMatchObject({ state: 'running', cancelRequested: true });
      write(() => store.cancelRunning(lease, t0));
      const idle = add({ state: 'scheduled', dueAtMs: t0 + 1 });
      expect(write(() => store.cancelIdle(idle, t0))).toBe(true);
      expect([stateOf(id), stateOf(idle)]).toEqual(['cancelled', 'cancelled']);
    });

    test('a retry by hand starts attempts and charges again and keeps the steps', () => {
      const id = add();
      write(() => store.giveBack(claim(), 'worker_death', 'x', t0));
      const lease = claim();
      write(() => store.recordStep(lease, { name: 'a', output: '1', startedAtMs: t0 }, t0));
      expect(write(() => store.retryByHand(id, 5, t0))).toBe(false);
      write(() => store.fail(lease, error, t0));
      expect(write(() => store.retryByHand(id, 5, t0 + 7))).toBe(true);
      expect(store.find(id)).toMatchObject({
        state: 'queued',
        attempt: 0,
        maxAttempts: 5,
        losses: 0,
        workerDeaths: 0,
        cancelRequested: false,
      });
      expect(store.recordedSteps(id)).toHaveLength(1);
    });

    test('a job that is queued anew may ask another service, and is held for the one before no more', () => {
      const id = add({ provider: 'before' });
      write(() => store.hold(id, 'provider:before', t0));
      expect(write(() => store.pointTo(id, 'after'))).toBe(true);
      expect(write(() => store.pointTo(id, 'after'))).toBe(false);
      expect(store.heldGates()).toEqual([]);
      const lease = claim();
      expect(store.find(id)).toMatchObject({ state: 'running' });
      expect(write(() => store.pointTo(id, null))).toBe(false);
      expect(write(() => store.finish([{ lease, issues: [] }], t0))).toEqual(new Set([lease.leaseToken]));
    });

    test('the queue length counts what is not running and has not ended', () => {
      add();
      add({ state: 'scheduled', dueAtMs: t0 + 1 });
      const lease = claim();
      expect(store.queueLength()).toBe(1);
      write(() => store.giveBack(lease, 'nothing', 'x', t0));
      expect(store.queueLength()).toBe(2);
      write(() => store.finish([{ lease: claim(), issues: [] }], t0));
      expect(store.queueLength()).toBe(1);
    });

    test('jobs of kinds nobody knows are found and can fail', () => {
      const id = add({ kind: 'document.import' });
      add();
      const found = store.ofUnknownKind('queued', ['chat.answer'], 10);
      expect(found.map(row => row.id)).toEqual([id]);
      expect(write(() => store.failIdle(id, error, t0))).toBe(true);
      expect(stateOf(id)).toBe('failed');
    });

    test('only finished jobs older than the bound are removed, in batches', () => {
      const old = [add(), add(), add()];
      for (const _ of old) write(() => store.finish([{ lease: claim(), issues: [] }], t0));
      const failed = add();
      write(() => store.fail(claim(), error, t0));
      const recent = add();
      write(() => store.finish([{ lease: claim(), issues: [] }], t0 + 10));
      const active = add();
      expect(store.finishedCount()).toBe(5);
      const first = write(() => store.removeFinished({ beforeMs: t0 + 10, after: null, limit: 2 }));
      expect(first).toMatchObject({ removed: 2, at: { id: expect.any(String) } });
      // From there, and from the beginning, since what was removed is gone.
      expect(write(() => store.removeFinished({ beforeMs: t0 + 10, after: first.at, limit: 1 })).removed).toBe(1);
      expect(write(() => store.removeFinished({ beforeMs: t0 + 10, after: null, limit: 10 }))).toEqual({ removed: 1, at: null });
      expect(store.finishedCount()).toBe(1);
      expect([...old, failed].map(stateOf)).toEqual([undefined, undefined, undefined, undefined]);
      expect([stateOf(recent), stateOf(active)]).toEqual(['done', 'queued']);
    });

    test('probe passes while storage takes writes', () => {
      expect(() => {
        store.probe();
        store.probe();
      }).not.toThrow();
      expect(store.storageFailure(new Error('else'))).toBeNull();
    });
  });
}
