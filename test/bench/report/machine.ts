import { cpus, release, totalmem } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

/** What a reader needs to compare figures, and nothing that names the machine. */
export function machineClass(): string {
  const processors = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}, ${gigabytes} GB, ${process.platform} ${release().split('-', 1)[0]} ${process.arch}, Node ${process.version}`;
}

/** Long enough to average over time slices, short beside any bench. */
const lookMs = 1_000;

/** The share of all processors (0 to 1) that is in use while this process only waits. */
export async function othersBusy(): Promise<number> {
  const before = processorTimes();
  await pause(lookMs);
  const after = processorTimes();
  const all = after.all - before.all;
  return all <= 0 ? 0 : Math.min(1, Math.max(0, 1 - (after.idle - before.idle) / all));
}

function processorTimes(): { readonly idle: number; readonly all: number } {
  let idle = 0;
  let all = 0;
  for (const { times } of cpus()) {
    idle += times.idle;
    all += times.idle + times.user + times.nice + times.sys + times.irq;
  }
  return { idle, all };
}
