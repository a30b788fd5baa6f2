// Which port `konspekt serve` takes when the one it wants is another program's.
import { spawnSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { failOnLeaks } from '../support/leaks.ts';
import { startCommand, terminalProgram } from '../support/program/command.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** As in src/main/headless/commands/serve.ts, and as people have it in their bookmarks. */
const usualPort = 47_600;

failOnLeaks();

function dataDir(): string {
  const folder = tempFolder();
  onTestFinished(() => {
    folder.remove();
  });
  return join(folder.path, 'data');
}

/** Listens there until the test is over; null when another program does, which is as good. */
async function take(port: number): Promise<number | null> {
  const server = createServer();
  const isOurs = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => {
      resolve(true);
    });
  });
  if (!isOurs) return null;
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** Another program that has the port may leave it at any moment; then it is ours to take. */
const tries = 3;

test('the usual port is taken: a free one is chosen, and said in one line', async () => {
  for (let left = tries; ; left -= 1) {
    await take(usualPort);
    const command = startCommand(['serve'], { dataDir: dataDir(), language: 'ru' });
    await command.prints('Остановить: Ctrl+C');
    command.signal('SIGINT');
    const { code, stdout, stderr } = await command.ended;
    expect(code).toBe(0);
    if (left > 1 && stdout.includes(`http://127.0.0.1:${usualPort}/`)) continue;
    const port = /^Порт 47600 занят другой программой, поэтому взят свободный: (\d+)\. Выбрать свой: --port\.\n$/u.exec(stderr)?.[1];
    expect(Number(port)).toBeGreaterThan(0);
    expect(Number(port)).not.toBe(usualPort);
    expect(stdout).toContain(`http://127.0.0.1:${port}/open?token=`);
    return;
  }
});

test('a port that was asked for is not exchanged for another: the sentence names it and the cure', async () => {
  const port = await take(0);
  const ended = await startCommand(['serve', '--port', String(port)], { dataDir: dataDir(), language: 'ru' }).ended;
  expect(ended).toEqual({
    code: 2,
    stdout: '',
    stderr: `Порт ${port} на 127.0.0.1 занят другой программой. Укажите в --port другой или 0, чтобы взять свободный.\n`,
  });
});

const hasTerminal = process.platform === 'linux' && spawnSync(terminalProgram, ['--version']).status === 0;
test.skipIf(!hasTerminal)('Ctrl+C on a terminal is answered before everything is closed', async () => {
  const command = startCommand(['serve', '--port', '0'], { dataDir: dataDir(), terminal: true });
  await command.prints('Ctrl+C stops it.');
  command.type('\u0003');
  const { code, stdout } = await command.ended;
  expect(stdout).toContain('Stopping… Ctrl+C again leaves at once.');
  expect(code).toBe(0);
});
