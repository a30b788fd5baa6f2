import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { processorsButTheFirst } from './processor-list.ts';

/** Of util-linux, which every Linux for the desktop has; where it is missing nothing is pinned, and it is not looked for again. */
const command = 'taskset';
let isThere = process.platform === 'linux';

/**
 * Keeps a thread, or all threads of a process and the later ones, off the first processor this program may use. Niceness alone does
 * not spare main: Linux lets a thread that has the processor finish its slice of 3–4 ms (EEVDF), and with both of two cores at work
 * that was most of what made main's loop late during a job. Measured on two cores with a 300-page PDF: p99 of the loop's delay
 * 4.4 → 3.1 ms, the job itself 2.2 → 2.7 s. Node has no call for this, hence a command; Windows and macOS let a higher priority
 * take the processor at once.
 */
export function leaveMainAProcessor(id: number, of: 'all its threads' | 'that thread'): void {
  if (!isThere) return;
  const rest = processorsButTheFirst(allowedProcessors());
  if (rest === null) return;
  // What it answers does not matter: a thread that has ended or a system that refuses leaves everything as it was.
  const setter = spawn(command, [...(of === 'all its threads' ? ['--all-tasks'] : []), '--pid', '--cpu-list', rest, String(id)], {
    stdio: 'ignore',
  });
  setter.once('error', () => {
    isThere = false;
  });
}

/** Processors the main thread may use, as the kernel lists them: `0-3,8`. Empty when the kernel does not say. */
function allowedProcessors(): string {
  try {
    return /^Cpus_allowed_list:\s*(\S+)$/mu.exec(readFileSync(`/proc/${process.pid}/status`, 'utf8'))?.[1] ?? '';
  } catch {
    return '';
  }
}
