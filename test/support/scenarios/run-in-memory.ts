import { copyFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import type { JobId } from '../../../src/shared/domain/ids.ts';
import { EngineError } from '../../../src/main/engine/engine-api.ts';
import { writeVerifiedBackup } from '../../../src/main/store/backup-file.ts';
import { violationsOf } from '../invariants/violations.ts';
import type { Violation } from '../invariants/violations.ts';
import { rowsOf } from '../invariants/invariant.ts';
import type { Life } from '../engine-harness.ts';
import { createHarness } from '../engine-harness.ts';
import type { HeldTask } from '../fake-runner.ts';
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
  let current: Pick<Life, 'engine' | 'runner' | 'clock' | 'db'> | null = null;

  const stage = (): Stage => {
    if (current === null) throw new Error('No life has begun.');
    const { engine, db, clock } = current;
    return {
      engine,
      db,
      nowMs: clock.nowMs,
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
      const engine = current?.engine;
      // Before the engine is there a stop is a kill.
      if (engine !== undefined) {
        queueMicrotask(() => {
          stopping ??= engine.stop();
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
    ledger.push(...since.filter(entry => entry.what === 'effect'));
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
      beforeStart(life: Pick<Life, 'engine' | 'runner' | 'clock' | 'db'>) {
        current = { ...life, db: withStatementPoints(life.db, made) };
        life.runner.onTask = held => {
          void behave(held, made.reach);
        };
        life.engine.subscribe(event => {
          if (event.type === 'ended' && !isDead) ledger.push({ what: 'ended', jobId: event.jobId, state: event.state });
        });
      },
    };
  }

  /** One attempt, as an honest worker makes it. */
  async function behave(held: HeldTask, reach: (point: string) => void): Promise<void> {
    const { task } = held;
    started += 1;
    const { key } = z.object({ key: z.string() }).parse(JSON.parse(task.input));
    const work = scenario.work[key]?.(task) ?? { steps: [], end: done };
    try {
      reach('task.start');
      held.observer.onProgress({ phase: 'reading', label: null, done: 0, total: work.steps.length });
      for (const step of work.steps) {
        if (task.recorded.some(recorded => recorded.name === step)) continue;
        reach('task.step:before');
        if (held.over()) return;
        const effect = `${task.jobId}/${step}`;
        ledger.push({ what: 'effect', jobId: task.jobId, step, first: !happened.has(effect) });
        happened.add(effect);
        reach('task.step:worked');
        if (held.over()) return;
        await held.step(step, 1);
        if (isDead || held.over()) return;
        ledger.push({ what: 'recorded', jobId: task.jobId, step });
        reach('task.step:recorded');
      }
      if (held.cancelled()) held.end({ type: 'cancelled' });
      else if (work.end !== 'hang') held.end(work.end);
      reach('task.end');
    } catch {
      // The step was refused, so the task is abandoned; or the program is dead and nobody listens.
      held.end({ type: 'cancelled' });
    }
  }

  const harness = createHarness({ unsynced: true, kinds: scenario.kinds(stage), database: db => (makeHookTables(db), db) });
  const isOver = (): boolean => rowsOf(harness.life().db, 'SELECT 1 FROM job WHERE finished_at_ms IS NULL LIMIT 1').length === 0;

  /** Lets a life go on by a second; false once it is over, one way or the other. */
  async function goOn(life: Life): Promise<boolean> {
    for (const held of life.runner.held()) if (held.cancelled()) held.end({ type: 'cancelled' });
    if (setRight !== null && (setRight.turns -= 1) === 0) {
      life.clock.jumpWall(setRight.ms);
      setRight = null;
    }
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
      ask.ask(stage()).then(
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
      const found = ask.key === undefined ? undefined : jobOfKey(life, ask.key);
      if (ask.key !== undefined && found !== undefined && !acknowledged.has(ask.key)) acknowledged.set(ask.key, found);
      else if (!(await isHeard(life, ask))) return false;
      heard.add(ask);
    }
    for (let waited = 0; waited < patience; waited += 1) {
      if (isDead) return false;
      if (isOver() && life.runner.held().length === 0) return true;
      if (!(await goOn(life))) return false;
    }
    return false;
  }

  function jobOfKey(life: Life, key: string): JobId | undefined {
    return life.db.prepare<[string], { id: JobId }>('SELECT id FROM job WHERE idempotency_key = ?').get(key)?.id;
  }

  try {
    let isTold = false;
    // A stuck life is ended by its user: whatever befell it, the next start sets it right.
    while (!isTold && lives < fates.length + 3) {
      try {
        harness.crash(options());
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
    for (const [key, state] of Object.entries(scenario.ends)) {
      const found = db
        .prepare<[string], { state: string; code: string | null }>('SELECT state, error_code AS code FROM job WHERE idempotency_key = ?')
        .get(key);
      if (found?.state !== state)
        violations.push({ invariant: 'end', what: `${key} is ${found?.state ?? 'gone'} (${found?.code ?? '-'}) and should be ${state}` });
    }
    return { violations, points, befallen, lives, started };
  } finally {
    harness.close();
  }
}
