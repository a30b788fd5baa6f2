import type { JobState } from '../../src/shared/domain/job-state.ts';

export type ModelEnd = 'done' | 'fail' | 'fail_for_good' | 'worker_exit' | 'worker_start' | 'shutdown' | 'park';

export interface ModelJob {
  readonly key: string;
  readonly priority: number;
  /** Null for no session. */
  readonly session: string | null;
  /** Order of creation. */
  readonly age: number;
  state: JobState;
  dueAtMs: number;
  /** When its wait runs out and it goes on. */
  expiresAtMs: number;
  attempt: number;
  losses: number;
  deaths: number;
  steps: number;
  cancelRequested: boolean;
}

export interface ModelRules {
  readonly concurrency: number;
  /** Of one session at the same time. */
  readonly perSession: number;
  readonly delaysMs: readonly number[];
  readonly losses: number;
  readonly deaths: number;
  /** How long a parked job waits at most. */
  readonly waitMs: number;
  /** A waiting job's priority grows by one with each of these since it was due. */
  readonly msPerPoint: number;
}

/** The engine as one would explain it: a list of jobs and what happens to them. No leases, no turns, no database. */
export class JobModel {
  readonly jobs: ModelJob[] = [];
  readonly rules: ModelRules;
  nowMs: number;
  paused = false;
  /** While storage refuses, ends wait here in their order. */
  refusing = false;
  private kept: { job: ModelJob; end: ModelEnd; expiresAtMs: number }[] = [];

  constructor(rules: ModelRules, nowMs: number) {
    this.rules = rules;
    this.nowMs = nowMs;
  }

  inState(...states: JobState[]): ModelJob[] {
    return this.jobs.filter(job => states.includes(job.state));
  }

  /** Jobs a worker still holds: running and not yet reported. */
  held(): ModelJob[] {
    return this.inState('running').filter(job => !this.kept.some(kept => kept.job === job));
  }

  /** Null when a new job is made. */
  enqueue(key: string, priority: number, delayMs: number, session: string | null): ModelJob | null {
    const active = this.inState('scheduled', 'queued', 'running', 'waiting').find(job => job.key === key);
    if (active !== undefined) return active;
    this.jobs.push({
      key,
      priority,
      session,
      age: this.jobs.length,
      state: delayMs > 0 ? 'scheduled' : 'queued',
      dueAtMs: this.nowMs + delayMs,
      expiresAtMs: 0,
      attempt: 0,
      losses: 0,
      deaths: 0,
      steps: 0,
      cancelRequested: false,
    });
    this.turn();
    return null;
  }

  step(job: ModelJob): void {
    job.steps += 1;
    job.losses = 0;
  }

  end(job: ModelJob, end: ModelEnd): void {
    const expiresAtMs = this.nowMs + this.rules.waitMs;
    if (this.refusing) this.kept.push({ job, end, expiresAtMs });
    else {
      this.settle(job, end, expiresAtMs);
      this.turn();
    }
  }

  cancel(job: ModelJob): void {
    if (job.state === 'running') job.cancelRequested = true;
    else job.state = 'cancelled';
    this.turn();
  }

  resume(job: ModelJob): void {
    job.state = 'queued';
    this.turn();
  }

  tryNow(job: ModelJob): void {
    Object.assign(job, { state: 'queued', dueAtMs: Math.min(job.dueAtMs, this.nowMs) });
    this.turn();
  }

  retry(job: ModelJob): void {
    Object.assign(job, { state: 'queued', attempt: 0, losses: 0, deaths: 0, cancelRequested: false, dueAtMs: this.nowMs });
    this.turn();
  }

  advance(ms: number): void {
    const untilMs = this.nowMs + ms;
    while (!this.refusing) {
      const next = Math.min(...this.inState('scheduled').map(job => job.dueAtMs), ...this.inState('waiting').map(job => job.expiresAtMs));
      if (next > untilMs) break;
      this.nowMs = Math.max(this.nowMs, next);
      this.turn();
    }
    this.nowMs = untilMs;
  }

  /** Storage takes writes again; the engine notices `afterMs` later. */
  allow(afterMs: number): void {
    this.refusing = false;
    this.nowMs += afterMs;
    for (const { job, end, expiresAtMs } of this.kept) this.settle(job, end, expiresAtMs);
    this.kept = [];
    this.turn();
  }

  crash(): void {
    this.kept = [];
    this.refusing = false;
    this.paused = false;
    for (const job of this.inState('running')) {
      if (job.cancelRequested) job.state = 'cancelled';
      else if (job.losses + 1 >= this.rules.losses) Object.assign(job, { state: 'failed', cancelRequested: false });
      else this.giveBack(job, 0);
    }
    this.turn();
  }

  /** What is due is queued, and the first in line take the free places. */
  turn(): void {
    for (const job of this.inState('scheduled')) if (job.dueAtMs <= this.nowMs) job.state = 'queued';
    for (const job of this.inState('waiting')) if (job.expiresAtMs <= this.nowMs) job.state = 'queued';
    if (this.paused) return;
    const aged = (job: ModelJob): number => job.priority + Math.floor(Math.max(0, this.nowMs - job.dueAtMs) / this.rules.msPerPoint);
    const line = this.inState('queued').sort((a, b) => aged(b) - aged(a) || a.dueAtMs - b.dueAtMs || a.age - b.age);
    for (const job of line) {
      const running = this.inState('running');
      // A place for any job comes first; a session that has its share is passed over.
      if (running.length >= this.rules.concurrency || running.some(other => other.deaths > 0)) return;
      if (job.session !== null && running.filter(other => other.session === job.session).length >= this.rules.perSession) continue;
      // A suspect runs alone, and the line waits behind it.
      if (job.deaths > 0 && running.length > 0) return;
      job.state = 'running';
      job.attempt += 1;
    }
  }

  private settle(job: ModelJob, end: ModelEnd, expiresAtMs: number): void {
    if (end === 'done') Object.assign(job, { state: 'done', cancelRequested: false });
    else if (job.cancelRequested) job.state = 'cancelled';
    else if (end === 'park') Object.assign(job, { state: 'waiting', attempt: job.attempt - 1, expiresAtMs });
    else if (end === 'fail' || end === 'fail_for_good') this.fail(job, end === 'fail' ? this.rules.delaysMs[job.attempt - 1] : undefined);
    else if (end === 'worker_exit' && job.deaths + 1 >= this.rules.deaths) job.state = 'failed';
    else if (end !== 'shutdown' && job.losses + 1 >= this.rules.losses) job.state = 'failed';
    else this.giveBack(job, end === 'worker_exit' ? 1 : 0, end === 'shutdown' ? 0 : 1);
  }

  private fail(job: ModelJob, delayMs: number | undefined): void {
    if (delayMs === undefined) job.state = 'failed';
    else Object.assign(job, { state: 'scheduled', dueAtMs: this.nowMs + delayMs });
  }

  private giveBack(job: ModelJob, deaths: number, losses = 1): void {
    Object.assign(job, { state: 'queued', attempt: job.attempt - 1, deaths: job.deaths + deaths, losses: job.losses + losses });
  }
}
