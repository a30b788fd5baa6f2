import { mkdirSync, readFileSync, rmSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { say } from './say.mjs';

/** How often a waiting start looks again; a person does not notice a quarter of a second after an install. */
const POLL_MS = 250;
/** A holder writes its name within milliseconds of making the folder; one without a name for this long died in between. */
const NAMELESS_LIMIT_MS = 10_000;
/** The slowest install seen took under 2 minutes; a holder older than this is a reused process id, not a set-up. */
const HOLDER_LIMIT_MS = 20 * 60_000;

/** @type {(error: unknown, code: string) => boolean} */
const isCode = (error, code) => error instanceof Error && 'code' in error && error.code === code;

/** @type {(pid: number) => boolean} */
const alive = pid => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
};

/**
 * `undefined` when the lock is free, else its holder.
 * @type {(folder: string) => { pid: number | undefined, stale: boolean } | undefined}
 */
const inspect = folder => {
  let ageMs;
  try {
    ageMs = Date.now() - statSync(folder).mtimeMs;
  } catch {
    return undefined;
  }
  try {
    const { pid } = JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8'));
    return { pid, stale: !alive(pid) || ageMs > HOLDER_LIMIT_MS };
  } catch {
    return { pid: undefined, stale: ageMs > NAMELESS_LIMIT_MS };
  }
};

/** @type {(folder: string) => boolean} */
const tryToMake = folder => {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
};

/**
 * Removes a lock whose holder is gone. Only one process may judge and remove at a time, otherwise a slow one would remove the
 * fresh lock of a quicker one: that is what the second folder is for.
 * @type {(folder: string) => void}
 */
const breakStale = folder => {
  const breaker = `${folder}.breaker`;
  if (!tryToMake(breaker)) {
    if (inspect(breaker)?.stale) rmSync(breaker, { recursive: true, force: true });
    return;
  }
  try {
    if (inspect(folder)?.stale) rmSync(folder, { recursive: true, force: true });
  } finally {
    rmdirSync(breaker);
  }
};

/**
 * Runs `work` while holding the lock at `folder`: making a folder is atomic on every file system we run on, so two starts at
 * once never install into the same place. The lock of a process that died is taken over.
 * @template T
 * @param {string} folder
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export const withFolderLock = async (folder, work) => {
  mkdirSync(dirname(folder), { recursive: true });
  /** @type {number | undefined} */
  let toldAbout;
  while (!tryToMake(folder)) {
    const holder = inspect(folder);
    if (holder?.stale) {
      breakStale(folder);
      continue;
    }
    if (holder?.pid !== undefined && holder.pid !== toldAbout) {
      say(`waiting for another start (process ${holder.pid}) to finish its set-up.`);
      toldAbout = holder.pid;
    }
    await pause(POLL_MS);
  }
  writeFileSync(join(folder, 'owner.json'), JSON.stringify({ pid: process.pid }));
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
