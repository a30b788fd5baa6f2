import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const module = fileURLToPath(new URL('./run-attached.mjs', import.meta.url));

/** A parent that runs a child which says it is ready, waits for the stop signal and ends by its own decision. */
const PARENT = `
  import { runAttached, stopWasRequested } from ${JSON.stringify(module)};
  const child = "process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); console.log('ready')";
  const code = await runAttached(process.execPath, ['-e', child]);
  console.log(JSON.stringify({ code, stopped: stopWasRequested() }));
`;

test.skipIf(process.platform === 'win32')('a stop signal reaches the child, and the parent ends after it and knows why', async () => {
  const parent = spawn(process.execPath, ['--input-type=module', '-e', PARENT], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  parent.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (output === '') parent.kill('SIGTERM');
    output += text;
  });
  await once(parent, 'close');
  expect(output).toBe('ready\n{"code":7,"stopped":true}\n');
});
