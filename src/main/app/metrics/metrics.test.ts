import { expect, test } from 'vitest';
import { createMetricRegistry } from './metric-registry.ts';
import { createMinuteCounts } from './minute-counts.ts';

test('the text is as Prometheus reads it, with every series of a counter there from the start', () => {
  const registry = createMetricRegistry();
  const jobs = registry.counter('jobs_total', 'Jobs\nof \\ all kinds.', { kind: ['a', 'b'] });
  const waits = registry.histogram('wait_seconds', 'Waits.', {}, [0.5, 2]);
  registry.gauge('open', 'Open.', {}, () => [[{}, 3]]);
  jobs.add({ kind: 'b' }, 2);
  for (const seconds of [0.5, 1, 9]) waits.observe({}, seconds);
  expect(registry.text()).toBe(
    [
      '# HELP jobs_total Jobs\\nof \\\\ all kinds.',
      '# TYPE jobs_total counter',
      'jobs_total{kind="a"} 0',
      'jobs_total{kind="b"} 2',
      '# HELP wait_seconds Waits.',
      '# TYPE wait_seconds histogram',
      'wait_seconds_bucket{le="0.5"} 1',
      'wait_seconds_bucket{le="2"} 2',
      'wait_seconds_bucket{le="+Inf"} 3',
      'wait_seconds_sum 10.5',
      'wait_seconds_count 3',
      '# HELP open Open.',
      '# TYPE open gauge',
      'open 3',
      '',
    ].join('\n'),
  );
});

test('a value that no label lists makes no series of its own', () => {
  const registry = createMetricRegistry();
  const jobs = registry.counter('jobs_total', 'Jobs.', { kind: ['a'] });
  for (const kind of ['My private title', '"} 1\nfake 1', 'x']) jobs.add({ kind });
  expect(registry.text().split('\n').slice(2)).toEqual(['jobs_total{kind="a"} 0', 'jobs_total{kind="other"} 3', '']);
});

test('two metrics of one name and a name that Prometheus refuses are mistakes', () => {
  const registry = createMetricRegistry();
  registry.counter('a', 'A.', {});
  expect(() => registry.counter('a', 'A.', {})).toThrow(/two metrics named a/u);
  expect(() => registry.counter('a-b', 'A.', {})).toThrow(/"a-b" is no name/u);
});

test('a share of what was observed lies below the bound that is told', () => {
  const waits = createMetricRegistry().histogram('w', 'W.', {}, [1, 2, 3]);
  expect(waits.quantile(0.5)).toBeNull();
  for (const value of [0.1, 0.2, 1.5, 7]) waits.observe({}, value);
  expect([waits.quantile(0.5), waits.quantile(0.75), waits.quantile(0.99), waits.count()]).toEqual([1, 2, 3, 4]);
});

test('a minute forgets what is older', () => {
  let nowMs = 10_000;
  const counts = createMinuteCounts(['done', 'failed'], () => nowMs);
  counts.add('done');
  nowMs += 59_000;
  counts.add('done');
  counts.add('failed');
  expect(counts.read()).toEqual({ done: 2, failed: 1 });
  nowMs += 1_000;
  expect(counts.read()).toEqual({ done: 1, failed: 1 });
  nowMs += 600_000;
  counts.add('done');
  expect(counts.read()).toEqual({ done: 1, failed: 0 });
});
