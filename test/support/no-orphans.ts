import { readdirSync, readFileSync } from 'node:fs';
import { beforeEach, expect } from 'vitest';

/** Pids of this process's children where the kernel tells them (Linux), dead but unreaped ones included. */
export function childPids(): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/task').flatMap(thread =>
    readFileSync(`/proc/self/task/${thread}/children`, 'utf8')
      .split(' ')
      .filter(pid => pid !== '')
      .map(Number),
  );
}

/** A process that has ended and waits for its parent to notice is not alive, though signals still find it. */
export function isAlive(pid: number): boolean {
  if (isDefunct(pid)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Where the kernel tells it (Linux): the state stands behind the name, which is in parentheses and may hold anything. */
function isDefunct(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    return /^ Z/u.test(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/su, ''));
  } catch {
    return false;
  }
}

/** Fails a test that leaves a child process behind, after all its own cleaning up. Called once at the top of a suite. */
export function failOnOrphans(): void {
  beforeEach(({ onTestFinished }) => {
    // The test runner may have children of its own.
    const before = new Set(childPids());
    // Registered first, so it runs last.
    onTestFinished(() => {
      expect(
        childPids().filter(pid => !before.has(pid)),
        'child processes alive after the test',
      ).toEqual([]);
    });
  });
}
