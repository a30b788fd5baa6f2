import { frameValueLimit } from '../../shared/contract/worker/frames.ts';
import type { Usage } from '../../shared/domain/budget.ts';
import type { Progress } from '../../shared/domain/progress.ts';
import { TaskFailure } from '../../shared/domain/task-failure.ts';
import type { Ahead } from './ahead.ts';
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
import type { OpenSteps } from './recorded-steps.ts';
import { openSteps } from './recorded-steps.ts';
import type { RecordedStep, ReportedEffect, ReportedStep, RunningTask, Task, TaskEnd, TaskObserver, TaskRunner } from './task-runner.ts';
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
  readonly ahead: Pick<Ahead, 'measured' | 'handedOut' | 'settled'>;
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
  /** The place it shares with others of its kind, one after the other; null for one of its own. */
  readonly place: string | null;
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
  readonly place: string | null;
  /** False for what waits for its place. */
  hasBegun(): boolean;
  /** The runner counts it. */
  isWithRunner(): boolean;
  /** Gives the job back unharmed if it waits for its place. */
  withdraw(): void;
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

/** The attempt is under way when this returns; what it reports comes later. */
export function startAttempt(deps: AttemptDeps, claim: Claim): Attempt {
  return new AttemptAtJob(deps, claim);
}

/**
 * A class, since closures for everything that an attempt may go through and mostly does not cost more memory than the rest
 * of it. It is its own observer of the task.
 */
class AttemptAtJob implements Attempt, TaskObserver {
  readonly #deps: AttemptDeps;
  readonly #claim: Claim;
  readonly lease: Lease;
  readonly verdict: Promise<Verdict>;
  #reason: StopReason | null = null;
  #task: RunningTask | null = null;
  /** Set when a report of the worker could not be accepted; it outweighs whatever the worker says later. */
  #broken: Verdict | null = null;
  #over = false;
  #withdrawn = false;
  /** In its place. */
  #begun = false;
  /** With its runner, behind others of its place. */
  #inLine = false;
  #forced = false;
  /** Tells what is being awaited that it is no longer waited for. */
  #interrupt: (() => void) | null = null;
  #timer: AwakeTimer;
  /** Time awake before the timer at hand. */
  #elapsedBeforeMs = 0;
  readonly #meter: Meter | null;
  #budgetTimer: AwakeTimer | null = null;
  #rest: Usage | null = null;
  /** Made for the first step: most attempts have none. */
  #steps: OpenSteps | null = null;
  /** Made for the first host call. Aborted when nobody waits for an answer any more. */
  #unheard: AbortController | null = null;

  constructor(deps: AttemptDeps, claim: Claim) {
    this.#deps = deps;
    this.#claim = claim;
    const { kind, job } = claim;
    this.lease = { jobId: job.id, leaseToken: job.leaseToken };
    // A machine that sleeps gives no job the time it sleeps.
    this.#timer = startAwakeTimer(deps.clock, kind.timeLimitMs, () => this.#pastTimeLimit());
    this.#meter = deps.budgets?.meter({ ...job, provider: claim.provider }, () => this.#elapsedBeforeMs + this.#timer.elapsedMs()) ?? null;
    this.verdict = this.#conclude();
  }

