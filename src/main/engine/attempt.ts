import { frameValueLimit } from '../../shared/contract/worker/frames.ts';
import type { Usage } from '../../shared/domain/budget.ts';
import type { Budgets, Meter } from './budgets.ts';
import type { Clock } from './clock.ts';
import type { AwakeTimer } from '../../shared/domain/awake-timer.ts';
import { startAwakeTimer } from '../../shared/domain/awake-timer.ts';
import type { EngineEvent } from './engine-api.ts';
import type { EngineLog } from './engine-log.ts';
import { sentenceOf } from './engine-log.ts';
import type { GroupCommit, Turn } from './group-commit.ts';
import { issueOf } from './job-hooks.ts';
import type { JobKind, JobRef } from './job-kind.ts';
import type { JobStore, Lease } from './job-store.ts';
import type { EngineLimits } from './limits.ts';
import { ParkJob } from './park-job.ts';
import type { ProgressBoard } from './progress-board.ts';
import { openSteps } from './recorded-steps.ts';
import type { RecordedStep, RunningTask, Task, TaskEnd, TaskRunner } from './task-runner.ts';
import type { Undo } from './undo.ts';
import type { StopReason, Verdict } from './verdict.ts';
import { failed, parked, stoppedVerdict, verdictOf } from './verdict.ts';

export interface AttemptDeps {
  readonly store: JobStore;
  readonly runner: TaskRunner;
  readonly clock: Clock;
  readonly commit: Pick<GroupCommit, 'submit'>;
  readonly progress: ProgressBoard;
  readonly limits: EngineLimits;
  readonly log: EngineLog;
  readonly storageOk: () => boolean;
  readonly emit: (event: EngineEvent) => void;
  /** Null when nothing is counted. */
  readonly budgets: Pick<Budgets, 'meter'> | null;
}

/** A claimed job with all that its attempt needs. */
export interface Claim {
  readonly kind: JobKind;
  readonly job: JobRef<unknown>;
  readonly recorded: readonly RecordedStep[];
  /** Effects of earlier attempts without an outcome. */
  readonly inFlight: readonly string[];
  readonly timesSuperseded: number;
  /** What it is claimed to undo; null for the work itself. */
  readonly undo: Undo | null;
  /** Its worker died under it before: it runs alone on its worker, so that a second death is its own. */
  readonly suspect: boolean;
  readonly provider: string | null;
  /** Names of the gates it has passed. */
  readonly gates: readonly string[];
}

/** One attempt from its claim until its end is known. */
export interface Attempt {
  readonly lease: Lease;
  readonly kind: JobKind;
  readonly suspect: boolean;
  readonly gates: readonly string[];
  /** True until the task is with the runner: its place there is not yet counted by the runner itself. */
  reserves(): boolean;
  /** Cooperative. The first reason stands. */
  ask(reason: StopReason): void;
  /** Gives up on what the attempt awaits; its late results fall on a closed door. */
  force(): void;
  /** In the transaction that settles it: charges what no step has charged. */
  chargeRest(turn: Turn): void;
  /** Never rejects. After it the attempt writes nothing and its timers are gone. */
  readonly verdict: Promise<Verdict>;
}

