import { copyFileSync, rmSync } from 'node:fs';
import { v7 } from 'uuid';
import { z } from 'zod';
import type { JobId } from '../../../src/shared/domain/ids.ts';
import { scheduleId } from '../../../src/shared/domain/ids.ts';
import { jobKind } from '../../../src/shared/domain/job.ts';
import type { StepDecision } from '../../../src/shared/domain/job-step.ts';
import { EngineError } from '../../../src/main/engine/engine-api.ts';
import { createBudgetReleases } from '../../../src/main/engine/budget-releases.ts';
import { defaultLimits } from '../../../src/main/engine/limits.ts';
import { createSchedules } from '../../../src/main/engine/schedules.ts';
import type { Task } from '../../../src/main/engine/task-runner.ts';
import { createScheduleRepository } from '../../../src/main/store/schedules/schedule-repository.ts';
import { writeVerifiedBackup } from '../../../src/main/store/backup-file.ts';
import { violationsOf } from '../invariants/violations.ts';
import type { Violation } from '../invariants/violations.ts';
import { rowsOf } from '../invariants/invariant.ts';
import type { Life, NewLife } from '../engine-harness.ts';
import { createHarness } from '../engine-harness.ts';
import { withStatementPoints } from '../fail-points/failing-database.ts';
import { withRunnerPoints } from '../fail-points/failing-runner.ts';
import { withFailPoints } from '../fail-points/failing-store.ts';
import type { FaultName } from '../fail-points/fail-points.ts';
import { ProgramKilled, createFailPoints, faults } from '../fail-points/fail-points.ts';
import { violationsOfLedger } from '../ledger/compare-with-ledger.ts';
import type { LedgerEntry } from '../ledger/ledger-entry.ts';
import { done } from './scenario.ts';
import type { Ask, Scenario, Stage } from './scenario.ts';
import { makeHookTables, violationsOfHooks } from './scenario-kind.ts';
import type { Outside } from './scenario-worker.ts';
import { behave } from './scenario-worker.ts';

const hourMs = 60 * 60 * 1000;

/** How far the wall clock jumps; a jump back is set right half a minute later, as a time server does. */
const jumps = {
  'an hour ahead': hourMs,
  'an hour back': -hourMs,
  'eight hours of sleep': 8 * hourMs,
  'a year ahead': 365 * 24 * hourMs,
  'a year back': -365 * 24 * hourMs,
} as const;
export type Jump = keyof typeof jumps;
const setRightAfterTurns = 30;

/**
 * What befalls the program at a point: a fault is thrown, a kill or a stop ends somebody, the wall clock jumps, or the file
 * is lost and the backup of an earlier moment put in its place.
 */
export type Deed = FaultName | Jump | 'kill main' | 'kill worker' | 'kill both' | 'stop' | 'restore';

/** What befalls a life of the program: at the point of that number, counted over all, or the first after it where it can. */
export interface Fate {
  readonly at: number;
  readonly deed: Deed;
  /** For `restore`: the first commit after this point is the last one that the backup has. */
  readonly backUpAt?: number;
}

/** A disk fails where it is asked for something; after a commit has stood it cannot take it back. */
const onDisk = /^(?:sql |store\.)(?!transaction:committed)/u;

function isJump(deed: Deed): deed is Jump {
  return deed in jumps;
}

function canBefall(deed: Deed, point: string): boolean {
  return !(deed in faults) || onDisk.test(point);
}

/** What the program must survive without being started again. */
const survivable: ReadonlySet<Deed> = new Set(['kill worker', 'full', 'write', 'sync', 'busy', ...(Object.keys(jumps) as Jump[])]);

export interface ScenarioRun {
  readonly violations: readonly Violation[];
  /** Points each life reached. */
  readonly points: readonly ReadonlyMap<string, number>[];
  /** The names of the points where something befell it. */
  readonly befallen: readonly string[];
  readonly lives: number;
  /** Attempts that workers were given. */
  readonly started: number;
}

/** Turns of a clock by a second after which a scenario that is not over never will be: the longest waits take one minute. */
const patience = 200;

/**
 * Tells a scenario to its end on a real file, with a fake clock and workers in memory. Each life may meet one fate; after a
 * kill the next life begins on what the file holds. At the end the file is compared with the ledger and the invariants.
 */
