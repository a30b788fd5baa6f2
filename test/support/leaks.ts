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
