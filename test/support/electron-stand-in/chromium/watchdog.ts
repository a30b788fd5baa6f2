import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The second process that makes sure that nothing outlives the main one. See watchdog.sh for its protocol. */
export interface Watchdog {
  /** Kill this process (or, negative, this process group) when the main process is gone. */
  add(pid: number): void;
  /** The process ended by itself; its number may be given to another one. */
  del(pid: number): void;
  /** Remove this folder when the main process is gone. */
  removeFolder(path: string): void;
}

let started: Watchdog | undefined;

/** The one watchdog of this process; started at the first call. */
export function watchdog(): Watchdog {
  if (started !== undefined) return started;
  // Detached: Playwright kills the app's process group, and this one has to survive that.
  const child = spawn('/bin/sh', [fileURLToPath(new URL('./watchdog.sh', import.meta.url))], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  const write = (line: string): void => {
    child.stdin.write(`${line}\n`);
  };
  child.stdin.on('error', () => {}); // the watchdog was killed: there is nobody left to tell
  if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
  started = {
    add: pid => write(`add ${pid}`),
    del: pid => write(`del ${pid}`),
    removeFolder: path => write(`dir ${path}`),
  };
  return started;
}
