import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** The parent of a process, or null when it has just ended. */
function parentOf(pid: number): number | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; the fields are counted from behind it.
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

/**
 * Nanoseconds that the living threads of a process have run. The scheduler counts them exactly; the ticks of
 * /proc/<pid>/stat are samples, which miss processes that wake and sleep as often as a database server's.
 */
function runNanos(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => {
      const [run] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ');
      return sum + Number(run);
    }, 0);
  } catch {
    return 0;
  }
}

/**
 * Processor time in microseconds that the given processes and all their living descendants have used; null where the
 * system does not tell. Only a difference means something, and only while none of them ends.
 */
export function processorMicros(roots: readonly number[]): number | null {
  if (!existsSync('/proc/self/schedstat')) return null;
  const all = readdirSync('/proc')
    .map(Number)
    .filter(Number.isInteger)
    .map(pid => ({ pid, parent: parentOf(pid) }));
  const wanted = new Set(roots);
  for (let grew = true; grew;) {
    grew = false;
    for (const { pid, parent } of all) {
      if (parent === null || wanted.has(pid) || !wanted.has(parent)) continue;
      wanted.add(pid);
      grew = true;
    }
  }
  return [...wanted].reduce((sum, pid) => sum + runNanos(pid), 0) / 1_000;
}
