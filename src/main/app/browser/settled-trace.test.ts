import { expect, test } from 'vitest';
import { browserTraceEntry } from '../../../shared/domain/browser.ts';
import type { OpenBrowserStep } from '../../store/browser-tasks.ts';
import { settledTrace } from './settled-trace.ts';

const line = (outcome: 'done' | 'timeout' | null) =>
  browserTraceEntry.parse({
    step: 'act:1.0',
    action: { do: 'click', target: { by: 'ref', ref: 'e1' } },
    why: '',
    url: '',
    title: '',
    outcome,
    told: '',
    screenshot: null,
    atMs: 1,
  });
const told = (open: Omit<OpenBrowserStep, 'step'>, isRunning = false) =>
  settledTrace([line(null)], [{ step: 'act:1.0', ...open }], isRunning)[0]?.outcome;

test('a line that was never sent is not one that nobody knows the outcome of', () => {
  expect(told({ sent: null, asked: 'waiting' })).toBe('asked');
  expect(told({ sent: null, asked: 'waiting' }, true)).toBe('asked');
  expect(told({ sent: null, asked: 'deny' })).toBe('declined');
  expect(told({ sent: null, asked: 'allow' })).toBe('not_done');
  expect(told({ sent: null, asked: null })).toBe('not_done');
  expect(told({ sent: null, asked: 'allow' }, true)).toBeNull();
});

test('of one that was sent, the journal and the person have the last word', () => {
  expect(told({ sent: { outcome: null, decision: null }, asked: 'allow' }, true)).toBeNull();
  expect(told({ sent: { outcome: 'indeterminate', decision: null }, asked: 'allow' })).toBeNull();
  expect(told({ sent: { outcome: 'indeterminate', decision: 'drop' }, asked: 'allow' })).toBeNull();
  expect(told({ sent: { outcome: 'indeterminate', decision: 'done' }, asked: 'allow' })).toBe('done');
  expect(told({ sent: { outcome: 'succeeded', decision: null }, asked: null })).toBe('done');
  expect(told({ sent: { outcome: 'failed', decision: null }, asked: null })).toBe('not_done');
});

test('what its worker has written down stays', () => {
  expect(settledTrace([line('timeout')], [], false)[0]?.outcome).toBe('timeout');
});
