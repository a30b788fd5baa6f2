import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { beforeEach, expect, test, type TestContext } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { jobId, type JobId } from '../../../shared/domain/ids.ts';
import { tidyBrowsers } from './tidy-browsers.ts';

const states = ['live', 'has_login', 'over', 'unknown'] as const;
let folder: string;
let jobs: ReadonlyMap<JobId, (typeof states)[number]>;
const stateOf = (id: JobId) => jobs.get(id) ?? 'unknown';
const idOf = (state: (typeof states)[number]): JobId => {
  const found = [...jobs].find(([, each]) => each === state)?.[0];
  if (found === undefined) throw new Error(`No task is ${state}.`);
  return found;
};

/** Each task has a profile with a cookie, and a file that it has downloaded. */
beforeEach(({ onTestFinished }: TestContext) => {
  const made = tempFolder();
  onTestFinished(made.remove);
  folder = made.path;
  jobs = new Map(states.map(state => [jobId.parse(v7()), state]));
  for (const id of jobs.keys()) {
    mkdirSync(join(folder, id, 'profile'), { recursive: true });
    writeFileSync(join(folder, id, 'profile', 'Cookies'), 'session');
    writeFileSync(join(folder, id, 'download.pdf'), '%PDF');
  }
});

test('at the start profiles of tasks with a login go, live ones too, and what nobody remembers goes whole', async () => {
  expect(await tidyBrowsers(folder, stateOf)).toEqual([]);
  expect(existsSync(join(folder, idOf('live'), 'profile', 'Cookies'))).toBe(true);
  for (const state of ['has_login', 'over'] as const) expect(readdirSync(join(folder, idOf(state))), state).toEqual(['download.pdf']);
  expect(existsSync(join(folder, idOf('unknown')))).toBe(false);
});

test('what a login has left goes although a browser of before could not be ended', async () => {
  // A lifeline that is a folder is neither read nor removed.
  mkdirSync(join(folder, `${idOf('live')}.json`, 'inside'), { recursive: true });
  await expect(tidyBrowsers(folder, stateOf)).rejects.toThrow(/EISDIR|EPERM|ENOTEMPTY|ERR_FS_EISDIR/u);
  expect(readdirSync(join(folder, idOf('has_login')))).toEqual(['download.pdf']);
});

test('where no task was ever begun there is nothing to tidy', async () => {
  expect(await tidyBrowsers(join(folder, 'nowhere'), stateOf)).toEqual([]);
});
