import { expect, test } from 'vitest';
import { jobId } from '../../shared/domain/ids.ts';
import type { EngineEvent } from '../engine/engine-api.ts';
import type { JobFacts } from '../store/jobs/job-facts.ts';
import { createJobBus, type BusEvent } from './job-bus.ts';
import { withTrace } from './traced-log.ts';

const id = jobId.parse('01920000-0000-7000-8000-000000000001');
const trace = 'a'.repeat(32);

function material() {
  let emit: (event: EngineEvent) => void = () => undefined;
  const clock = { ms: 1_000 };
  const row: { facts: JobFacts | null | Error } = {
    facts: {
      kind: 'chat.answer',
      sessionId: null,
      traceId: trace,
      attempt: 1,
      outcome: 'ok',
      errorCode: null,
      waitReason: 'network',
      dueAtMs: 900,
      createdAtMs: 500,
    },
  };
  const reported: (string | null)[] = [];
  const bus = createJobBus({
    engine: {
      subscribe: listener => {
        emit = listener;
        return () => {
          emit = () => undefined;
        };
      },
    },
    factsOf: () => {
      if (row.facts instanceof Error) throw row.facts;
      return row.facts;
    },
    now: () => clock.ms,
    report: subscriber => reported.push(subscriber),
  });
  const heard: BusEvent[] = [];
  return {
    bus,
    heard,
    reported,
    row,
    hear: () => bus.subscribe('test', event => heard.push(event)),
    tell: (event: EngineEvent, atMs: number) => {
      clock.ms = atMs;
      emit(event);
    },
  };
}

test('an attempt says how long it waited and ran, also after it was given back', () => {
  const { heard, hear, tell } = material();
  hear();
  tell({ type: 'started', jobId: id }, 1_000);
  tell({ type: 'returned', jobId: id }, 1_300);
  tell({ type: 'started', jobId: id }, 1_350);
  tell({ type: 'ended', jobId: id, state: 'done' }, 2_350);
  expect(heard).toMatchObject([
    { type: 'started', waitedMs: 100, kind: 'chat.answer', traceId: trace, sessionId: null, attempt: 1, atMs: 1_000 },
    { type: 'returned', ranMs: 300 },
    { type: 'started', waitedMs: 50 },
    { type: 'ended', ranMs: 1_000, tookMs: 1_850, state: 'done', outcome: 'ok' },
  ]);
});

test('what never ran here has no running time', () => {
  const { heard, hear, tell } = material();
  hear();
  tell({ type: 'ended', jobId: id, state: 'cancelled' }, 1_000);
  expect(heard).toMatchObject([{ ranMs: null, state: 'cancelled' }]);
});

test('a subscriber that throws keeps nothing from the others, and is named', () => {
  const { bus, heard, hear, tell, reported } = material();
  bus.subscribe('broken', () => {
    throw new Error('no');
  });
  hear();
  tell({ type: 'health' }, 1_000);
  expect([heard, reported]).toEqual([[{ type: 'health' }], ['broken']]);
});

test('an event is told when its row cannot be read, and one that left hears nothing', () => {
  const { heard, hear, tell, row, reported } = material();
  const leave = hear();
  row.facts = new Error('disk I/O error');
  tell({ type: 'started', jobId: id }, 1_000);
  leave();
  tell({ type: 'progress', jobId: id }, 1_001);
  expect(heard).toMatchObject([{ type: 'started', kind: 'unknown', waitedMs: 0, jobId: id }]);
  expect(reported).toEqual([null]);
});

test('an entry of the log that names a job gets its trace; others, and a log after the end, stay as they are', () => {
  const { bus, row } = material();
  expect(withTrace({ jobId: id, steps: 1 }, bus.traceOf)).toEqual({ jobId: id, steps: 1, traceId: trace });
  expect(withTrace({ jobId: null }, bus.traceOf)).toEqual({ jobId: null });
  expect(withTrace({ worker: 'agent' }, bus.traceOf)).toEqual({ worker: 'agent' });
  row.facts = new Error('The database connection is not open');
  expect(withTrace({ jobId: id }, bus.traceOf)).toEqual({ jobId: id });
});
