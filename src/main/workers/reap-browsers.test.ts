import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findProcess, type KnownProcess } from '../../system/process-table.ts';
import { reapOrphans } from './reap-browsers.ts';

const marker = '--konspekt-task=0d9c1f8e-orphan-of-a-test';
let folder: string;
let orphan: ChildProcess;
let known: KnownProcess;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'konspekt-reap-'));
  orphan = spawn(process.execPath, ['-e', 'process.stdout.write("up"); setInterval(() => undefined, 1e6)', '--', marker], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(orphan.stdout ?? orphan, 'data');
  const found = await findProcess(marker);
  if (found === null) throw new Error('The process is in no list.');
  known = found;
});
afterEach(async () => {
  if (orphan.exitCode === null && orphan.signalCode === null) {
    orphan.kill('SIGKILL');
    await once(orphan, 'exit');
  }
  rmSync(folder, { recursive: true });
});

const write = (lifeline: object): string => {
  const path = join(folder, 'task.json');
  writeFileSync(path, JSON.stringify(lifeline));
  return path;
};

test('a browser that was left behind is ended, and its lifeline removed', async () => {
  expect(known.pid).toBe(orphan.pid);
  const path = write({ ...known, marker, jobId: 'j1' });
  const ended = once(orphan, 'exit');
  expect(await reapOrphans(folder)).toEqual(['j1']);
  expect((await ended)[1]).toBe('SIGKILL');
  expect(existsSync(path)).toBe(false);
});

describe('a process is left alone', () => {
  test.each([
    ['that began at another moment', () => ({ ...known, startedAt: `${known.startedAt}0`, marker, jobId: 'j1' })],
    ['of another mark', () => ({ ...known, marker: '--konspekt-task=another-task-entirely', jobId: 'j1' })],
    ['of another number', () => ({ ...known, pid: process.pid, marker, jobId: 'j1' })],
    ['whose lifeline says nothing', () => ({ pid: known.pid })],
  ])('%s', async (_what, lifeline) => {
    const path = write(lifeline());
    expect(await reapOrphans(folder)).toEqual([]);
    expect(orphan.exitCode ?? orphan.signalCode).toBeNull();
    expect(existsSync(path)).toBe(false);
  });
});

test('a folder that is not there is no trouble', async () => {
  expect(await reapOrphans(join(folder, 'none'))).toEqual([]);
});
