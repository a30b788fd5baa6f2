import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect } from 'vitest';

/** Pids of this process's children where the kernel tells them (Linux), dead but unreaped ones included. */
export function childPids(): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/task').flatMap((thread) =>
    readFileSync(`/proc/self/task/${thread}/children`, 'utf8').split(' ').filter((pid) => pid !== '').map(Number));
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Fails a test that leaves a child process behind. Called once at the top of a suite. */
export function failOnOrphans(): void {
  // The test runner may have children of its own.
  let before = new Set<number>();
  beforeEach(() => { before = new Set(childPids()); });
  afterEach(() => { expect(childPids().filter((pid) => !before.has(pid)), 'child processes alive after the test').toEqual([]); });
}
