import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A process as it can be told from a later one of the same number. */
export interface KnownProcess {
  readonly pid: number;
  /** As the system writes it; the same for as long as the process lives. */
  readonly startedAt: string;
}

interface RunningProcess extends KnownProcess {
  readonly parent: number;
  readonly commandLine: string;
  /** Of the memory of the machine, where the list itself says so; null where it is asked for each. */
  readonly residentBytes: number | null;
}

/** A process below another one, and the memory that it holds. */
export interface HeldMemory {
  readonly pid: number;
  readonly bytes: number;
}

/** The oldest process that has these words on its command line: of a browser the one that all others belong to. Null for none. */
export async function findProcess(words: string): Promise<KnownProcess | null> {
  const having = (await processes()).filter(each => each.commandLine.includes(words));
  const pids = new Set(having.map(({ pid }) => pid));
  const root = having.find(({ parent }) => !pids.has(parent));
  return root === undefined ? null : { pid: root.pid, startedAt: root.startedAt };
}

/** Whether the very process that was written down still runs, with these words on its command line. */
export async function isStillRunning({ pid, startedAt }: KnownProcess, words: string): Promise<boolean> {
  return (await processes()).some(each => each.pid === pid && each.startedAt === startedAt && each.commandLine.includes(words));
}

/** What the processes below this one hold that have these words on their command line. */
export async function memoryBelow(root: number, words: string): Promise<readonly HeldMemory[]> {
  const all = await processes();
  const below = new Set([root]);
  // A child may stand before its parent in the list.
  for (let known = 0; known < below.size;) {
    known = below.size;
    for (const { pid, parent } of all) if (below.has(parent)) below.add(pid);
  }
  const having = all.filter(({ pid, commandLine }) => pid !== root && below.has(pid) && commandLine.includes(words));
  return Promise.all(having.map(async ({ pid, residentBytes }) => ({ pid, bytes: residentBytes ?? (await linuxResident(pid)) })));
}

const kib = 1_024;

/** 0 for one that has ended meanwhile. */
async function linuxResident(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1] ?? 0) * kib;
}

function processes(): Promise<readonly RunningProcess[]> {
  if (process.platform === 'linux') return linuxProcesses();
  return process.platform === 'win32' ? windowsProcesses() : unixProcesses();
}

/** After proc(5): the fields of `stat` behind the name, which may hold anything, spaces and brackets too. */
async function linuxProcesses(): Promise<readonly RunningProcess[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/u.test(name));
  const read = pids.map(async (name): Promise<RunningProcess | null> => {
    try {
      const [stat, commandLine] = await Promise.all([readFile(`/proc/${name}/stat`, 'utf8'), readFile(`/proc/${name}/cmdline`, 'utf8')]);
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return {
        pid: Number(name),
        parent: Number(fields[1]),
        startedAt: fields[19] ?? '',
        commandLine: commandLine.replaceAll('\0', ' '),
        residentBytes: null,
      };
    } catch {
      // It has ended meanwhile, or is somebody else's.
      return null;
    }
  });
  return (await Promise.all(read)).filter(each => each !== null);
}

async function unixProcesses(): Promise<readonly RunningProcess[]> {
  const { stdout } = await run('ps', ['-axww', '-o', 'pid=,ppid=,rss=,lstart=,args='], {
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, LC_ALL: 'C' },
  });
  return stdout.split('\n').flatMap(line => {
    // `lstart` is five words: Mon Nov 23 01:02:03 2026.
    const [, pid, parent, rss, startedAt, commandLine] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s(.*)$/u.exec(line) ?? [];
    return pid === undefined
      ? []
      : [
          {
            pid: Number(pid),
            parent: Number(parent),
            startedAt: startedAt ?? '',
            commandLine: commandLine ?? '',
            residentBytes: Number(rss) * kib,
          },
        ];
  });
}

async function windowsProcesses(): Promise<readonly RunningProcess[]> {
  const ask =
    'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId)`t$($_.ParentProcessId)`t$($_.CreationDate.Ticks)`t$($_.WorkingSetSize)`t$($_.CommandLine)" }';
  const { stdout } = await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', ask], {
    maxBuffer: 64 * 1024 * 1024,
    windowsHide: true,
  });
  return stdout.split('\r\n').flatMap(line => {
    const [pid, parent, startedAt, resident, ...rest] = line.split('\t');
    return pid === undefined || startedAt === undefined
      ? []
      : [{ pid: Number(pid), parent: Number(parent), startedAt, commandLine: rest.join('\t'), residentBytes: Number(resident) }];
  });
}