  get kind(): JobKind {
    return this.#claim.kind;
  }
  get suspect(): boolean {
    return this.#claim.suspect;
  }
  get gates(): readonly string[] {
    return this.#claim.gates;
  }
  get place(): string | null {
    return this.#claim.place;
  }
  hasBegun(): boolean {
    return this.#begun;
  }
  isWithRunner(): boolean {
    return this.#task !== null && !this.#over;
  }
  withdraw(): void {
    if (this.place === null || this.#begun) return;
    this.#withdrawn = true;
    this.#task?.withdraw();
  }
  reserves(): boolean {
    return this.#task === null && !this.#over;
  }
  ask(why: StopReason): void {
    if (this.#over || this.#reason !== null) return;
    this.#reason = why;
    this.#unheard?.abort();
    if (this.#task === null) this.#interrupt?.();
    // At a stop the runner itself tells its workers to leave.
    else if (why !== 'stop') this.#task.cancel();
  }
  force(): void {
    this.#giveUp();
    this.ask('stop');
  }
  chargeRest(turn: Turn): void {
    this.#meter?.charge(turn, this.#rest, 0);
  }

  onBegin(): void {
    this.#begun = true;
    if (!this.#inLine || this.#over) return;
    this.#leaveLine();
    // The time before was that of others.
    if (this.#reason === null) this.#setTimer(this.kind.timeLimitMs, () => this.#pastTimeLimit());
  }
  onProgress(news: Progress): void {
    if (!this.#over) this.#deps.progress.report(this.lease, news);
  }
  onStep(step: ReportedStep): Promise<void> {
    return this.#openSteps().record(step);
  }
  onEffect(effect: ReportedEffect): Promise<void> {
    return this.#openSteps().dispatch(effect);
  }
  onEffectNotDone(effect: { readonly seq: number; readonly name: string }): Promise<void> {
    return this.#openSteps().notDone(effect);
  }
  /**
   * A question that can only be answered later parks the job; the worker is told no, and stopped. What it asks for on the way
   * to that is answered still: the parts of a task begin together.
   */
  async onHostCall(name: string, text: string): Promise<string> {
    // What a host call begins or writes may belong to another attempt by now, or to a job that a person has stopped.
    if (this.#over || this.#reason === 'cancel' || this.#broken?.type === 'lease_lost')
      throw new Error(`The attempt at job ${this.lease.jobId} is over; "${name}" came too late.`);
    try {
      this.#unheard ??= new AbortController();
      return await answer(this.kind, this.#claim.job, name, text, this.#unheard.signal);
    } catch (error) {
      if (error instanceof ParkJob) this.#breakOff(parked(error.wait));
      throw error;
    }
  }

  #openSteps(): OpenSteps {
    if (this.#steps === null) {
      const { kind, job, recorded, inFlight, undo } = this.#claim;
      const breakOff = (verdict: Verdict): void => this.#breakOff(verdict);
      this.#steps = openSteps(this.#deps, kind, job, recorded.length, inFlight, undo !== null, breakOff, this.#meter);
      if (this.#over) this.#steps.close();
    }
    return this.#steps;
  }

  /** Others of its place are still at work, whoever was claimed first: its time limit runs from its beginning. */
  #enterLine(): void {
    this.#inLine = true;
    this.#deps.ahead.handedOut(this);
    if (this.#reason === null) this.#timer.cancel();
  }

  #leaveLine(): void {
    this.#inLine = false;
    this.#deps.ahead.settled(this);
  }

  #setTimer(delayMs: number, callback: () => void): void {
    this.#elapsedBeforeMs += this.#timer.elapsedMs();
    this.#timer.cancel();
    this.#timer = startAwakeTimer(this.#deps.clock, delayMs, callback);
  }

  #pastTimeLimit(): void {
    if (!this.#deps.storageOk()) {
      // The worker may be waiting for a step that the disk does not take; that is not the job's fault.
      this.#setTimer(this.kind.timeLimitMs, () => this.#pastTimeLimit());
      return;
    }
    // A cancelled attempt is past its limit too: then the kill follows all the same.
    this.ask('time_limit');
    this.#setTimer(this.#deps.limits.killGraceMs, () => {
      this.#task?.kill();
      this.#giveUp();
    });
  }

  /** Nothing that is done with a result is waited for any more. */
  #giveUp(): void {
    this.#forced = true;
    if (this.#task !== null) this.#interrupt?.();
  }

  #breakOff(verdict: Verdict): void {
    this.#broken ??= verdict;
    this.#unheard?.abort();
    this.#task?.cancel();
  }

  /** What the kind prepares, unless the attempt is asked to stop before. */
  #prepared(): Promise<string | Verdict | typeof interrupted> {
    return new Promise(resolve => {
      this.#interrupt = () => {
        resolve(interrupted);
      };
      void prepare(this.kind, this.#claim.job).then(resolve);
    });
  }

  #untilForced(): Promise<typeof interrupted> {
    return new Promise(resolve => {
      this.#interrupt = () => {
        resolve(interrupted);
      };
      if (this.#forced) resolve(interrupted);
    });
  }

