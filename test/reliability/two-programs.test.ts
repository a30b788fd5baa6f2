import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readControlFile } from '../../src/main/ipc/control-file.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { writeSourceBundles } from '../support/program/source-bundles.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { violationsInFile } from '../support/invariants/violations.ts';

failOnLeaks();

/** Starts of two programs in the same moment; who is first is the system's choice each time. */
const rounds = 2;

interface Started {
  readonly pid: number | undefined;
  /** `ready`, or the code it left with. */
  readonly says: Promise<'ready' | number | null>;
  kill(): Promise<void>;
}

function start(dataDir: string, bundles: string): Started {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'support', 'program', 'host-process.ts'), dataDir, bundles], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const says = Promise.race([
    new Promise<'ready'>(resolve => {
      child.stdout.once('data', () => {
        resolve('ready');
      });
    }),
    exited.then(([code]) => code),
  ]);
  return {
    pid: child.pid,
    says,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

test('two programs started at once: one opens, the other leaves; killed, the first makes room for the next', async () => {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  const bundles = writeSourceBundles(join(folder.path, 'bundles'), null);
  const dataDir = join(folder.path, 'data');
  for (let round = 0; round < rounds; round += 1) {
    const both = [start(dataDir, bundles), start(dataDir, bundles)];
    const said = await Promise.all(both.map(started => started.says));
    expect(
      said.filter(word => word === 'ready'),
      `round ${round}`,
    ).toHaveLength(1);
    expect(said.filter(word => word !== 'ready' && word !== 0)).toHaveLength(1);
    const holder = both[said.indexOf('ready')];
    expect(readControlFile(dataDir)?.pid).toBe(holder?.pid);
    await holder?.kill();
  }
  const last = start(dataDir, bundles);
  expect(await last.says).toBe('ready');
  await last.kill();
  expect(
    violationsInFile(join(dataDir, 'konspekt.db'), { enqueued: [], liveLeases: new Set(), artifacts: join(dataDir, 'artifacts') }),
  ).toEqual([]);
});
