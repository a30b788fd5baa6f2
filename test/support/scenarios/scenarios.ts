import type { StoredBudget } from '../../../src/main/engine/budget-store.ts';
import { untilChildrenEnd } from '../../../src/main/engine/park-job.ts';
import type { Scenario } from './scenario.ts';
import {
  askAgain,
  cancel,
  done,
  enqueue,
  fail,
  fork,
  resume,
  retry,
  retryFrom,
  tryNow,
  saveSchedule,
  seenTo,
  sessionsOfTests,
  setBudget,
  sleepThrough,
  sleepUntil,
  switchOff,
  waitUntil,
} from './scenario.ts';
import { scenarioKind } from './scenario-kind.ts';

const [sessionA = null, sessionB = null] = sessionsOfTests;

/** A long payload, kept beside the row. */
const padding = 'x'.repeat(6_000);

/** What each step of the budgets' story uses up, and its end beside. */
const step = { tokens: 10, moneyMinor: 0.25 };
const paidEnd = { ...done, usage: { tokens: 3, moneyMinor: 0 } };

function budget(scope: StoredBudget['scope'], subject: string, period: StoredBudget['period'], tokens: number): StoredBudget {
  return { scope, subject, period, limits: { tokens, moneyMinor: null, steps: null, wallMs: null } };
}

