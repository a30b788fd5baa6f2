import { fork, type ChildProcess, type StdioOptions } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { watchdog } from '../chromium/watchdog.ts';
import { modelled, ModelledEmitter } from '../modelled.ts';
import { makePortLink, type PortLink } from '../port-link.ts';
import { runtime } from '../runtime.ts';
import type { UtilityFrame } from '../utility/utility-frames.ts';
import { app } from './app.ts';
import { takeNodePort } from './message-port-main.ts';

const START = fileURLToPath(new URL('../utility/start.mjs', import.meta.url));
/** The signals that mean that the process crashed rather than that somebody ended it. */
const CRASHES: ReadonlySet<string> = new Set(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP']);

type Stdio = Electron.ForkOptions['stdio'];

/** Electron's stdio words → the child's; standard input is never connected, as on Electron. */
function stdioOf(stdio: Stdio): StdioOptions {
  const [, out, err] = (Array.isArray(stdio) ? stdio : ['ignore', stdio, stdio]) as ('pipe' | 'ignore' | 'inherit' | undefined)[];
  return ['ignore', out ?? 'inherit', err ?? 'inherit', 'ipc'];
}

function whyItEnded(code: number | null, signal: NodeJS.Signals | null): 'clean-exit' | 'abnormal-exit' | 'crashed' | 'killed' {
  if (signal !== null) return CRASHES.has(signal) ? 'crashed' : 'killed';
  return code === 0 ? 'clean-exit' : 'abnormal-exit';
}

/** A real child process of Node 24 with Electron's `process.parentPort` in it. */
class UtilityProcess extends ModelledEmitter implements Pick<Electron.UtilityProcess, 'postMessage' | 'kill'> {
  pid: number | undefined;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  readonly #child: ChildProcess;
  readonly #ports: PortLink;

  constructor(modulePath: string, args: readonly string[], options: Electron.ForkOptions) {
    super('UtilityProcess', ['spawn', 'exit', 'message', 'error']);
    const child = fork(modulePath, args, {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: { ...(options.env ?? process.env) },
      execArgv: ['--disable-warning=ExperimentalWarning', '--import', START, ...(options.execArgv ?? [])],
      serialization: 'advanced',
      stdio: stdioOf(options.stdio),
    });
    this.#child = child;
    this.stdout = child.stdout;
    this.stderr = child.stderr;
    const say = (frame: UtilityFrame): void => {
      if (child.connected) child.send(frame);
    };
    this.#ports = makePortLink({
      message: (id, data, ports) => say({ t: 'port', id, data, ports }),
      close: id => say({ t: 'port-close', id }),
    });
    if (child.pid !== undefined) {
      const { pid } = child;
      watchdog().add(pid);
      const killIt = (): void => void child.kill('SIGKILL');
      process.on('exit', killIt);
      child.once('exit', () => {
        watchdog().del(pid);
        process.off('exit', killIt);
      });
    }
    child.once('spawn', () => {
      this.pid = child.pid;
      this.emit('spawn');
    });
    child.on('message', (frame: UtilityFrame) => {
      if (frame.t === 'message') this.emit('message', frame.data);
      else if (frame.t === 'port') this.#ports.received(frame.id, frame.data, frame.ports);
      else this.#ports.closed(frame.id);
    });
    child.once('error', error => {
      if (child.pid === undefined) this.#ended(null, null, options, error);
    });
    child.once('exit', (code, signal) => this.#ended(code, signal, options));
  }

  #ended(
    code: number | null,
    signal: NodeJS.Signals | null,
    { serviceName = 'Node Utility Process' }: Electron.ForkOptions,
    failed?: Error,
  ): void {
    this.pid = undefined;
    this.#ports.closeAll();
    const exitCode = failed === undefined ? (code ?? constants.signals[signal ?? 'SIGKILL']) : 1;
    const reason = failed === undefined ? whyItEnded(code, signal) : 'launch-failed';
    if (reason !== 'clean-exit')
      app.emit('child-process-gone', {}, { type: 'Utility', reason, exitCode, serviceName: 'node.mojom.NodeService', name: serviceName });
    this.emit('exit', exitCode);
  }

  postMessage(message: unknown, transfer: Electron.MessagePortMain[] = []): void {
    if (!this.#child.connected) return;
    const ports = transfer.map(port => this.#ports.give(takeNodePort(port)));
    try {
      this.#child.send({ t: 'message', data: message, ports } satisfies UtilityFrame);
    } catch {
      throw new Error('An object could not be cloned.');
    }
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }
}

export const utilityProcess = modelled('utilityProcess', {
  fork(modulePath: string, args: readonly string[] = [], options: Electron.ForkOptions = {}): Electron.UtilityProcess {
    if (!runtime.isReady) throw new Error('utilityProcess cannot be created before app is ready');
    if (typeof modulePath !== 'string' || modulePath === '') throw new TypeError('Missing UtilityProcess entry script.');
    return new UtilityProcess(modulePath, args, options) as unknown as Electron.UtilityProcess;
  },
});
