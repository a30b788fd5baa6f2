import { programPaths } from '../../app/program-paths.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes, CommandError, type ExitCode } from '../exit-codes.ts';
import { startHost } from '../host.ts';
import { openBrowser } from '../open-browser.ts';
import { waitForStopSignal } from '../../app/stop-signal.ts';
import { attachToRunning } from '../attach.ts';
import { DataFolderBusyError } from '../../store/folder-lock.ts';
import { openInBrowser } from './open.ts';

export interface ServeOptions {
  readonly port: number;
  readonly open: boolean;
  readonly withPage: boolean;
  readonly exitWhenIdle: boolean;
}

/** How long an idle background process stays for the command that started it to connect. */
const idleGraceMs = 10_000;

export async function serve(context: CommandContext, options: ServeOptions): Promise<ExitCode> {
  const { words, out, dataDir, locale } = context;
  // A second `serve` on the same folder shows the first one's window instead of failing.
  const running = await attachToRunning(dataDir);
  if (running !== null) {
    await running.close();
    if (options.withPage) return openInBrowser(context);
    return exitCodes.done;
  }
  const host = await startHost({ dataDir, withPage: options.withPage, port: options.port, locale, paths: programPaths() }).catch((error: unknown) => {
    throw error instanceof DataFolderBusyError ? new CommandError(exitCodes.dataFolder, words.busyFolder(dataDir)) : error;
  });
  const stopped = waitForStopSignal();
  if (options.withPage) {
    const link = host.server.newLink();
    out.write(`${words.serving(link)}\n${words.servingStop}\n`);
    if (options.open) openBrowser(link);
  }
  const idle = options.exitWhenIdle ? host.app.whenIdle({ graceMs: idleGraceMs, signal: stopped.signal }) : new Promise<void>(() => undefined);
  await Promise.race([stopped.promise, idle]);
  await host.close();
  return exitCodes.done;
}
