import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
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
    const { log, close } = openLog(dataDir);
    log.info({ jobId: 'a' }, 'Something happened.');
    close();
    expect(JSON.parse(readFileSync(join(dataDir, 'logs', 'konspekt.log'), 'utf8'))).toMatchObject({
      jobId: 'a',
      msg: 'Something happened.',
    });
  });

  test('gives its file back at the end, and still takes the last words of a host that is leaving', () => {
    const dataDir = dataFolder();
    const { log, close } = openLog(dataDir);
    log.info('first');
    close();
    close();
    log.info('last');
    const lines = readFileSync(join(dataDir, 'logs', 'konspekt.log'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.map(line => z.object({ msg: z.string() }).parse(JSON.parse(line)).msg)).toEqual(['first', 'last']);
  });

  test('writes no word of an error or a field, at any level and in whatever way it is called', () => {
    const dataDir = dataFolder();
    const { log, close } = openLog(dataDir);
    const secret = 'Завещание лежит in the third drawer';
    log.error({ err: new Error(secret), jobId: 'a' }, `It failed: ${secret}`);
    log.warn(new Error(secret));
    log.fatal({ title: secret, deeper: { said: secret } }, 'It ends.');
    log.child({ part: 'x' }).info({ message: secret }, 'It goes on.');
    close();
    const written = readFileSync(join(dataDir, 'logs', 'konspekt.log'), 'utf8');
    for (const word of secret.split(' ').filter(each => each.length > 3)) expect(written).not.toContain(word);
    expect(written.trim().split('\n')).toHaveLength(4);
    expect(written).toContain('"jobId":"a"');
  });

  test.skipIf(!existsSync(fullDisk))('a disk that takes no log line stops nothing', () => {
    const dataDir = dataFolder();
    mkdirSync(join(dataDir, 'logs'));
    symlinkSync(fullDisk, join(dataDir, 'logs', 'konspekt.log'));
    const { log, close } = openLog(dataDir);
    expect(() => {
      for (let line = 0; line < 5_000; line += 1) log.error({ line }, 'Storage refuses writes; work is paused until it takes them.');
    }).not.toThrow();
    close();
  });
});
