import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type ElectronApplication, type Page } from '@playwright/test';
import { readControlFile } from '../../../src/main/ipc/control-file.ts';
import { connectToRunning } from '../../../src/main/headless/remote-channel.ts';
import { createClient, type Client } from '../../../src/shared/contract/client.ts';
import type { Result } from '../../../src/shared/contract/result.ts';
import type { JobKindName, JobView } from '../../../src/shared/domain/job.ts';
import { launchDesktop, onStandIn } from '../../support/launch-desktop.ts';
import { isAlive } from '../../support/process-tree.ts';

/** Where the window's page comes from, as the page itself is told. */
export const pageOrigin = onStandIn ? 'https://main.app.invalid' : 'app://main';

export interface DesktopProgram {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly pid: number;
  /** The program through its door for the command line. */
  readonly client: Client;
  /** Waits until the process has ended by itself; gives its exit code. */
  ended(): Promise<number | null>;
  /** Ends it as a power switch does. */
  kill(): Promise<void>;
  /** Quits as the system asks it to. */
  quit(): Promise<void>;
}

export interface Desk {
  readonly dataDir: string;
  start(options?: {
    readonly locale?: 'ru_RU.UTF-8' | 'en_US.UTF-8';
    readonly preload?: string;
    /** Another app than the project's own. */
    readonly appDir?: string;
    readonly env?: Readonly<Record<string, string>>;
  }): Promise<DesktopProgram>;
  /** Quits what still runs and removes the folder. */
  clear(): Promise<void>;
}

/** One person's data folder and the programs started on it. */
export function createDesk(): Desk {
  const dataDir = mkdtempSync(join(tmpdir(), 'konspekt-desk-'));
  const running = new Set<DesktopProgram>();
  return {
    dataDir,
    async start({ locale = 'ru_RU.UTF-8', preload, appDir, env = {} } = {}) {
      const { app, page } = await launchDesktop({
        dataDir,
        env: { LANGUAGE: '', LC_ALL: locale, ...env },
        ...(preload === undefined ? {} : { preload }),
        ...(appDir === undefined ? {} : { appDir }),
      });
      const process = app.process();
      const { pid } = process;
      if (pid === undefined) throw new Error('The program has no process id.');
      const gone = new Promise<void>(resolve =>
        app.once('close', () => {
          resolve();
        }),
      );
      await expect.poll(() => readControlFile(dataDir)?.pid).toBe(pid);
      const record = readControlFile(dataDir);
      if (record === null) throw new Error('The program left no control file.');
      const remote = await connectToRunning(record);
      const program: DesktopProgram = {
        app,
        page,
        pid,
        client: createClient(remote.channel),
        async ended() {
          await gone;
          running.delete(program);
          remote.close();
          return process.exitCode;
        },
        async kill() {
          process.kill('SIGKILL');
          await program.ended();
        },
        async quit() {
          // The answer may not come any more.
          await app
            .evaluate(({ app: electron }) => {
              electron.quit();
            })
            .catch(() => undefined);
          await program.ended();
        },
      };
      running.add(program);
      return program;
    },
    async clear() {
      for (const program of [...running]) {
        if (isAlive(program.pid)) await program.quit();
      }
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

export function value<T>(result: Result<T, string>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

/** The newest job of a kind, or null while there is none. */
export async function newestJob({ client }: DesktopProgram, kind: JobKindName): Promise<JobView | null> {
  const { jobs } = value(await client.call('jobs.list', {}));
  return jobs.find(job => job.kind === kind) ?? null;
}

/** Waits for a state of the newest job of a kind; long enough for a big document on a busy machine. */
export async function expectState(program: DesktopProgram, kind: JobKindName, state: JobView['state']): Promise<void> {
  await expect.poll(async () => (await newestJob(program, kind))?.state, { timeout: 90_000 }).toBe(state);
}

export async function openDemo(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Открыть пример' }).click();
  await expect(page.getByText('Забывание и интервальное повторение').first()).toBeVisible();
}

/** The composer's button, not the bar's, which opens the pane. */
export async function pressSynopsis(page: Page): Promise<void> {
  await page.locator('.composer').getByRole('button', { name: 'Конспект' }).click();
}

export async function expectReady(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Ключевые тезисы' })).toBeVisible({ timeout: 90_000 });
  await expect(page.locator('article.synopsis')).toHaveAttribute('aria-busy', 'false', { timeout: 90_000 });
}

/** A document of this many bytes keeps the worker at it for several seconds, which is what a test needs to act meanwhile. */
const longTextBytes = 3_000_000;

/** The lecture many times over, every time a little different: nothing of it is dropped as a repetition. */
export function longText(): Buffer {
  const lecture = readFileSync(join(import.meta.dirname, '../../../resources/samples/ru-lecture.md'), 'utf8');
  const paragraphs = lecture.split('\n').filter(line => line.length > 80 && !line.startsWith('#'));
  const parts: string[] = [];
  for (let bytes = 0, number = 1; bytes < longTextBytes; number += 1) {
    const paragraph = paragraphs[number % paragraphs.length] ?? '';
    const part = `## Раздел ${number}\n\n${paragraph.replaceAll('Эббингауз', `Исследователь-${number}`)}\n\n`;
    bytes += Buffer.byteLength(part);
    parts.push(part);
  }
  return Buffer.from(parts.join(''));
}

/** Drops the long document in, waits until it is read, and asks for its synopsis; returns while that is being made. */
export async function startLongSynopsis(program: DesktopProgram): Promise<void> {
  const { page } = program;
  await page
    .locator('.composer input[type=file]:not([webkitdirectory])')
    .setInputFiles({ name: 'длинная лекция.md', mimeType: 'text/markdown', buffer: longText() });
  await expectState(program, 'document.import', 'done');
  await pressSynopsis(page);
  await expectState(program, 'synopsis.make', 'running');
}

/** Names of the files in the data folder that only a running program leaves. */
export function controlFiles(dataDir: string): string[] {
  return readdirSync(dataDir).filter(name => name.startsWith('control.json'));
}
