import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { deserialize, serialize } from 'node:v8';

/** What a second instance tells the first. */
export interface SecondInstance {
  readonly argv: string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

const LOCK_FILE = 'SingletonLock';
const INBOX_FOLDER = 'SingletonInbox';
const MESSAGE_SUFFIX = '.instance';

/**
 * The lock is an exclusive SQLite transaction on a file in the data folder: the kernel releases it at the
 * process's death, also at kill -9, and only one of two that start together gets it. A second instance leaves
 * a file in the first one's inbox, synchronously, because it usually quits in the next line.
 *
 * @returns how to release it, or undefined when another process has it (which has then been told).
 */
export function takeSingleInstanceLock(
  folder: string,
  me: SecondInstance,
  onSecond: (second: SecondInstance) => void,
): (() => void) | undefined {
  mkdirSync(folder, { recursive: true });
  const inbox = join(folder, INBOX_FOLDER);
  mkdirSync(inbox, { recursive: true });
  const askedAt = Date.now();
  const lock = new DatabaseSync(join(folder, LOCK_FILE));
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    const name = `${askedAt}-${process.pid}`;
    const draft = join(inbox, `${name}.draft`);
    writeFileSync(draft, serialize(me));
    renameSync(draft, join(inbox, name + MESSAGE_SUFFIX)); // the first instance never sees half a message
    return undefined;
  }
  const collect = (): void => {
    for (const name of readdirSync(inbox).toSorted()) {
      if (!name.endsWith(MESSAGE_SUFFIX)) continue;
      const path = join(inbox, name);
      const second = deserialize(readFileSync(path)) as SecondInstance;
      rmSync(path);
      // Left for a former holder of the lock that died before it looked: nobody waits for it any more.
      if (Number.parseInt(name, 10) >= askedAt) onSecond(second);
    }
  };
  const watcher = watch(inbox, collect);
  watcher.unref();
  collect(); // what came between taking the lock and watching
  const release = (): void => {
    watcher.close();
    lock.close();
    process.off('exit', release);
  };
  process.on('exit', release);
  return release;
}
