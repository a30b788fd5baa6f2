import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import SqliteDatabase from 'better-sqlite3';
import { violationsOfLedger } from '../ledger/compare-with-ledger.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { violationsOf } from '../invariants/violations.ts';
import type { Violation } from '../invariants/violations.ts';
import { isAlive } from '../process-tree.ts';
import { violationsOfHooks } from '../scenarios/scenario-kind.ts';
import { tempFolder } from '../temp-folder.ts';
import type { Orders, ProcessFate } from './orders.ts';

export interface ProcessRun {
  readonly violations: readonly Violation[];
  /** Fates that came. */
  readonly killed: number;
  readonly lives: number;
  /** From the start of a life that follows a death until it takes requests. */
  readonly readyMs: readonly number[];
  /** Points of the last life, with how often each was reached. */
  readonly reached: Readonly<Record<string, number>>;
  readonly jobs: number;
}

interface LifeEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly readyMs: number | null;
  readonly workers: readonly number[];
  readonly reached: Readonly<Record<string, number>> | null;
}

/** A life that takes longer than this hangs; the slowest seen on a busy machine took 6 s. */
const lifeCeilingMs = 60_000;
/** What a worker may outlive its program by: it looks for its parent once a second. */
const orphanCeilingMs = 5_000;

/** Starts the program again and again until every job has ended, each life with its fate; then judges what is there. */
export async function runInProcesses(ledger: Ledger, jobs: number, fates: readonly ProcessFate[]): Promise<ProcessRun> {
  const folder = tempFolder();
  const ledgerFile = join(folder.path, 'ledger.jsonl');
  const violations: Violation[] = [];
  const readyMs: number[] = [];
  const workers: number[] = [];
  let killed = 0;
  let lives = 0;
  let reached: Readonly<Record<string, number>> | null = null;
  try {
    while (reached === null && lives < fates.length + 2) {
      const fate = fates[lives] ?? null;
      const end = await live({
        folder: folder.path,
        ledgerPort: ledger.port,
        ledgerFile,
        marker: join(folder.path, `fate-${lives}`),
        fate,
        jobs,
      });
      if (lives > 0 && end.readyMs !== null) readyMs.push(end.readyMs);
      lives += 1;
      workers.push(...end.workers);
      reached = end.reached;
      const isDead = end.signal === 'SIGKILL';
      if (isDead || (end.reached === null && end.code === 0)) killed += 1;
      else if (end.reached === null)
        violations.push({ invariant: 'life', what: `it ended with ${end.code ?? end.signal ?? '?'} and not with its jobs` });
      else if (fate?.deed === 'kill worker') killed += end.workers.length > 1 ? 1 : 0;
    }
    if (reached === null) violations.push({ invariant: 'life', what: `jobs are left after ${lives} lives` });
    for (const pid of workers)
      if (!(await hasGone(pid))) violations.push({ invariant: 'orphan', what: `worker ${pid} outlived its program` });
    await ledger.closeBook(ledgerFile);
    const entries = ledger.read(ledgerFile);
    const db = new SqliteDatabase(join(folder.path, 'jobs.db'), { fileMustExist: true });
    try {
      const enqueued = entries.flatMap(entry => (entry.what === 'enqueued' ? [entry.jobId] : []));
      violations.push(
        ...violationsOf(db, { enqueued, liveLeases: new Set() }),
        ...violationsOfHooks(db),
        ...violationsOfLedger(db, entries),
      );
      const states: unknown = db.prepare("SELECT count(*) FILTER (WHERE state = 'done') || ' of ' || count(*) FROM job").pluck().get();
      if (states !== `${jobs} of ${jobs}`)
        violations.push({ invariant: 'end', what: `${String(states)} jobs are done, of ${jobs} asked for` });
    } finally {
      db.close();
    }
    return { violations, killed, lives, readyMs, reached: reached ?? {}, jobs };
  } finally {
    folder.remove();
  }
}

async function live(given: Orders): Promise<LifeEnd> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'engine-host.ts'), JSON.stringify(given)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ceiling = setTimeout(() => child.kill('SIGABRT'), lifeCeilingMs);
  let readyMs: number | null = null;
  let reached: LifeEnd['reached'] = null;
  const workers: number[] = [];
  createInterface({ input: child.stdout }).on('line', line => {
    if (line === 'ready') readyMs = performance.now() - startedAt;
    else if (line.startsWith('worker ')) workers.push(Number(line.slice('worker '.length)));
    else if (line.startsWith('over ')) reached = z.record(z.string(), z.int()).parse(JSON.parse(line.slice('over '.length)));
  });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>(resolve => {
    child.once('close', (...end) => {
      resolve(end);
    });
  });
  clearTimeout(ceiling);
  return { code, signal, readyMs, workers, reached };
}

async function hasGone(pid: number): Promise<boolean> {
  const untilMs = performance.now() + orphanCeilingMs;
  while (isAlive(pid)) {
    if (performance.now() > untilMs) return false;
    await nextTurn();
  }
  return true;
}
