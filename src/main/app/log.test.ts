import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openLog } from './log.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Linux's device that refuses every write with ENOSPC. */
const fullDisk = '/dev/full';

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'konspekt-log-'));
  folders.push(folder);
  return folder;
}

describe('openLog', () => {
  test('writes one JSON line per entry', () => {
    const dataDir = dataFolder();
    openLog(dataDir).info({ jobId: 'a' }, 'Something happened.');
    expect(JSON.parse(readFileSync(join(dataDir, 'logs', 'konspekt.log'), 'utf8'))).toMatchObject({
      jobId: 'a',
      msg: 'Something happened.',
    });
  });

  test.skipIf(!existsSync(fullDisk))('a disk that takes no log line stops nothing', () => {
    const dataDir = dataFolder();
    mkdirSync(join(dataDir, 'logs'));
    symlinkSync(fullDisk, join(dataDir, 'logs', 'konspekt.log'));
    const log = openLog(dataDir);
    expect(() => {
      for (let line = 0; line < 5_000; line += 1) log.error({ line }, 'Storage refuses writes; work is paused until it takes them.');
      log.flush();
    }).not.toThrow();
  });
});