export function startAttempt(deps: AttemptDeps, claim: Claim): Attempt {
  const { clock, runner, log } = deps;
  const { kind, job } = claim;
  const lease: Lease = { jobId: job.id, leaseToken: job.leaseToken };
  const asked = Promise.withResolvers<typeof interrupted>();
  const forced = Promise.withResolvers<typeof interrupted>();
  let reason: StopReason | null = null;
  let task: RunningTask | null = null;
  /** Set when a report of the worker could not be accepted; it outweighs whatever the worker says later. */
  let broken: Verdict | null = null;
  let over = false;
  // A machine that sleeps gives no job the time it sleeps.
  let timer = startAwakeTimer(clock, kind.timeLimitMs, pastTimeLimit);

  /** Time awake before the timer at hand. */
  let elapsedBeforeMs = 0;
  const meter = deps.budgets?.meter({ ...job, provider: claim.provider }, () => elapsedBeforeMs + timer.elapsedMs()) ?? null;
  let budgetTimer: AwakeTimer | null = null;
  let rest: Usage | null = null;

  function setTimer(delayMs: number, callback: () => void): void {
    elapsedBeforeMs += timer.elapsedMs();
    timer.cancel();
    timer = startAwakeTimer(clock, delayMs, callback);
  }

  function ask(why: StopReason): void {
    if (over || reason !== null) return;
    reason = why;
    asked.resolve(interrupted);
    // At a stop the runner itself tells its workers to leave.
    if (why !== 'stop') task?.cancel();
  }

  function pastTimeLimit(): void {
    if (!deps.storageOk()) {
      // The worker may be waiting for a step that the disk does not take; that is not the job's fault.
      setTimer(kind.timeLimitMs, pastTimeLimit);
      return;
    }
    // A cancelled attempt is past its limit too: then the kill follows all the same.
    ask('time_limit');
    setTimer(deps.limits.killGraceMs, () => {
      task?.kill();
      forced.resolve(interrupted);
    });
  }

  function breakOff(verdict: Verdict): void {
    broken ??= verdict;
    task?.cancel();
  }

  const steps = openSteps(deps, kind, job, claim.recorded.length, claim.inFlight, claim.undo !== null, breakOff, meter);

  /** The budget's time is up when it is up, whatever the task is doing. */
  function watchBudget(counted: Meter): void {
    const left = counted.wallLeft();
    if (left === null) return;
    // What is settled looks once more: the limit may have been raised, or the day may have ended.
    budgetTimer = startAwakeTimer(clock, left.ms, () => {
      breakOff(parked(left.wait));
    });
  }

  async function live(): Promise<Verdict> {
    // What undoes a job is done whatever it costs.
    if (claim.undo !== null) return undo(claim.undo);
    const wait = meter?.exceeded() ?? null;
    if (wait !== null) return parked(wait);
    if (meter !== null) watchBudget(meter);
    const prepared = await Promise.race([prepare(kind, job), asked.promise]);
    if (broken !== null && reason === null) return broken;
    if (prepared === interrupted || reason !== null) return stoppedVerdict(reason ?? 'stop', kind.timeLimitMs);
    if (typeof prepared !== 'string') return prepared;
    const end = await run({ input: prepared, recorded: claim.recorded, inFlight: claim.inFlight, run: claim.timesSuperseded });
    // What was asked of the attempt comes before a wait; a failure and a lost lease come before both.
    if (broken !== null) return broken.type === 'parked' && reason !== null ? stoppedVerdict(reason, kind.timeLimitMs) : broken;
    return end.type === 'done' ? accept(end) : verdictOf(end, reason, kind.timeLimitMs);
  }

  async function undo({ steps: left, question, unreadable }: Undo): Promise<Verdict> {
    if (question !== null) return { type: 'indeterminate', step: question };
    if (unreadable !== null) return failed('bad_compensation', unreadable, false);
    if (left.length === 0) return { type: 'undone' };
    const end = await run({ input: 'null', recorded: [], undo: left });
    if (broken !== null) return broken;
    return end.type === 'done' ? { type: 'undone' } : verdictOf(end, reason, kind.timeLimitMs);
  }

  async function run(work: Pick<Task, 'input' | 'recorded' | 'inFlight' | 'run' | 'undo'>): Promise<TaskEnd> {
    try {
      task = runner.run(
        {
          jobId: job.id,
          kind: kind.name,
          worker: kind.worker,
          leaseToken: job.leaseToken,
          attempt: job.attempt,
          traceId: job.traceId,
          ...work,
        },
        {
          onProgress: news => {
            if (!over) deps.progress.report(lease, news);
          },
          onStep: steps.record,
          onEffect: steps.dispatch,
          onEffectNotDone: steps.notDone,
          onHostCall: answerOrPark,
        },
      );
    } catch (error) {
      return { type: 'lost', cause: 'worker_start', message: sentenceOf(error) };
    }
    const end = await task.ended;
    if ('usage' in end) rest = end.usage ?? null;
    return end;
  }

  /** A question that can only be answered later parks the job; the worker is told no, and stopped. */
  async function answerOrPark(name: string, text: string): Promise<string> {
    try {
      return await answer(kind, job, name, text);
    } catch (error) {
      if (error instanceof ParkJob) breakOff(parked(error.wait));
      throw error;
    }
  }

  async function accept(end: Extract<TaskEnd, { type: 'done' }>): Promise<Verdict> {
    const read = readOutput(kind, end);
    if (!read.ok) return failed('bad_output', `The result of ${kind.name} does not fit its schema: ${read.message}`, true);
    if (kind.beforeDone !== undefined) {
      try {
        const adopted = await Promise.race([kind.beforeDone(job, read.output), forced.promise]);
        if (adopted === interrupted) return stoppedVerdict(reason === 'cancel' ? 'time_limit' : (reason ?? 'stop'), kind.timeLimitMs);
      } catch (error) {
        return failed('not_accepted', sentenceOf(error), true);
      }
    }
    return { type: 'done', output: read.output, issues: end.issues };
  }

  const verdict = live()
    .catch((error: unknown): Verdict => {
      log('error', `An attempt broke inside the engine: ${sentenceOf(error)}`, { jobId: job.id });
      return failed('internal', sentenceOf(error), true);
    })
    .then(result => {
      over = true;
      steps.close();
      timer.cancel();
      budgetTimer?.cancel();
      return result;
    });

  return {
    lease,
    kind,
    suspect: claim.suspect,
    gates: claim.gates,
    reserves: () => task === null && !over,
    ask,
    force: () => {
      forced.resolve(interrupted);
      ask('stop');
    },
    chargeRest: turn => {
      meter?.charge(turn, rest);
    },
    verdict,
  };
}

