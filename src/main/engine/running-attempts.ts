import type { Attempt, AttemptDeps, Claim } from './attempt.ts';
import { startAttempt } from './attempt.ts';
import { sentenceOf } from './engine-log.ts';
import type { Family } from './family.ts';
import type { Gates } from './gates.ts';
import type { GroupCommit, Turn } from './group-commit.ts';
import type { EngineEvent } from './engine-api.ts';
import type { JobRef } from './job-kind.ts';
import type { SettlementDeps } from './settlement-deps.ts';
import type { Finished } from './settlement.ts';
import { finishAll, settle } from './settlement.ts';

/** The attempts of this process from their claim until their ends are committed; each keeps its place until then. */
export function createRunningAttempts(deps: {
  readonly attempt: AttemptDeps;
  readonly commit: Pick<GroupCommit, 'submit' | 'wake'>;
  readonly gates: Pick<Gates, 'slowDown'>;
  readonly random: () => number;
  /** By lease token; the same map that the claim counts places in. */
  readonly attempts: Map<string, Attempt>;
  readonly family: () => Family;
  /** An attempt has given its place back. */
  readonly onLeft: () => void;
}) {
  const { attempts, commit } = deps;
  const { store, clock, limits, log, emit, progress } = deps.attempt;
  let settledAll: (() => void) | null = null;

  function begin(claim: Claim): void {
    const attempt = startAttempt(deps.attempt, claim);
    attempts.set(attempt.lease.leaseToken, attempt);
    void settleWhenEnded(attempt, claim);
  }

  /** Never rejects. */
  async function settleWhenEnded(attempt: Attempt, { kind, job, provider }: Claim): Promise<void> {
    const verdict = await attempt.verdict;
    progress.forget(attempt.lease);
    try {
      await commit.submit(
        'keep',
        turn => {
          attempt.chargeRest(turn);
          settled(turn, job, settle(settlementDeps(turn, provider), kind, job, verdict));
        },
        verdict.type === 'done' ? { all: finishTogether, item: { kind, job, done: verdict } } : null,
      );
    } catch (error) {
      log('error', `The end of an attempt could not be written; the next start recovers the job: ${sentenceOf(error)}`, { jobId: job.id });
      left(job.leaseToken);
      commit.wake();
    }
  }

  function finishTogether(turn: Turn, finished: readonly Finished[]): readonly void[] {
    const events = finishAll(settlementDeps(turn, null), finished);
    return finished.map(({ job }, index) => {
      attempts.get(job.leaseToken)?.chargeRest(turn);
      settled(turn, job, events[index] ?? null);
    });
  }

  function settled(turn: Turn, job: JobRef<unknown>, event: EngineEvent | null): void {
    turn.leaving.add(job.leaseToken);
    turn.afterCommit(() => {
      left(job.leaseToken);
      if (event === null) log('warn', 'The lease of this job was lost; the result of its attempt is dropped.', { jobId: job.id });
      else emit(event);
    });
  }

  function settlementDeps(turn: Turn, provider: string | null): SettlementDeps {
    return {
      store,
      clock,
      random: deps.random,
      limits,
      log,
      family: deps.family(),
      after: effect => {
        turn.afterCommit(effect);
      },
      slowDown: untilMs => {
        if (provider !== null) deps.gates.slowDown(provider, untilMs);
      },
    };
  }

  function left(leaseToken: string): void {
    attempts.delete(leaseToken);
    deps.onLeft();
    if (attempts.size === 0) settledAll?.();
  }

  return {
    begin,
    /** Asks every attempt to stop; resolves once the last end is committed. */
    stopAll(): Promise<void> {
      const settled = new Promise<void>(resolve => {
        settledAll = resolve;
        if (attempts.size === 0) resolve();
      });
      for (const attempt of attempts.values()) attempt.ask('stop');
      return settled;
    },
    /** Gives up on what they still await; their ends reach the queue within a turn. */
    forceAll(): void {
      for (const attempt of attempts.values()) attempt.force();
    },
  };
}
