import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect } from 'vitest';

/** Pids of this process's children where the kernel tells them (Linux), dead but unreaped ones included. */
export function childPids(): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/task').flatMap(thread =>
    readFileSync(`/proc/self/task/${thread}/children`, 'utf8')
      .split(' ')
      .filter(pid => pid !== '')
      .map(Number),
  );
}

/** Files of a folder that this process has open where the kernel tells (Linux), removed ones included. */
function openFilesIn(folder: string): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/fd').flatMap(fd => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(folder) ? [path] : [];
    } catch {
      // Closed while the list was read, as the list's own one is.
      return [];
    }
  });
}

/** What keeps an event loop alive and is none of the test runner's: its own timers, pipes and requests come and go. */
const watchedHandles: ReadonlySet<string> = new Set([
  'TCPServerWrap',
  'TCPSocketWrap',
  'PipeServerWrap',
  'ProcessWrap',
  'FSEventWrap',
  'UDPWrap',
  'Worker',
]);

/** What one moment of this process holds. */
export interface Holdings {
  readonly children: ReadonlySet<number>;
  readonly handles: ReadonlyMap<string, number>;
  readonly listeners: ReadonlyMap<string, number>;
}

export function holdings(): Holdings {
  const handles = new Map<string, number>();
  for (const name of process.getActiveResourcesInfo()) if (watchedHandles.has(name)) handles.set(name, (handles.get(name) ?? 0) + 1);
  return {
    children: new Set(childPids()),
    handles,
    listeners: new Map(process.eventNames().map(name => [String(name), process.listenerCount(name)])),
  };
}

/** What this process holds more than `before`, as text for a person; files of `folder` that are open or left in it count too. */
export function leakedSince(before: Holdings, folder: string): string[] {
  const now = holdings();
  const more = (what: string, old: ReadonlyMap<string, number>, current: ReadonlyMap<string, number>): string[] =>
    [...current]
      .filter(([name, count]) => count > (old.get(name) ?? 0))
      .map(([name, count]) => `${what} ${name}: ${old.get(name) ?? 0} before, ${count} now`);
  return [
    ...[...now.children].filter(pid => !before.children.has(pid)).map(pid => `child process ${pid}`),
    ...more('handle', before.handles, now.handles),
    ...more('listener of the process for', before.listeners, now.listeners),
    ...openFilesIn(folder).map(path => `open file ${path}`),
    ...readdirSync(folder).map(name => `left in the temporary folder: ${name}`),
  ];
}

/**
 * Closing a handle takes a turn of the loop or two, and the end of a killed process what the system needs for it: on a machine
 * whose disk is busy, seconds. Longer than this and it is not being closed.
 */
const settleMs = 30_000;
/** Between two looks: the processor belongs to what is being closed. */
const lookAgainMs = 5;

/** `leakedSince`, once what is being closed has had its turns. */
export async function lastingLeaks(before: Holdings, folder: string): Promise<string[]> {
  const untilMs = performance.now() + settleMs;
  for (;;) {
    const leaked = leakedSince(before, folder);
    if (leaked.length === 0 || performance.now() > untilMs) return leaked;
    await new Promise(resolve => {
      setTimeout(resolve, lookAgainMs);
    });
  }
}

/** A temporary folder of its own for whatever this process and its children put there, until `remove`. */
export function ownTemporaryFolder(): { readonly path: string; remove(): void } {
  const shared = process.env['TMPDIR'];
  const path = mkdtempSync(join(tmpdir(), 'konspekt-own-'));
  process.env['TMPDIR'] = path;
  return {
    path,
    remove() {
      if (shared === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = shared;
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/**
 * Fails a test that leaves behind a child process, a handle, a listener, an open file or anything in the temporary folder,
 * after all its own cleaning up. Called once at the top of a suite.
 */
export function failOnLeaks(): void {
  beforeEach(({ onTestFinished }) => {
    const folder = ownTemporaryFolder();
    // The test runner may have children of its own.
    const before = holdings();
    // Registered first, so it runs last.
    onTestFinished(async () => {
      const leaked = await lastingLeaks(before, folder.path);
      folder.remove();
      expect(leaked, 'left behind by the test').toEqual([]);
    });
  });
}