export async function runInMemory(scenario: Scenario, fates: readonly Fate[]): Promise<ScenarioRun> {
  const ledger: LedgerEntry[] = [];
  const acknowledged = new Map<string, JobId>();
  const happened = new Set<string>();
  const points: ReadonlyMap<string, number>[] = [];
  const befallen: string[] = [];
  const heard = new Set<Ask>();
  let lives = 0;
  let started = 0;
  let isDead = false;
  /** Turns until the clock is set right, and by how much. */
  let setRight: { turns: number; readonly ms: number } | null = null;
  /** What the backup is a copy of: the file, and how much of the ledger there was. */
  let backup: { readonly file: string; readonly entries: number; readonly heard: ReadonlySet<Ask> } | null = null;
  let isLost = false;
  let stopping: Promise<void> | null = null;
  let current: (NewLife & Pick<Stage, 'schedules' | 'releases'>) | null = null;
  const keys = new Map<JobId, string>();

  const stage = (): Stage => {
    if (current === null) throw new Error('No life has begun.');
    const { engine, db, clock, store, budgets, schedules, releases } = current;
    return {
      engine,
      db,
      store,
      budgets,
      schedules,
      releases,
      nowMs: clock.nowMs,
      sleepUntil(wallMs) {
        clock.jumpWall(wallMs - clock.nowMs());
        engine.wake();
        schedules.clockJumped();
      },
      job(key) {
        const id = acknowledged.get(key);
        if (id === undefined) throw new Error(`The scenario speaks of "${key}", which was not acknowledged.`);
        return id;
      },
    };
  };

  function befall(deed: Deed, point: string): void {
    befallen.push(point);
    if (deed === 'kill worker' || deed === 'kill both')
      for (const held of current?.runner.held() ?? []) held.end({ type: 'lost', cause: 'worker_exit', message: `killed at ${point}` });
    if (deed === 'kill worker') return;
    if (isJump(deed)) {
      current?.clock.jumpWall(jumps[deed]);
      if (jumps[deed] < 0) setRight = { turns: setRightAfterTurns, ms: -jumps[deed] };
      return;
    }
    if (deed === 'restore') isLost = backup !== null;
    if (deed === 'stop') {
      const life = current;
      // Before the engine is there a stop is a kill.
      if (life !== null) {
        queueMicrotask(() => {
          life.schedules.stop();
          life.releases.stop();
          stopping ??= life.engine.stop();
        });
        return;
      }
    }
    if (deed === 'kill main' || deed === 'kill both' || deed === 'stop' || deed === 'restore') {
      isDead = true;
      throw new ProgramKilled(point);
    }
    throw faults[deed]();
  }

  function newPoints() {
    const fate = fates[lives];
    lives += 1;
    isDead = false;
    isSpeaking = false;
    stopping = null;
    ledger.push({ what: 'began' });
    let isDue = fate !== undefined;
    const made = createFailPoints((point, _nth, nthOfAll) => {
      // What a dead process still has on its stack comes to nothing.
      if (isDead) throw new ProgramKilled(point);
      if (fate?.backUpAt !== undefined && backup === null && nthOfAll >= fate.backUpAt && point === 'store.transaction:committed') backUp();
      if (fate === undefined || !isDue || nthOfAll < fate.at || !canBefall(fate.deed, point)) return;
      isDue = false;
      befall(fate.deed, point);
    });
    points.push(made.reached);
    return made;
  }

  function backUp(): void {
    const db = current?.db;
    if (db === undefined) return;
    const file = `${db.name}.backup`;
    writeVerifiedBackup(db, file);
    backup = { file, entries: ledger.length, heard: new Set(heard) };
  }

  /** The file is gone with everything since the backup; what happened outside has happened all the same. */
  function restore(file: string): void {
    if (!isLost || backup === null) return;
    isLost = false;
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
    copyFileSync(backup.file, file);
    const since = ledger.splice(backup.entries);
    ledger.push(...since.filter(entry => entry.what === 'effect'), { what: 'restored' });
    for (const ask of heard) if (!backup.heard.has(ask)) heard.delete(ask);
    const kept = new Set(ledger.flatMap(entry => (entry.what === 'enqueued' ? [entry.key] : [])));
    for (const key of acknowledged.keys()) if (!kept.has(key)) acknowledged.delete(key);
  }

  function options() {
    const made = newPoints();
    return {
      beforeOpen: restore,
      unsynced: true,
      kinds: scenario.kinds(stage),
      ...(scenario.limits === undefined ? {} : { limits: scenario.limits }),
      ...(scenario.providers === undefined ? {} : { providers: scenario.providers }),
      database: (db: Life['db']) => {
        makeHookTables(db);
        return withStatementPoints(db, made);
      },
      store: (store: Life['store']) => withFailPoints(store, made),
      taskRunner: (runner: Life['runner']) => withRunnerPoints(runner, made),
      beforeStart(life: NewLife) {
        const db = withStatementPoints(life.db, made);
        const schedules = createSchedules({
          store: createScheduleRepository(db),
          jobs: life.store,
          clock: life.clock,
          limits: defaultLimits,
          newId: () => scheduleId.parse(v7()),
          log: () => undefined,
          startJob: ({ kind, payload, sessionId, title }, run) =>
            life.engine.enqueueInTransaction({
              kind: jobKind.parse(kind),
              payload: JSON.parse(payload),
              idempotencyKey: run.key,
              sessionId,
              title,
            }),
          changed: () => undefined,
        });
        const releases = createBudgetReleases({ ...life, limits: { ...defaultLimits, resumedPerCommit: 1 }, log: () => undefined });
        current = { ...life, db, schedules, releases };
        life.runner.onTask = held => {
          started += 1;
          void behave(held, scenario.work[keyOf(held.task)]?.(held.task) ?? { steps: [], end: done }, outside(made.reach));
        };
        life.engine.subscribe(event => {
          if (event.type === 'ended' && !isDead) ledger.push({ what: 'ended', jobId: event.jobId, state: event.state });
        });
      },
    };
  }

  /** The key of a task; one that undoes is given none and has had one before. */
  function keyOf({ jobId, input, undo }: Task): string {
    const key = undo === undefined ? z.object({ key: z.string() }).parse(JSON.parse(input)).key : keys.get(jobId);
    if (key === undefined) throw new Error(`Job ${jobId} is undone and was never run.`);
    keys.set(jobId, key);
    return key;
  }

  function outside(reach: (point: string) => void): Outside {
    const life = lives;
    return {
      reach,
      isDead: () => isDead || life !== lives,
      happens(jobId, step, key) {
        const effect = `${jobId}/${step}`;
        ledger.push({ what: 'effect', jobId, step, first: !happened.has(effect) });
        happened.add(effect).add(key);
      },
      hasHappened: key => happened.has(key),
      recorded: (jobId, step) => {
        ledger.push({ what: 'recorded', jobId, step });
      },
    };
  }

  /** A person who has a word for each step that waits for one, and says it once the last one was heard. */
  let isSpeaking = false;
  function openQuestions(): readonly { readonly id: JobId; readonly name: string; readonly decision: StepDecision }[] {
    const { engine, db } = stage();
    return Object.entries(scenario.person ?? {}).flatMap(([key, word]) => {
      const id = jobOfKey(db, key);
      return id === undefined ? [] : engine.undecided(id).map(step => ({ id, name: step.name, decision: word(step) }));
    });
  }
  function personSpeaks(): void {
    if (isSpeaking || scenario.person === undefined) return;
    try {
      const [question] = openQuestions();
      if (question === undefined) return;
      isSpeaking = true;
      stage()
        .engine.decide(question.id, question.name, question.decision)
        .catch(() => undefined)
        .finally(() => {
          isSpeaking = false;
        });
    } catch {
      // The disk refused to be read, or the program has died; it is looked at again.
    }
  }

  const harness = createHarness({ unsynced: true, kinds: scenario.kinds(stage), database: db => (makeHookTables(db), db) });
  const { beginsAtMs } = scenario;
  if (beginsAtMs !== undefined) harness.life().clock.jumpWall(beginsAtMs - harness.life().clock.nowMs());

  function isOver(): boolean {
    if (rowsOf(harness.life().db, 'SELECT 1 FROM job WHERE finished_at_ms IS NULL LIMIT 1').length > 0) return false;
    try {
      return scenario.person === undefined || openQuestions().length === 0;
    } catch {
      return false;
    }
  }

  /** Lets a life go on by a second; false once it is over, one way or the other. */
  async function goOn(life: Life): Promise<boolean> {
    for (const held of life.runner.held()) if (held.cancelled()) held.end({ type: 'cancelled' });
    if (setRight !== null && (setRight.turns -= 1) === 0) {
      life.clock.jumpWall(setRight.ms);
      setRight = null;
    }
    personSpeaks();
    await life.clock.advance(1_000);
    if (stopping !== null) {
      await life.clock.advance(5_000);
      await stopping.catch(() => undefined);
      return false;
    }
    return !isDead;
  }

  /** False when the life ended first. */
  async function isHeard(life: Life, ask: Ask): Promise<boolean> {
    for (let tries = 0; tries < patience; tries += 1) {
      let answer: { readonly id: JobId | void } | { readonly error: unknown } | null = null;
      // Refused at once or later, it is the same to whoever asks.
      new Promise<JobId | void>(resolve => {
        resolve(ask.ask(stage()));
      }).then(
        id => {
          answer = { id };
        },
        (error: unknown) => {
          answer = { error };
        },
      );
      await life.clock.quiesce();
      for (let waited = 0; answer === null && waited < patience; waited += 1) if (!(await goOn(life))) return false;
      // Assigned by the callbacks above.
      const given = answer as { readonly id: JobId | void } | { readonly error: unknown } | null;
      if (isDead || given === null) return false;
      if ('id' in given) {
        if (ask.key !== undefined && given.id !== undefined) {
          acknowledged.set(ask.key, given.id);
          ledger.push({ what: 'enqueued', key: ask.key, jobId: given.id });
        }
        return true;
      }
      // A caller is told to come again, or that something broke; either way it comes again.
      if (given.error instanceof EngineError && !['storage_full', 'stopped'].includes(given.error.code)) throw given.error;
      if (!(await goOn(life))) return false;
    }
    return false;
  }

  /** The life's part of the story; true when all of it is over. */
  async function tell(life: Life): Promise<boolean> {
    for (const ask of scenario.asks) {
      if (heard.has(ask)) continue;
      // A job that was enqueued without the caller hearing of it is found by the caller, who looks before asking again.
      const found = ask.key === undefined ? undefined : jobOfKey(life.db, ask.key);
      if (ask.key !== undefined && found !== undefined && !acknowledged.has(ask.key)) acknowledged.set(ask.key, found);
      else if (!(await isHeard(life, ask))) return false;
      heard.add(ask);
    }
    for (let waited = 0; waited < patience; waited += 1) {
      if (isDead) return false;
      if (life.runner.held().length === 0 && isOver()) return true;
      if (!(await goOn(life))) return false;
    }
    return false;
  }

  function jobOfKey(db: Life['db'], key: string): JobId | undefined {
    return db.prepare<[string], { id: JobId }>('SELECT id FROM job WHERE idempotency_key = ?').get(key)?.id;
  }

  /** What follows the start of the engine; read afresh, since a start may have died. */
  function begin(): void {
    current?.schedules.start();
    current?.releases.start();
  }

  try {
    let isTold = false;
    // A stuck life is ended by its user: whatever befell it, the next start sets it right.
    while (!isTold && lives < fates.length + 3) {
      try {
        if (lives > 0 && scenario.offMs !== undefined) harness.life().clock.jumpWall(scenario.offMs);
        harness.crash(options());
        begin();
      } catch (error) {
        if (!isDead) {
          // A start that the disk refused is tried again by the person.
          befallen.push(`start refused: ${String(error)}`);
        }
        continue;
      }
      isTold = await tell(harness.life());
    }
    const { db } = harness.life();
    const violations: Violation[] = [
      ...violationsOf(db, { enqueued: acknowledged.values(), liveLeases: new Set() }),
      ...violationsOfHooks(db),
      ...violationsOfLedger(db, ledger),
      ...rowsOf(db, 'SELECT idempotency_key AS key, count(*) AS n FROM job GROUP BY 1 HAVING n > 1').map(row => ({
        invariant: 'one-job-a-key',
        what: JSON.stringify(row),
      })),
    ];
    if (lives > 1 + fates.filter(fate => !survivable.has(fate.deed)).length)
      violations.push({ invariant: 'goes-on', what: `it took ${lives} lives` });
    for (const [invariant, sql] of Object.entries(scenario.refutes ?? {}))
      violations.push(...rowsOf(db, sql).map(row => ({ invariant, what: JSON.stringify(row) })));
    for (const [key, state] of Object.entries(scenario.ends)) {
      const found = db
        .prepare<[string], { state: string; code: string | null }>(
          "SELECT state, error_code AS code FROM job LEFT JOIN job_payload ON job_id = id WHERE coalesce(job.payload, job_payload.payload) ->> 'key' = ?",
        )
        .all(key);
      // With a clock that jumped, the time at which a schedule would have started it may lie outside the story.
      if (found.length === 0 && !(scenario.goesByTheClock === true && fates.length > 0))
        violations.push({ invariant: 'end', what: `${key} is gone and should be ${state}` });
      for (const { state: is, code } of found)
        if (is !== state) violations.push({ invariant: 'end', what: `${key} is ${is} (${code ?? '-'}) and should be ${state}` });
    }
    return { violations, points, befallen, lives, started };
  } finally {
    harness.close();
  }
}
