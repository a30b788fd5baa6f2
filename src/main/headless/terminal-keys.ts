import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const ctrlC = '\u0003';
const ctrlZ = '\u001a';
const ctrlBackslash = '\u001c';

/**
 * Whether npm and its shell stand between the terminal and this program. A terminal's Ctrl+C goes to each of them, and the
 * shell dies of it at once and npm with it: the prompt would be back while this program is still stopping in order.
 */
function isBehindNpm(): boolean {
  return process.env['npm_command'] !== undefined && process.platform !== 'win32';
}

/** A process that is not in the foreground of its terminal is stopped by the system when it touches it. */
function isInForeground(): boolean {
  try {
    const ids =
      process.platform === 'linux'
        ? // proc(5): after the name, which may hold anything, come state, parent, group, session, terminal, the terminal's group.
          (readFileSync('/proc/self/stat', 'utf8').split(')').at(-1) ?? '')
            .trim()
            .split(' ')
            .filter((_, index) => index === 2 || index === 5)
        : execFileSync('ps', ['-o', 'pgid=,tpgid=', '-p', String(process.pid)], { encoding: 'utf8' })
            .trim()
            .split(/\s+/u);
    return ids.length === 2 && ids[0] === ids[1];
  } catch {
    return false;
  }
}

/**
 * Takes the keys that stop programs from the terminal itself while a command run through npm stops in order by `onStop`:
 * the terminal then sends no signals, and those between stay and wait. Elsewhere does nothing. Returns how to end it.
 */
export function listenForKeys(onStop: () => void): () => void {
  const { stdin } = process;
  if (!isBehindNpm() || !stdin.isTTY || !isInForeground()) return () => undefined;

  function take(): void {
    stdin.setRawMode(true);
    stdin.resume();
  }
  function leave(): void {
    stdin.setRawMode(false);
    stdin.pause();
  }
  function onData(data: Buffer): void {
    for (const key of data.toString('latin1')) {
      if (key === ctrlC) onStop();
      else if (key === ctrlZ || key === ctrlBackslash) {
        leave();
        // To the whole group, as the terminal does.
        process.kill(0, key === ctrlZ ? 'SIGTSTP' : 'SIGQUIT');
      }
    }
  }
  /** After Ctrl+Z, `fg` gives the terminal back and `bg` does not. */
  function onContinue(): void {
    if (isInForeground()) take();
  }
  stdin.on('data', onData);
  process.on('SIGCONT', onContinue);
  take();
  return () => {
    process.off('SIGCONT', onContinue);
    stdin.off('data', onData);
    leave();
  };
}
