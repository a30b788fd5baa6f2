import { spawn } from 'node:child_process';

/**
 * Signals a terminal or a supervisor sends to stop a program; the child gets them and decides when to end.
 * @type {NodeJS.Signals[]}
 */
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

let stopRequested = false;

/** Whether a stop signal came while a command was running: whoever runs several in a row must not begin the next one. */
export const stopWasRequested = () => stopRequested;

/**
 * A terminal's Ctrl+C reaches the child by itself; passed on it would be a second press, which programs take for "at once".
 * @type {(signal: NodeJS.Signals) => boolean}
 */
const childHasIt = signal => signal === 'SIGINT' && process.stdin.isTTY === true;

/**
 * Runs a command that owns the terminal. Stop signals are passed on and this process waits for the child, so there is never a
 * child without a parent. Resolves with the exit code to end with (128 + 2 or + 15 style codes for signals, as shells do).
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export const runAttached = (command, parameters, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { stdio: 'inherit', ...options });
    /** @type {(signal: NodeJS.Signals) => void} */
    const passOn = signal => {
      stopRequested = true;
      if (!childHasIt(signal)) child.kill(signal);
    };
    for (const signal of STOP_SIGNALS) process.on(signal, passOn);
    const release = () => {
      for (const signal of STOP_SIGNALS) process.off(signal, passOn);
    };
    child.on('error', error => {
      release();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      release();
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
