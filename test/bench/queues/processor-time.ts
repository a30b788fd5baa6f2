import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** USER_HZ: the unit of the times in /proc, fixed at 100 on every Linux that Node runs on. */
const microsPerTick = 10_000;

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
  readonly reapedTicks: number;
}

function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; the fields are counted from behind it.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent, user, system, reapedUser, reapedSystem] = [fields[1], fields[11], fields[12], fields[13], fields[14]];
    return { pid, parent: parent ?? 0, ticks: (user ?? 0) + (system ?? 0), reapedTicks: (reapedUser ?? 0) + (reapedSystem ?? 0) };
  } catch {
    return null;
  }
}

/**
 * Processor time in microseconds that the given processes and all their descendants have used, those that have ended
 * included; null where there is no /proc.
 */
export function processorMicros(roots: readonly number[]): number | null {
  if (!existsSync('/proc/self/stat')) return null;
  const all = readdirSync('/proc')
    .map(Number)
    .filter(Number.isInteger)
    .flatMap(pid => statOf(pid) ?? []);
  const wanted = new Set(roots);
  for (let grew = true; grew;) {
    grew = false;
    for (const { pid, parent } of all) {
      if (wanted.has(pid) || !wanted.has(parent)) continue;
      wanted.add(pid);
      grew = true;
    }
  }
  return all.filter(({ pid }) => wanted.has(pid)).reduce((sum, stat) => sum + stat.ticks + stat.reapedTicks, 0) * microsPerTick;
}
