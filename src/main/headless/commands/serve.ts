import { programPaths } from '../../app/program-paths.ts';
import { waitForStopSignal } from '../../app/stop-signal.ts';
import { attachToRunning, whenGone, whileBusy } from '../attach.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { metricsPath } from '../../ipc/local-server.ts';
import { metricsTokenFile } from '../../ipc/metrics-token.ts';
import { healthWordsFor } from '../health-words.ts';
import { startHost, type Host } from '../host.ts';
import { openBrowser } from '../open-browser.ts';
import { openInBrowser } from './open.ts';
import { listenForKeys } from '../terminal-keys.ts';

export interface ServeOptions {
  /** Null takes the usual one where it can be had, else a free one. */
  readonly port: number | null;
  readonly open: boolean;
  readonly withPage: boolean;
  readonly exitWhenIdle: boolean;
  /** Serves figures at `/metrics`. */
  readonly metrics: boolean;
}

/** Not a well-known service's port, so `konspekt serve` mostly finds it free and a bookmark keeps working. */
export const usualPort = 47_600;
/** How long an idle background process stays for the command that started it to connect. */
const idleGraceMs = 10_000;

export async function serve(context: CommandContext, options: ServeOptions): Promise<ExitCode> {
  const stop = waitForStopSignal(listenForKeys);
  try {
    const host = await takeOver(context, options, stop.signal);
    if (host === null && options.metrics) context.err.write(`${healthWordsFor(context.locale).metricsNotServed}\n`);
    if (host === null) return options.withPage ? await openInBrowser(context) : exitCodes.done;
    await run(host, context, options, stop);
    return exitCodes.done;
  } finally {
    stop.release();
  }
}

/** Starts here as soon as no passing program has the folder; null when one is running that stays. */
async function takeOver(context: CommandContext, options: ServeOptions, signal: AbortSignal): Promise<Host | null> {
  const { words, dataDir, locale } = context;
  const stays = options.exitWhenIdle ? 'background' : 'headless';
  return whileBusy(
    context,
    async tellWaiting => {
      for (;;) {
        const running = await attachToRunning(dataDir);
        if (running === null) break;
        try {
          // A second `serve` on the same folder shows the first one's window instead of failing.
          const isPassing = running.running === 'command' || (running.running === 'background' && stays === 'headless');
          if (!isPassing) return null;
          tellWaiting();
          await whenGone(running, signal);
        } finally {
          await running.close();
        }
        if (signal.aborted) throw new CommandError(exitCodes.cancelled, words.stopped);
      }
      return startHost({
        dataDir,
        withPage: options.withPage,
        port: options.port ?? usualPort,
        orAnyPort: options.port === null,
        locale,
        paths: programPaths(),
        withMetrics: options.metrics,
        stays,
      });
    },
    signal,
  );
}

async function run(
  host: Host,
  { dataDir, locale, words, out, err }: CommandContext,
  options: ServeOptions,
  stop: { readonly promise: Promise<void>; readonly signal: AbortSignal },
): Promise<void> {
  if (options.withPage) {
    if (options.port === null && host.server.port !== usualPort) err.write(`${words.otherPort(usualPort, host.server.port)}\n`);
    const link = host.server.newLink();
    out.write(`${words.serving(link)}\n${words.servingStop}\n`);
    if (options.open) openBrowser(link);
  }
  if (host.metricsToken !== null) {
    const address = new URL(metricsPath, `http://127.0.0.1:${host.server.port}`).href;
    out.write(`${healthWordsFor(locale).metricsServed(address, host.metricsToken, metricsTokenFile(dataDir))}\n`);
  }
  const idle = options.exitWhenIdle ? host.app.whenIdle({ graceMs: idleGraceMs, signal: stop.signal }) : new Promise<void>(() => undefined);
  await Promise.race([stop.promise, idle]);
  // Jobs are handed back in order, which takes a moment in which a person would wonder.
  if (stop.signal.aborted && err.isTTY) err.write(`\n${words.cancelling}\n`);
  await host.close();
}
