import { readdirSync, readFileSync } from 'node:fs';

/** Everything that a process has started, and what that has started, where the kernel tells (Linux). */
export function descendants(root: number): number[] {
  if (process.platform !== 'linux') return [];
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const parent = Number.isInteger(pid) ? parentOf(pid) : null;
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found: number[] = [];
  for (let open = [root]; open.length > 0;) {
    open = open.flatMap(pid => children.get(pid) ?? []);
    found.push(...open);
  }
  return found;
}

/** Whether a process runs; one that has ended and was not yet waited for does not. */
export function isAlive(pid: number): boolean {
  if (process.platform === 'linux') {
    const stat = statOf(pid);
    return stat !== null && stat[0] !== 'Z';
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function parentOf(pid: number): number | null {
  const stat = statOf(pid);
  return stat === null ? null : Number(stat[1]);
}

/** The fields of `/proc/<pid>/stat` after the name, which is in brackets and may hold spaces: state, parent, … (proc(5)). */
function statOf(pid: number): string[] | null {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
