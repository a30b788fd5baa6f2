import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeSingleInstanceLock, type SecondInstance } from './single-instance-lock.ts';

const source = join(import.meta.dirname, 'single-instance-lock.ts');
const me: SecondInstance = { argv: ['me'], workingDirectory: '/', additionalData: {} };
let folder: string;
let release: (() => void) | undefined;

/** Another process asks for the lock; it says 'taken' or 'refused'. */
const script = (after: string): string[] => [
  '--input-type=module',
  '--eval',
  `import { takeSingleInstanceLock } from ${JSON.stringify(source)}
   const release = takeSingleInstanceLock(${JSON.stringify(folder)}, { argv: ['other', '--x'], workingDirectory: '/w', additionalData: { deep: new Map([[1, 2]]) } }, () => {})
   console.log(release === undefined ? 'refused' : 'taken')
   ${after}`,
];
const askElsewhere = (): string =>
  execFileSync(process.execPath, script('process.exit()'), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'konspekt-lock-'));
});
afterEach(() => {
  release?.();
  release = undefined;
  rmSync(folder, { recursive: true, force: true });
});

test('one process has it; another is refused and its words arrive, as they were cloned', async () => {
  const heard: SecondInstance[] = [];
  release = takeSingleInstanceLock(folder, me, second => heard.push(second));
  expect(release).toBeTypeOf('function');
  expect(askElsewhere()).toBe('refused');
  await expect.poll(() => heard).toEqual([{ argv: ['other', '--x'], workingDirectory: '/w', additionalData: { deep: new Map([[1, 2]]) } }]);
});

test('it is free after release, and after the holder was killed', async () => {
  release = takeSingleInstanceLock(folder, me, () => {});
  release?.();
  release = undefined;
  const holder = spawn(process.execPath, script('setInterval(() => {}, 1000)'), { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise<void>(resolve => holder.stdout.once('data', () => resolve()));
  expect(askElsewhere()).toBe('refused');
  const gone = new Promise(resolve => holder.once('exit', resolve));
  holder.kill('SIGKILL');
  await gone;
  expect(askElsewhere()).toBe('taken');
});

test('words left for a former holder are not given to the next one', async () => {
  release = takeSingleInstanceLock(folder, me, () => {});
  expect(askElsewhere()).toBe('refused');
  release?.();
  await new Promise(resolve => setTimeout(resolve, 2)); // the next lock is taken in a later millisecond
  const heard: SecondInstance[] = [];
  release = takeSingleInstanceLock(folder, me, second => heard.push(second));
  expect(heard).toEqual([]);
});
