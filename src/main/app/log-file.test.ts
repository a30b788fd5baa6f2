import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLogFile } from './log-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'konspekt-log-file-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const limits = { limitBytes: 1_000, files: 3 } as const;
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

test('turns over while it runs, keeps its newest lines whole, and never takes more than its files', () => {
  const file = openLogFile(folder, 'x', limits);
  const lines = Array.from({ length: 500 }, (_, at) => `${String(at).padStart(30, '0')}\n`);
  for (const line of lines) file.write(line);
  file.close();
  expect(readdirSync(folder).toSorted()).toEqual(['x.1.log', 'x.2.log', 'x.log']);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(limits.limitBytes);
  const kept = `${read('x.2.log')}${read('x.1.log')}${read('x.log')}`;
  expect(lines.join('').endsWith(kept)).toBe(true);
  expect(kept.length).toBeGreaterThan(limits.limitBytes * 2);
});

test('goes on with the file of the run before, and counts what is in it', () => {
  for (let run = 0; run < 4; run += 1) {
    const file = openLogFile(folder, 'x', limits);
    file.write(`${'a'.repeat(599)}\n`);
    file.close();
  }
  expect(read('x.log')).toHaveLength(600);
  expect(read('x.2.log')).toHaveLength(600);
});

test('a line longer than the limit has a file to itself', () => {
  const file = openLogFile(folder, 'x', limits);
  for (const line of ['first\n', `${'b'.repeat(5_000)}\n`, 'last\n']) file.write(line);
  file.close();
  expect([read('x.2.log'), read('x.1.log').length, read('x.log')]).toEqual(['first\n', 5_001, 'last\n']);
});

test('one that cannot be turned over or opened fails nobody', () => {
  mkdirSync(join(folder, 'x.1.log'));
  const file = openLogFile(folder, 'x', limits);
  for (let at = 0; at < 100; at += 1) file.write(`${'c'.repeat(99)}\n`);
  file.close();
  expect(statSync(join(folder, 'x.log')).size).toBeLessThanOrEqual(limits.limitBytes);
  expect(() => {
    const nowhere = openLogFile(join(folder, 'none'), 'x');
    nowhere.write('dropped\n');
    nowhere.close();
  }).not.toThrow();
});
