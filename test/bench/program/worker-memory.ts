import { readFileSync } from 'node:fs';

export interface WorkerMemory {
  /** Highest resident size of one process, by worker, in MB. */
  readonly ofWorker: ReadonlyMap<string, number>;
  /**
   * Highest size of all of them at one time, in MB: what each holds of its own, and the pages of files once. Every worker maps the
   * same program file (some 45 MB of it are resident), and the kernel keeps one copy for all of them.
   */
  readonly together: number;
  /** The highest sum of their resident sizes, those pages counted in each, in MB. */
  readonly addedUp: number;
}

/** Often enough to see two processes side by side; what one of them reached, the kernel remembers. */
const lookEveryMs = 50;
const kbPerMb = 1_024;

/** Looks at the child processes of `hostPid` until `stop`; null where there is no /proc that lists children. */
export function watchWorkers(hostPid: number): { stop(): WorkerMemory } | null {
  if (childrenOf(hostPid) === null) return null;
  const ofWorker = new Map<string, number>();
  let together = 0;
  let addedUp = 0;
  const look = (): void => {
    let sum = 0;
    let own = 0;
    let ofFiles = 0;
    for (const pid of childrenOf(hostPid) ?? []) {
      const status = read(`/proc/${pid}/status`);
      const worker = /worker-([a-z]+)\.js/u.exec(read(`/proc/${pid}/cmdline`))?.[1];
      if (worker === undefined) continue;
      sum += field(status, 'VmRSS');
      own += field(status, 'RssAnon') + field(status, 'RssShmem');
      ofFiles = Math.max(ofFiles, field(status, 'RssFile'));
      ofWorker.set(worker, Math.max(ofWorker.get(worker) ?? 0, field(status, 'VmHWM')));
    }
    together = Math.max(together, own + ofFiles);
    addedUp = Math.max(addedUp, sum);
  };
  const timer = setInterval(look, lookEveryMs);
  return {
    stop() {
      clearInterval(timer);
      return { ofWorker, together, addedUp };
    },
  };
}

function childrenOf(pid: number): readonly string[] | null {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .split(' ')
      .filter(child => child !== '');
  } catch {
    return null;
  }
}

/** A process that has just ended has no files. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function field(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'mu').exec(status)?.[1] ?? 0) / kbPerMb;
}
