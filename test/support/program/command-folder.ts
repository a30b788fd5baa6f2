import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished } from 'vitest';
import { readControlFile } from '../../../src/main/ipc/control-file.ts';
import { jobView, type JobInspection, type JobView } from '../../../src/shared/domain/job.ts';
import { patienceMs } from '../patience.ts';
import { isAlive } from '../process-tree.ts';
import { shownJob } from '../shown-job.ts';
import { tempFolder } from '../temp-folder.ts';
import { createBarrier, type Barrier } from './barrier.ts';
import { gatedCli } from './built-program.ts';
import { runCommand, type CommandEnd, type CommandOptions } from './command.ts';

const samples = join(import.meta.dirname, '..', '..', '..', 'resources', 'samples');
export const lecture = join(samples, 'en-lecture.md');
export const russianLecture = join(samples, 'ru-lecture.md');
export const meeting = join(samples, 'en-meeting.txt');

/** Gives each test of a suite a folder of its own and the command line in it. Called once at the top, behind `failOnLeaks`. */
export function commandFolder() {
  let folder = '';
  const at = {
    get folder() {
      return folder;
    },
    get dataDir() {
      return join(folder, 'data');
    },
  };

  beforeEach(({ onTestFinished: afterwards }) => {
    const temporary = tempFolder();
    folder = temporary.path;
    afterwards(() => {
      const left = readControlFile(at.dataDir);
      temporary.remove();
      expect(existsSync(folder)).toBe(false);
      // A program that had left in order would have taken it along.
      expect(left, 'the control file of a program that should be gone').toBeNull();
    });
  });

  const konspekt = (args: readonly string[], options: Partial<CommandOptions> = {}): Promise<CommandEnd> =>
    runCommand(args, { dataDir: at.dataDir, ...options });

  async function jobs(): Promise<JobView[]> {
    const { code, stdout } = await konspekt(['jobs', 'list', '--json']);
    expect(code).toBe(0);
    return stdout
      .split('\n')
      .filter(line => line !== '')
      .map(line => jobView.parse(JSON.parse(line)));
  }

  async function inspect(id: string): Promise<JobInspection> {
    return shownJob.parse(JSON.parse((await konspekt(['jobs', 'show', id, '--json'])).stdout));
  }

  return {
    at,
    konspekt,
    jobs,
    inspect,

    written(name: string, content: string | Uint8Array): string {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },

    /** Each section was made once and recorded once, however often the command was run. */
    async expectMadeOnce(id: string): Promise<void> {
      const { job, steps, events } = await inspect(id);
      expect(job).toMatchObject({ state: 'done', outcome: 'ok' });
      const recorded = events.filter(event => event.type === 'step').map(event => event.detail);
      expect(recorded).toEqual(steps.map(step => step.name));
      expect(new Set(recorded).size).toBe(recorded.length);
    },

    async heldAt(point: string): Promise<{ readonly barrier: Barrier; readonly cli: string }> {
      const barrier = await createBarrier();
      onTestFinished(() => barrier.close());
      return { barrier, cli: gatedCli(join(folder, 'gated'), { worker: 'synopsis', point, port: barrier.port }) };
    },

    async gone(pid: number, what: string): Promise<void> {
      await expect.poll(() => isAlive(pid), { message: what, timeout: patienceMs }).toBe(false);
    },

    /** The pid of the program that has the folder now. */
    holder(): number {
      const record = readControlFile(at.dataDir);
      if (record === null) throw new Error('Nobody has the data folder.');
      return record.pid;
    },
  };
}