  /** The budget's time is up when it is up, whatever the task is doing. */
  #watchBudget(counted: Meter): void {
    const left = counted.wallLeft();
    if (left === null) return;
    // What is settled looks once more: the limit may have been raised, or the day may have ended.
    this.#budgetTimer = startAwakeTimer(this.#deps.clock, left.ms, () => {
      this.#breakOff(parked(left.wait));
    });
  }

  async #conclude(): Promise<Verdict> {
    try {
      return await this.#live();
    } catch (error) {
      this.#deps.log('error', `An attempt broke inside the engine: ${sentenceOf(error)}`, { jobId: this.lease.jobId });
      return failed('internal', sentenceOf(error), true);
    } finally {
      this.#over = true;
      this.#unheard?.abort();
      if (this.#inLine) this.#leaveLine();
      this.#steps?.close();
      this.#timer.cancel();
      this.#budgetTimer?.cancel();
    }
  }

  async #live(): Promise<Verdict> {
    const { kind, undo, recorded, inFlight, timesSuperseded } = this.#claim;
    const { timeLimitMs } = kind;
    // What undoes a job is done whatever it costs.
    if (undo !== null) return this.#undo(undo);
    const wait = this.#meter?.exceeded() ?? null;
    if (wait !== null) return parked(wait);
    if (this.#meter !== null) this.#watchBudget(this.#meter);
    const prepared = await this.#prepared();
    this.#interrupt = null;
    if (this.#broken !== null && this.#reason === null) return this.#broken;
    if (prepared === interrupted || this.#reason !== null) return stoppedVerdict(this.#reason ?? 'stop', timeLimitMs);
    if (typeof prepared !== 'string') return prepared;
    if (this.#withdrawn) return { type: 'lost', charge: 'nothing', message: 'shutdown: It was claimed ahead and not begun.' };
    const end = await this.#run({ input: prepared, recorded, inFlight, run: timesSuperseded });
    const broken = this.#brokenOff();
    if (broken !== null) return broken;
    return end.type === 'done' ? this.#accept(end) : verdictOf(end, this.#reason, timeLimitMs);
  }

  /** Whatever the worker was killed for: the next attempt must not meet what this one has left. */
  async #tidyAfterLoss(): Promise<void> {
    const { kind, job } = this.#claim;
    if (kind.afterLoss === undefined) return;
    const late = Promise.withResolvers<void>();
    const cancelTimer = this.#deps.clock.setTimer(tidyLimitMs, late.resolve);
    try {
      await Promise.race([kind.afterLoss(job), late.promise]);
    } catch (error) {
      this.#deps.log('error', `afterLoss of ${kind.name} threw: ${sentenceOf(error)}`, { jobId: job.id });
    } finally {
      cancelTimer();
    }
  }

  async #undo({ steps: left, question, unreadable }: Undo): Promise<Verdict> {
    if (question !== null) return { type: 'indeterminate', step: question };
    if (unreadable !== null) return failed('bad_compensation', unreadable, false);
    if (left.length === 0) return { type: 'undone' };
    const end = await this.#run({ input: 'null', recorded: [], undo: left });
    const broken = this.#brokenOff();
    if (broken !== null) return broken;
    return end.type === 'done' ? { type: 'undone' } : verdictOf(end, this.#reason, this.kind.timeLimitMs);
  }

  /** What was asked of the attempt comes before a wait; a failure and a lost lease come before both. */
  #brokenOff(): Verdict | null {
    return this.#broken?.type === 'parked' && this.#reason !== null ? stoppedVerdict(this.#reason, this.kind.timeLimitMs) : this.#broken;
  }

  async #run(work: Pick<Task, 'input' | 'recorded' | 'inFlight' | 'run' | 'undo'>): Promise<TaskEnd> {
    const { kind, job } = this.#claim;
    const { id, leaseToken, attempt, traceId } = job;
    const { place } = this.#claim;
    const task = { jobId: id, kind: kind.name, worker: kind.worker, leaseToken, attempt, traceId, ...work };
    try {
      this.#task = this.#deps.runner.run(place === null ? task : { ...task, place }, this);
      if (place !== null && !this.#begun) this.#enterLine();
    } catch (error) {
      return { type: 'lost', cause: 'worker_start', message: sentenceOf(error) };
    }
    const end = await this.#task.ended;
    if (end.type === 'done' && end.tookMs !== undefined) this.#deps.ahead.measured(kind, end.tookMs);
    if ('usage' in end) this.#rest = end.usage ?? null;
    if (end.type === 'lost') await this.#tidyAfterLoss();
    return end;
  }

  async #accept(end: Extract<TaskEnd, { type: 'done' }>): Promise<Verdict> {
    const { kind, job } = this.#claim;
    const read = readOutput(kind, end);
    if (!read.ok) return failed('bad_output', `The result of ${kind.name} does not fit its schema: ${read.message}`, true);
    if (kind.beforeDone !== undefined) {
      try {
        const adopted = await Promise.race([kind.beforeDone(job, read.output), this.#untilForced()]);
        if (adopted === interrupted)
          return stoppedVerdict(this.#reason === 'cancel' ? 'time_limit' : (this.#reason ?? 'stop'), kind.timeLimitMs);
      } catch (error) {
        return failed('not_accepted', sentenceOf(error), true);
      }
    }
    return { type: 'done', output: read.output, issues: end.issues };
  }
}

/** Milliseconds a kind has to tidy up after a lost worker: several times what the end of a browser and its folder take. */
const tidyLimitMs = 10_000;

const interrupted = Symbol('interrupted');

/** The worker's input as JSON text, or why there is none. Never rejects. */
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
    if (error instanceof TaskFailure) return failed(error.code, error.message, error.retryable);
    return failed('prepare_failed', sentenceOf(error), true);
  }
}

async function answer(kind: JobKind, job: JobRef<unknown>, name: string, text: string, signal: AbortSignal): Promise<string> {
  if (kind.hostCall === undefined) throw new Error(`${kind.name} asks nothing of its host; "${name}" has no answer.`);
  const input = parseText(text);
  if (!input.ok) throw new Error(`The question "${name}" is not JSON.`);
  return JSON.stringify((await kind.hostCall(job, name, input.value, signal)) ?? null);
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
