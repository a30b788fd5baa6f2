import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withFolderLock } from './folder-lock.mjs';

let parent: string;
let lock: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'konspekt-lock-'));
  lock = join(parent, 'made', 'setup.lock');
});

afterEach(() => {
  rmSync(parent, { recursive: true });
});

test('two at once take turns', async () => {
  const story: string[] = [];
  const firstIsInside = Promise.withResolvers<void>();
  const firstMayLeave = Promise.withResolvers<void>();
  const first = withFolderLock(lock, async () => {
    story.push('first in');
    firstIsInside.resolve();
    await firstMayLeave.promise;
    story.push('first out');
  });
  await firstIsInside.promise;
  const second = withFolderLock(lock, () => {
    story.push('second in');
    return Promise.resolve('second');
  });
  firstMayLeave.resolve();
  await first;
  expect(await second).toBe('second');
  expect(story).toEqual(['first in', 'first out', 'second in']);
  expect(existsSync(lock)).toBe(false);
});

test('work that fails leaves no lock behind', async () => {
  await expect(withFolderLock(lock, () => Promise.reject(new Error('no network')))).rejects.toThrow('no network');
  expect(existsSync(lock)).toBe(false);
});

test('the lock of a process that is gone is taken over', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  mkdirSync(lock, { recursive: true });
  writeFileSync(join(lock, 'owner.json'), JSON.stringify({ pid }));
  expect(await withFolderLock(lock, () => Promise.resolve('mine'))).toBe('mine');
});
