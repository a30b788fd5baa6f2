import { format } from 'node:util';
import { describeError } from './describe-error.ts';
import type { ParentPort } from './parent-port.ts';
import { watchParent } from './parent-watch.ts';

/** EX_SOFTWARE of sysexits.h: an error of the program itself. */
const internalErrorExit = 70;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type WriteLog = (level: LogLevel, message: string) => void;

const consoleLevels = { debug: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'error', trace: 'debug' } as const satisfies Record<
  string,
  LogLevel
>;

/** What a whole process needs around `serve`: no silent death, no life without a parent, no print into nowhere. */
export function installProcessGuards(port: ParentPort, log: WriteLog): void {
  // A signal of a terminal or of the system goes to the whole group; main decides when workers leave.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

  const die = (what: string, error: unknown): void => {
    const story = `${what}: ${describeError(error)}`;
    log('error', story);
    // Before the first frame there is no log yet; main keeps the last of what a worker prints.
    process.stderr.write(`${story}\n`);
    port.exit(internalErrorExit);
  };
  process.on('uncaughtException', error => die('Uncaught exception', error));
  process.on('unhandledRejection', reason => die('Unhandled rejection', reason));

  for (const [name, level] of Object.entries(consoleLevels)) {
    Object.defineProperty(console, name, {
      value: (...values: unknown[]) => log(level, format(...values)),
      writable: true,
      configurable: true,
    });
  }
  port.onDisconnect(() => process.exit(0));
  watchParent();
}
