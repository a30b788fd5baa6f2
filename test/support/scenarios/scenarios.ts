import { untilChildrenEnd } from '../../../src/main/engine/park-job.ts';
import type { Scenario } from './scenario.ts';
import { askAgain, cancel, done, enqueue, fail, resume, retry, sessionsOfTests } from './scenario.ts';
import { scenarioKind } from './scenario-kind.ts';

const [sessionA = null, sessionB = null] = sessionsOfTests;

/** A long payload, kept beside the row. */
const padding = 'x'.repeat(6_000);

/** Every story. A new ability of the engine is proven under every fault and kill by a row here. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'steps and ends',
    proves: 'Recorded steps are not run again; retries, failures and results come out the same.',
    kinds: stage => [scenarioKind(stage, 'chat.answer')],
    asks: [
      enqueue('three steps'),
      enqueue('no step', { payload: { key: 'no step', padding } }),
      enqueue('second try'),
      enqueue('fails for good'),
      enqueue('later', { afterMs: 3_000 }),
      askAgain('later'),
    ],
    work: {
      'three steps': () => ({ steps: ['part:1', 'part:2', 'part:3'], end: done }),
      'second try': task => ({ steps: ['part:1'], end: task.attempt === 1 ? fail(true) : done }),
      'fails for good': () => ({ steps: ['part:1'], end: fail(false) }),
    },
    ends: { 'three steps': 'done', 'no step': 'done', 'second try': 'done', 'fails for good': 'failed', later: 'done' },
  },
  {
    name: 'cancel and retry by hand',
    proves: 'A cancellation that was acknowledged is kept in every state; a retry keeps the recorded steps.',
    kinds: stage => [scenarioKind(stage, 'chat.answer', { concurrency: 1 })],
    asks: [
      enqueue('running'),
      enqueue('queued'),
      enqueue('scheduled', { afterMs: 60_000 }),
      cancel('queued'),
      cancel('scheduled'),
      cancel('running'),
      enqueue('again'),
      retry('again'),
    ],
    work: {
      running: () => ({ steps: ['part:1'], end: 'hang' }),
      queued: () => ({ steps: [], end: 'hang' }),
      again: task => ({ steps: ['part:1'], end: task.recorded.length === 0 ? fail(false) : done }),
    },
    ends: { running: 'cancelled', queued: 'cancelled', scheduled: 'cancelled', again: 'done' },
  },
  {
    name: 'waits',
    proves: 'A parked job holds no worker, outlives the program, and goes on, fails or is cancelled as was said.',
    kinds: stage => [scenarioKind(stage, 'chat.answer', { concurrency: 1 })],
    asks: [
      enqueue('until resumed'),
      enqueue('until its time'),
      enqueue('fails at its time'),
      enqueue('cancelled at its time'),
      resume('until resumed'),
    ],
    work: {
      'until resumed': task => ({
        steps: ['part:1'],
        end: task.recorded.length > 0 ? done : { type: 'parked', wait: { reason: 'approval', expiresAtMs: 1_800_000_060_000 } },
      }),
      'until its time': task => ({
        steps: ['part:1'],
        end: task.recorded.length > 0 ? done : { type: 'parked', wait: { reason: 'network', expiresAtMs: 1_800_000_020_000 } },
      }),
      'fails at its time': () => ({
        steps: [],
        end: { type: 'parked', wait: { reason: 'answer', expiresAtMs: 1_800_000_030_000, onExpiry: 'fail' } },
      }),
      'cancelled at its time': () => ({
        steps: [],
        end: { type: 'parked', wait: { reason: 'budget', expiresAtMs: 1_800_000_030_000, onExpiry: 'cancel' } },
      }),
    },
    ends: { 'until resumed': 'done', 'until its time': 'done', 'fails at its time': 'failed', 'cancelled at its time': 'cancelled' },
  },
  {
    name: 'families',
    proves: 'A parent goes on with the end of its last child, and takes its children with it when it is cancelled.',
    kinds: stage => [
      scenarioKind(stage, 'document.import'),
      scenarioKind(stage, 'synopsis.make', {
        concurrency: 2,
        async prepare(job) {
          const { engine } = stage();
          if (engine.children(job.id).length === 0) {
            for (const n of [1, 2]) {
              const key = `${job.payload.key}/${n}`;
              await engine.enqueue({
                kind: 'document.import',
                payload: { key },
                idempotencyKey: key,
                sessionId: job.sessionId,
                title: key,
                parentId: job.id,
              });
            }
          }
          if (engine.children(job.id).some(child => ['scheduled', 'queued', 'running', 'waiting'].includes(child.state)))
            throw untilChildrenEnd();
          return job.payload;
        },
      }),
    ],
    asks: [enqueue('parent', { kind: 'synopsis.make' }), enqueue('stopped', { kind: 'synopsis.make' }), cancel('stopped')],
    work: {
      parent: () => ({ steps: ['part:1'], end: done }),
      'parent/1': () => ({ steps: ['part:1'], end: done }),
      'parent/2': () => ({ steps: [], end: fail(false) }),
      'stopped/1': () => ({ steps: [], end: 'hang' }),
      'stopped/2': () => ({ steps: [], end: 'hang' }),
    },
    ends: { parent: 'done', stopped: 'cancelled' },
  },
  {
    name: 'gates',
    proves: 'Jobs held for a session, a rate or a busy provider are neither lost nor let through early.',
    kinds: stage => [
      scenarioKind(stage, 'chat.answer', { perSession: { concurrency: 1 } }),
      scenarioKind(stage, 'document.import', { rate: { count: 1, perMs: 2_000 } }),
    ],
    providers: new Map([['slow', { concurrency: 1 }]]),
    asks: [
      enqueue('a1', { sessionId: sessionA }),
      enqueue('a2', { sessionId: sessionA }),
      enqueue('b1', { sessionId: sessionB }),
      enqueue('rated 1', { kind: 'document.import' }),
      enqueue('rated 2', { kind: 'document.import' }),
      enqueue('asked to wait', { provider: 'slow' }),
      enqueue('behind it', { provider: 'slow' }),
    ],
    work: {
      a1: () => ({ steps: ['part:1'], end: done }),
      'asked to wait': task => ({ steps: [], end: task.attempt === 1 ? fail(true, 5_000) : done }),
    },
    ends: { a1: 'done', a2: 'done', b1: 'done', 'rated 1': 'done', 'rated 2': 'done', 'asked to wait': 'done', 'behind it': 'done' },
  },
];
