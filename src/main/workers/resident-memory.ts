import { readFileSync } from 'node:fs';

/**
 * Resident memory of a process in bytes as the kernel tells it, or null where that takes more than reading a file. A
 * worker whose loop is blocked sends no heartbeat, so its own figure is not enough. One read takes some 30 µs.
 * `/proc/<pid>/status` rather than `statm`, because it speaks in kilobytes whatever the page size is.
 */
export function residentMemory(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    // It has just ended; its exit is on the way.
    return null;
  }
}
