import { readFileSync } from 'node:fs';
import { findProcess } from '../../src/system/process-table.ts';

/** After proc(5): the second field behind the name. */
function parentOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

/** Kills the process of the program's own that has opened a task's browser. On Linux alone. */
export async function killBrowserWorker(dataDir: string): Promise<void> {
  const driven = await findProcess(dataDir);
  if (driven === null) throw new Error('No browser is at work.');
  process.kill(parentOf(driven.pid), 'SIGKILL');
}
