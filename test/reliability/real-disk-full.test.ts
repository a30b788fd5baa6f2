import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createHarness } from '../support/engine-harness.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { done } from '../support/scenarios/scenario.ts';

failOnLeaks();

/** Room for the database, its log before the first checkpoint, and the probe of the storage watch. */
const diskSize = '4m';

/** Mounts a tiny disk where the system lets us (Linux, as root); null elsewhere, and what mounted it. */
function tinyDisk(path: string): (() => void) | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  mkdirSync(path);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${diskSize}`, 'tmpfs', path]).status !== 0) return null;
  return () => {
    spawnSync('umount', [path]);
  };
}

test('a real disk without room pauses the engine, keeps what it has, and work goes on with the space', async ({ skip }) => {
  const folder = tempFolder();
  const disk = join(folder.path, 'disk');
  const unmount = tinyDisk(disk);
  if (unmount === null) {
    folder.remove();
    skip('Only root on Linux may make a disk.');
    return;
  }
  const shared = process.env['TMPDIR'];
  process.env['TMPDIR'] = disk;
  const harness = createHarness();
  process.env['TMPDIR'] = shared;
  try {
    const { engine, enqueue, taskOf, clock, state } = harness.life();
    const [a, b] = [await enqueue(), await enqueue()];
    const filler = join(disk, 'filler');
    for (let size = 4 * 1024 * 1024; size >= 512; size = Math.floor(size / 2)) {
      try {
        writeFileSync(filler, Buffer.alloc(size), { flag: 'a' });
      } catch {
        // As much of it as went in stays; the next is half as large.
      }
    }
    taskOf(a).end({ ...done, issues: Array.from({ length: 40 }, () => 'x'.repeat(2_000)) });
    await clock.quiesce();
    expect([engine.storage(), state(a)]).toEqual(['full', 'running']);
    taskOf(b).end(done);
    await clock.advance(10_000);
    expect([engine.storage(), state(a), state(b)]).toEqual(['full', 'running', 'running']);
    rmSync(filler);
    await clock.advance(4_000);
    expect([engine.storage(), state(a), state(b)]).toEqual(['ok', 'done', 'done']);
    harness.check();
  } finally {
    harness.close();
    unmount();
    folder.remove();
  }
});