/** A job that a schedule started belongs to one planned time, which knows it. */
const plannedOnce = {
  'started-by-its-time': `
    SELECT id, idempotency_key FROM job WHERE idempotency_key LIKE 'schedule:%' AND (
      SELECT count(*) FROM schedule_run WHERE job_id = job.id
        AND 'schedule:' || schedule_id || ':' || planned_at_ms = job.idempotency_key) <> 1`,
  'started-and-there':
    "SELECT schedule_id, planned_at_ms FROM schedule_run WHERE outcome = 'started' AND job_id NOT IN (SELECT id FROM job)",
};

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
      // Far beyond the story's end: it is done only because it was asked for now.
      enqueue('put off', { afterMs: 86_400_000 }),
      tryNow('put off'),
    ],
    work: {
      'three steps': () => ({ steps: ['part:1', 'part:2', 'part:3'], end: done }),
      'second try': task => ({ steps: ['part:1'], end: task.attempt === 1 ? fail(true) : done }),
      'fails for good': () => ({ steps: ['part:1'], end: fail(false) }),
    },
    ends: { 'three steps': 'done', 'no step': 'done', 'second try': 'done', 'fails for good': 'failed', later: 'done', 'put off': 'done' },
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
    proves:
      'A parent goes on with the end of its last child, and takes its children with it when it is cancelled, also when they are so many that it takes several transactions.',
    limits: { childrenPerCommit: 1 },
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
  {
    name: 'effects',
    proves:
      'What happens outside happens as often as somebody called for it; what nobody can tell waits for a person, and goes on as the person said.',
    kinds: stage => [scenarioKind(stage, 'chat.answer')],
    asks: [enqueue('safe to repeat'), enqueue('can be looked up'), enqueue('it happened'), enqueue('send it again'), enqueue('let it be')],
    work: {
      'safe to repeat': () => ({ steps: ['put:1', 'put:2', 'part:3'], end: done }),
      'can be looked up': task => ({
        steps: ['part:1', 'send:2', 'send:3'],
        end: done,
        canLook: true,
        stopsBeforeSending: task.attempt === 1,
      }),
      'it happened': () => ({ steps: ['part:1', 'send:2', 'part:3'], end: done, losesOutcomes: fail(true) }),
      'send it again': ({ run = 0 }) => ({ steps: ['send:1', 'part:2'], end: done, ...(run === 0 ? { losesOutcomes: fail(true) } : {}) }),
      'let it be': () => ({ steps: ['part:1', 'send:2'], end: done, losesOutcomes: fail(true), undoable: true }),
    },
    person: {
      'it happened': () => 'done',
      'send it again': () => 'repeat',
      'let it be': () => 'drop',
    },
    ends: {
      'safe to repeat': 'done',
      'can be looked up': 'done',
      'it happened': 'done',
      'send it again': 'done',
      'let it be': 'cancelled',
    },
  },
  {
    name: 'undoing',
    proves:
      'A job that fails or is cancelled is undone, the last step first and each once; what cannot be undone is named, and goes on by hand.',
    kinds: stage => [scenarioKind(stage, 'chat.answer')],
    asks: [
      enqueue('fails'),
      enqueue('is cancelled'),
      enqueue('done by hand'),
      enqueue('left as it is'),
      enqueue('undone and again'),
      enqueue('fails in doubt'),
      cancel('is cancelled'),
      retry('undone and again'),
    ],
    work: {
      // Its last undoing does not succeed at once.
      fails: task => ({
        steps: ['part:1', 'put:2', 'part:3'],
        end: fail(false),
        undoable: true,
        undo: step => (step === 'part:1' && task.attempt === 1 ? fail(true) : null),
      }),
      'is cancelled': () => ({ steps: ['part:1', 'part:2'], end: 'hang', undoable: true }),
      'done by hand': () => ({
        steps: ['part:1', 'part:2', 'part:3'],
        end: fail(false),
        undoable: true,
        undo: step => (step === 'part:2' ? fail(false) : null),
      }),
      'left as it is': () => ({
        steps: ['part:1', 'part:2'],
        end: fail(false),
        undoable: true,
        undo: step => (step === 'part:1' ? fail(false) : null),
      }),
      // A person has to say first whether there is something to undo.
      'fails in doubt': () => ({ steps: ['part:1', 'send:2'], end: fail(false), undoable: true, losesOutcomes: fail(false) }),
      'undone and again': ({ run = 0 }) => ({
        steps: ['part:1', 'send:2', 'part:3'],
        end: run === 0 ? fail(false) : done,
        undoable: true,
        canLook: true,
      }),
    },
    person: {
      'fails in doubt': ({ what }) => (what === 'effect' ? 'done' : 'repeat'),
      'done by hand': ({ name }) => (name === 'part:2' ? 'done' : 'repeat'),
      'left as it is': ({ name }) => (name === 'part:1' ? 'drop' : 'repeat'),
    },
    ends: {
      fails: 'failed',
      'is cancelled': 'cancelled',
      'done by hand': 'failed',
      'left as it is': 'failed',
      'undone and again': 'done',
      'fails in doubt': 'failed',
    },
    refutes: {
      'ends-with-its-own-error': "SELECT id, error_code FROM job WHERE state = 'failed' AND error_code <> 'busy'",
    },
  },
  {
    name: 'running steps again',
    proves: 'From a step on, in the same job or in another that begins with the steps before: what stands is not run again.',
    kinds: stage => [scenarioKind(stage, 'chat.answer')],
    asks: [
      enqueue('from the second'),
      enqueue('forked', { payload: { key: 'forked', padding } }),
      retryFrom('from the second', 2),
      fork('forked', 3),
    ],
    work: {
      'from the second': ({ run = 0 }) => ({ steps: ['part:1', 'part:2', 'part:3'], end: run === 0 ? fail(false) : done }),
      forked: () => ({ steps: ['part:1', 'send:2', 'part:3'], end: done, canLook: true }),
      'forked again': () => ({ steps: ['part:1', 'send:2', 'part:3'], end: done, canLook: true }),
    },
    ends: { 'from the second': 'done', forked: 'done', 'forked again': 'done' },
    refutes: {
      'set-aside-once': 'SELECT job_id, run, name FROM job_step_superseded WHERE run > 1 OR seq < 2',
      'sent-by-a-fork': `SELECT job_id, detail FROM job_event JOIN job ON job.id = job_id WHERE forked_from IS NOT NULL AND type = 'dispatched'`,
      'one-fork': 'SELECT forked_from FROM job WHERE forked_from IS NOT NULL GROUP BY 1 HAVING count(*) > 1',
    },
  },
  {
    name: 'schedules',
    proves: 'Each planned time starts its job once, whatever dies or jumps; what was missed while the program was off is one run.',
    kinds: stage => [scenarioKind(stage, 'chat.answer')],
    // Long enough for two planned times to pass unseen.
    offMs: 150_000,
    goesByTheClock: true,
    asks: [
      saveSchedule('each minute'),
      saveSchedule('fails at first'),
      seenTo('each minute', 2),
      seenTo('fails at first', 2),
      switchOff('each minute'),
      switchOff('fails at first'),
    ],
    work: {
      'each minute': () => ({ steps: ['part:1'], end: done }),
      'fails at first': task => ({ steps: ['part:1'], end: task.attempt === 1 ? fail(true) : done }),
    },
    ends: { 'each minute': 'done', 'fails at first': 'done' },
    refutes: {
      ...plannedOnce,
      'no-storm': 'SELECT schedule_id, at_ms FROM schedule_run GROUP BY 1, 2 HAVING count(*) > 1',
      'planned-by-its-expression': 'SELECT schedule_id, planned_at_ms FROM schedule_run WHERE planned_at_ms % 60000 <> 0',
    },
  },
  {
    name: 'nights on which the clock is changed',
    proves: 'A time of the day that the clock leaps over, or passes twice, comes once.',
    kinds: stage => [scenarioKind(stage, 'chat.answer')],
    goesByTheClock: true,
    // In Berlin 02:00 is followed by 03:00, half a minute from here.
    beginsAtMs: Date.UTC(2027, 2, 28, 0, 59, 30),
    asks: [
      saveSchedule('nightly', { cron: '30 2 * * *', timeZone: 'Europe/Berlin' }),
      waitUntil(Date.UTC(2027, 2, 28, 1, 1)),
      // The night of 03:00 followed by 02:00: half past two comes at 00:30 and 01:30 UTC.
      sleepUntil(Date.UTC(2027, 9, 31, 0, 29, 30)),
      waitUntil(Date.UTC(2027, 9, 31, 0, 31)),
      sleepUntil(Date.UTC(2027, 9, 31, 1, 29, 30)),
      waitUntil(Date.UTC(2027, 9, 31, 1, 31)),
      switchOff('nightly'),
    ],
    work: { nightly: () => ({ steps: ['part:1'], end: done }) },
    ends: { nightly: 'done' },
    refutes: {
      ...plannedOnce,
      // Half past two in Berlin is never the day before or after in UTC.
      'once-a-day': 'SELECT planned_at_ms / 86400000 AS day FROM schedule_run GROUP BY 1 HAVING count(*) > 1',
    },
  },
  {
    name: 'budgets',
    proves: 'A job spends what its steps and ends say, once each; what is used up stops it until somebody gives more or the day ends.',
    kinds: stage => [scenarioKind(stage, 'chat.answer')],
    goesByTheClock: true,
    // A day of the harness ends at midnight UTC, a minute and a half from here.
    beginsAtMs: Date.UTC(2027, 0, 15, 23, 58, 30),
    asks: [
      setBudget(budget('session', String(sessionA), 'ever', 15)),
      setBudget(budget('provider', 'metered', 'day', 25)),
      // Large enough for nobody to notice: with it time is counted, too.
      setBudget({
        ...budget('program', '', 'ever', 1_000_000),
        limits: { tokens: null, moneyMinor: null, steps: null, wallMs: 1_000_000_000_000 },
      }),
      enqueue('until it is raised', { sessionId: sessionA }),
      enqueue('until the day ends', { provider: 'metered' }),
      enqueue('nobody limits it', { sessionId: sessionB }),
      setBudget(budget('session', String(sessionA), 'ever', 1_000), 'until it is raised'),
      sleepThrough('until the day ends'),
    ],
    work: {
      'until it is raised': () => ({ steps: ['part:1', 'part:2', 'part:3'], end: paidEnd, usage: step }),
      'until the day ends': () => ({ steps: ['part:1', 'part:2', 'part:3', 'part:4'], end: paidEnd, usage: step }),
      'nobody limits it': () => ({ steps: ['part:1', 'part:2'], end: paidEnd, usage: step }),
    },
    ends: { 'until it is raised': 'done', 'until the day ends': 'done', 'nobody limits it': 'done' },
    refutes: {
      // An attempt whose result could not be kept has used up what it used up.
      'charged-once': `
        SELECT id, tokens, steps_done, retries FROM (
          SELECT id, steps_done, coalesce((SELECT sum(tokens) FROM budget_spent WHERE scope = 'job' AND subject = job.id), 0) AS tokens,
            (SELECT count(*) FROM job_event WHERE job_id = job.id AND type = 'retry') AS retries FROM job)
        WHERE tokens - 10 * steps_done NOT BETWEEN 3 AND 3 * (1 + retries) OR (tokens - 10 * steps_done) % 3 <> 0`,
    },
  },
];
