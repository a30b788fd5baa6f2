import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const electron = join(import.meta.dirname, 'electron');
const fixture = join(import.meta.dirname, 'fixture');
/** A launch takes about a second; a loaded CI machine may need many times that. */
const PATIENCE_MS = 30_000;

let folder: string;
let program: ChildProcess | undefined;

/** The processes that were started for this test: all of them carry its folder in their command line. */
function leftOver(): string[] {
  return readdirSync('/proc').flatMap(pid => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
    try {
      const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const [, state] = /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      return commandLine.includes(folder) && state !== 'Z' ? [`${pid} ${commandLine.slice(0, 80)}`] : [];
    } catch {
      return []; // it ended while it was looked at
    }
  });
}

/** The fixture with a worker whose event loop is blocked, once that is so. */
async function start(): Promise<ChildProcess> {
  const child = spawn(electron, [fixture, `--user-data-dir=${join(folder, 'data')}`], {
    env: { ...process.env, TMPDIR: folder, FIXTURE_BUSY_WORKER: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  program = child;
  await new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => text.includes('fixture: busy') && resolve());
    child.once('exit', code => reject(new Error(`the fixture ended with ${code} before it was up`)));
  });
  return child;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'konspekt-death-'));
});
afterEach(() => {
  program?.kill('SIGKILL');
  for (const line of leftOver()) process.kill(Number.parseInt(line, 10), 'SIGKILL'); // a failed test must not leave them either
  rmSync(folder, { recursive: true, force: true });
});

// The list of processes is read from /proc.
describe.runIf(process.platform === 'linux')('when the main process ends', () => {
  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'by %s, nothing of it is left: no Chromium, no blocked worker, no profile',
    { timeout: PATIENCE_MS },
    async signal => {
      const child = await start();
      expect(leftOver().length).toBeGreaterThan(3); // itself, the worker, Chromium and its helpers
      const ended = new Promise(resolve => child.once('exit', resolve));
      child.kill(signal);
      await ended;
      await expect.poll(leftOver, { timeout: PATIENCE_MS / 2 }).toEqual([]);
      await expect.poll(() => readdirSync(folder), { timeout: PATIENCE_MS / 2 }).toEqual(['data']);
    },
  );
});