const interrupted = Symbol('interrupted');

/** The worker's input as JSON text, or why there is none. */
async function prepare(kind: JobKind, job: JobRef<unknown>): Promise<string | Verdict> {
  try {
    const input = await kind.prepare(job);
    const parsed = kind.input.safeParse(input);
    if (!parsed.success) return failed('bad_input', `What ${kind.name} prepared does not fit its schema: ${issueOf(parsed.error)}`, true);
    const text = JSON.stringify(parsed.data);
    // Handed over, it would be refused by the worker's end of the pipe, and the death of a worker would be blamed on the job.
    if (text.length > frameValueLimit)
      return failed(
        'input_too_large',
        `What ${kind.name} prepared has ${text.length} characters; a worker takes at most ${frameValueLimit}. Divide the material.`,
        false,
      );
    return text;
  } catch (error) {
    if (error instanceof ParkJob) return parked(error.wait);
    return failed('prepare_failed', sentenceOf(error), true);
  }
}

async function answer(kind: JobKind, job: JobRef<unknown>, name: string, text: string): Promise<string> {
  if (kind.hostCall === undefined) throw new Error(`${kind.name} asks nothing of its host; "${name}" has no answer.`);
  const input = parseText(text);
  if (!input.ok) throw new Error(`The question "${name}" is not JSON.`);
  return JSON.stringify((await kind.hostCall(job, name, input.value)) ?? null);
}

function readOutput(
  kind: JobKind,
  { output, checked }: Extract<TaskEnd, { type: 'done' }>,
): { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly message: string } {
  if (checked !== undefined && checked.schema === kind.output) return { ok: true, output: checked.value };
  const text = parseText(output);
  if (!text.ok) return { ok: false, message: 'it is not JSON.' };
  const parsed = kind.output.safeParse(text.value);
  return parsed.success ? { ok: true, output: parsed.data } : { ok: false, message: issueOf(parsed.error) };
}

function parseText(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}
