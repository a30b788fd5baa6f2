import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { holdings, lastingLeaks, leakedSince, ownTemporaryFolder } from './leaks.ts';

test('what a test leaves behind is seen, and what it has cleaned up is not', async () => {
  const folder = ownTemporaryFolder();
  const before = holdings();
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const path = join(folder.path, 'left.db');
  const fd = openSync(path, 'w');
  const listener = (): void => undefined;
  process.on('SIGUSR2', listener);

  const leaked = leakedSince(before, folder.path).join('\n');
  for (const what of [
    /handle TCPServerWrap: 0 before, 1 now/u,
    /listener of the process for SIGUSR2/u,
    /left in the temporary folder: left\.db/u,
  ])
    expect(leaked).toMatch(what);
  if (process.platform === 'linux') {
    expect(leaked).toContain(`child process ${child.pid}`);
    expect(leaked).toContain(`open file ${path}`);
  }

  child.stdin.end();
  await once(child, 'exit');
  server.close();
  closeSync(fd);
  rmSync(path);
  process.off('SIGUSR2', listener);
  expect(await lastingLeaks(before, folder.path)).toEqual([]);
  folder.remove();
});
