import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobId, ScheduleId } from '../../src/shared/domain/ids.ts';
import { scheduleId } from '../../src/shared/domain/ids.ts';
import type { ScheduleRow, ScheduleRun, ScheduleStore } from '../../src/main/engine/schedule-store.ts';

const t0 = 1_000_000;

export interface OpenedScheduleStore {
  readonly store: ScheduleStore;
  /** A job that a run may name. */
  newJob(): JobId;
  close(): void;
}

/** Every implementation of the schedules' store passes this suite. It keeps three runs of each schedule. */
export function scheduleStoreSuite(name: string, open: (keepRuns: number) => OpenedScheduleStore): void {
  describe(name, () => {
    let opened: OpenedScheduleStore;
    let store: ScheduleStore;
    beforeEach(() => {
      opened = open(3);
      ({ store } = opened);
    });
    afterEach(() => opened.close());

    function add(overrides: Partial<ScheduleRow> = {}): ScheduleId {
      const id = scheduleId.parse(v7());
      store.transaction(() => {
        store.put({
          id,
          kind: 'chat.answer',
          sessionId: null,
          title: 'Every morning',
          payload: '{"n":1}',
          cron: '0 9 * * *',
          timeZone: 'Europe/Berlin',
          missed: 'run_once',
          enabled: true,
          nextAtMs: t0,
          createdAtMs: t0,
          ...overrides,
        });
      });
      return id;
    }
    const run = (plannedAtMs: number, overrides: Partial<ScheduleRun> = {}): ScheduleRun => ({
      plannedAtMs,
      atMs: plannedAtMs + 5,
      outcome: 'missed',
      jobId: null,
      error: null,
      ...overrides,
    });

    test('gives back what was put, and keeps its runs and its age when it is put again', () => {
      const id = add({ createdAtMs: 7 });
      expect(store.find(id)).toEqual({
        id,
        kind: 'chat.answer',
        sessionId: null,
        title: 'Every morning',
        payload: '{"n":1}',
        cron: '0 9 * * *',
        timeZone: 'Europe/Berlin',
        missed: 'run_once',
        enabled: true,
        nextAtMs: t0,
        createdAtMs: 7,
        lastRun: null,
        lastJobId: null,
      });
      const jobId = opened.newJob();
      expect(store.recordRun(id, run(t0, { outcome: 'started', jobId }))).toBe(true);
      const { lastRun, lastJobId, ...row } = store.find(id) ?? expect.fail('It is gone.');
      expect([lastRun, lastJobId]).toEqual([run(t0, { outcome: 'started', jobId }), jobId]);
      store.put({ ...row, title: 'Every evening', cron: '0 21 * * *', createdAtMs: 99 });
      expect(store.find(id)).toMatchObject({
        title: 'Every evening',
        cron: '0 21 * * *',
        createdAtMs: 7,
        lastJobId: jobId,
        lastRun: { jobId },
      });
      expect(store.count()).toBe(1);
    });

    test('lists by age and finds those that are due, earliest first, but none that is off', () => {
      const later = add({ nextAtMs: t0 + 2, createdAtMs: 1 });
      const sooner = add({ nextAtMs: t0 + 1, createdAtMs: 2 });
      const off = add({ nextAtMs: null, enabled: false, createdAtMs: 3 });
      expect(store.list().map(schedule => schedule.id)).toEqual([later, sooner, off]);
      expect(store.earliestNextAtMs()).toBe(t0 + 1);
      expect(store.due(t0, 9)).toEqual([]);
      expect(store.due(t0 + 2, 9).map(schedule => schedule.id)).toEqual([sooner, later]);
      expect(store.due(t0 + 2, 1).map(schedule => schedule.id)).toEqual([sooner]);
      expect(store.setNext(sooner, { enabled: false, nextAtMs: null })).toBe(true);
      expect(store.setNext(later, { enabled: true, nextAtMs: null })).toBe(true);
      expect([store.earliestNextAtMs(), store.due(t0 + 9, 9)]).toEqual([null, []]);
    });

    test('a planned time has one run; of the runs the newest are kept', () => {
      const id = add();
      const refused = run(t0, { outcome: 'refused', error: { code: 'queue_full', message: 'Full.' } });
      expect([store.hasRun(id, t0), store.recordRun(id, refused), store.hasRun(id, t0)]).toEqual([false, true, true]);
      expect(store.recordRun(id, run(t0))).toBe(false);
      expect(store.runs(id, 9)).toEqual([refused]);
      for (const plannedAtMs of [t0 + 3, t0 + 1, t0 + 2]) store.recordRun(id, run(plannedAtMs));
      expect(store.runs(id, 9).map(({ plannedAtMs }) => plannedAtMs)).toEqual([t0 + 3, t0 + 2, t0 + 1]);
      expect(store.find(id)?.lastRun?.plannedAtMs).toBe(t0 + 3);
    });

    test('an earlier job stays named while nothing else was started', () => {
      const id = add();
      const jobId = opened.newJob();
      store.recordRun(id, run(t0, { outcome: 'started', jobId }));
      store.recordRun(id, run(t0 + 1, { outcome: 'overlapped' }));
      expect(store.find(id)).toMatchObject({ lastJobId: jobId, lastRun: { outcome: 'overlapped' } });
    });

    test('removes one with its runs, once', () => {
      const id = add();
      const other = add();
      store.recordRun(id, run(t0));
      expect([store.remove(id), store.remove(id), store.setNext(id, { enabled: true, nextAtMs: 1 })]).toEqual([true, false, false]);
      expect([store.find(id), store.runs(id, 9), store.hasRun(id, t0)]).toEqual([null, [], false]);
      expect(store.list().map(schedule => schedule.id)).toEqual([other]);
    });

    test('what throws leaves nothing, and inside another transaction only its own part is undone', () => {
      const id = add();
      expect(() =>
        store.transaction(() => {
          store.remove(id);
          throw new Error('no');
        }),
      ).toThrow('no');
      expect(store.find(id)).not.toBeNull();
      store.transaction(() => {
        store.recordRun(id, run(t0));
        expect(() =>
          store.transaction(() => {
            store.remove(id);
            throw new Error('no');
          }),
        ).toThrow('no');
      });
      expect(store.runs(id, 9)).toHaveLength(1);
    });
  });
}
