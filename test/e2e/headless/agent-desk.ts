import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, type Locator, type Page } from '@playwright/test';
import { descendants } from '../../support/process-tree.ts';
import { builtCli } from '../../support/program/built-program.ts';
import { launchHeadless, type HeadlessProgram } from '../../support/launch-headless.ts';
import type { ModelRequest, Script, ScriptedReply } from '../../support/scripted-models/script.ts';
import { startScriptedServer, type ScriptedServer } from '../../support/scripted-models/scripted-server.ts';

const run = promisify(execFile);

/** A program with a scripted model, and the window a person looks at it through. */
export interface AgentDesk {
  readonly root: string;
  readonly server: ScriptedServer;
  /** One command on the data folder, before the program is started. */
  konspekt(...args: readonly string[]): Promise<void>;
  /** Starts the program and opens its window. */
  start(): Promise<void>;
  kill(): Promise<void>;
  /** A link that lets one more browser in. */
  link(): Promise<string>;
  /** Kills the processes that agents work in, as a crash would; how many. Linux alone. */
  killAgents(): number;
  /** Everything the program has started whose command line has these words. Linux alone. */
  running(words: string): number[];
  /** The model can be reached no more, until `comeBack`. */
  leave(): Promise<void>;
  comeBack(): Promise<void>;
  clear(): Promise<void>;
}

export async function openDesk(page: Page, script: Script): Promise<AgentDesk> {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'konspekt-agents-'));
  const dataDir = join(root, 'data');
  const server = await startScriptedServer({ script });
  const port = Number(new URL(server.origin).port);
  let back: ScriptedServer | null = null;
  let program: HeadlessProgram | null = null;
  const running = (words: string) => (program === null ? [] : descendants(program.pid).filter(pid => commandLine(pid).includes(words)));
  return {
    root,
    server,
    async konspekt(...args) {
      await run(process.execPath, [builtCli, '--data', dataDir, ...args], { env: { ...process.env, LC_ALL: 'ru_RU.UTF-8' } });
    },
    async start() {
      program = await launchHeadless({ dataDir, locale: 'ru_RU.UTF-8' });
      await page.goto(program.link);
      await expect(page.getByRole('contentinfo')).toBeVisible();
    },
    async kill() {
      await program?.kill();
      program = null;
    },
    async link() {
      const { stdout } = await run(process.execPath, [builtCli, '--data', dataDir, 'open'], {
        env: { ...process.env, LC_ALL: 'ru_RU.UTF-8' },
      });
      return /http:\/\/\S+/u.exec(stdout)?.[0] ?? '';
    },
    killAgents() {
      const agents = running('worker-agent.js');
      for (const pid of agents) process.kill(pid, 'SIGKILL');
      return agents.length;
    },
    running,
    leave: () => server.close(),
    async comeBack() {
      back = await startScriptedServer({ script, port });
    },
    async clear() {
      const code = await program?.stop();
      await server.close();
      await back?.close();
      rmSync(root, { recursive: true, force: true });
      expect(code ?? 0).toBe(0);
    },
  };
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It has ended since it was listed.
    return '';
  }
}

/** A desk whose model answers in chats already. */
export async function openAnsweringDesk(page: Page, script: Script): Promise<AgentDesk> {
  const desk = await openDesk(page, script);
  await desk.konspekt('models', 'add', desk.server.baseUrl, '--name', 'Scripted');
  await desk.konspekt('models', 'use', 'chat', 'scripted', 'scripted');
  return desk;
}

export async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Сообщение' }).fill(text);
  await page.keyboard.press('Enter');
}

/** Answers of the open chat, in their order. */
export function answers(page: Page): Locator {
  return page.getByRole('log').getByRole('article', { name: 'Конспект' });
}

export function call(name: string, input: unknown): ScriptedReply {
  return { kind: 'answer', toolCalls: [{ id: 'c1', name, input }] };
}

/** How many results of tools the conversation of this request holds. */
export function toolResults({ body }: ModelRequest): number {
  return ((body['messages'] ?? []) as readonly { readonly role?: string }[]).filter(({ role }) => role === 'tool').length;
}
