import { spawn } from 'node:child_process';

/** How much of a failed command's output is worth showing; npm's last screen fits in it. */
const LOG_LIMIT_CHARACTERS = 16_000;

/**
 * Runs a command with its output kept back. Resolves with `{ code, log }`, where `code` is `null` when the command could not be
 * started or was ended by a signal; never rejects.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<{ code: number | null, log: string }>}
 */
export const runQuietly = (command, parameters, options) =>
  new Promise(resolve => {
    let log = '';
    /** @type {(chunk: string) => void} */
    const keep = chunk => {
      log = (log + chunk).slice(-LOG_LIMIT_CHARACTERS);
    };
    const child = spawn(command, parameters, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    child.on('error', error => resolve({ code: null, log: `${log}${error.message}\n` }));
    child.on('close', code => resolve({ code, log }));
  });
