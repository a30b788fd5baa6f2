import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Client } from '../../src/shared/contract/client.ts';
import type { JobId } from '../../src/shared/domain/ids.ts';
import { dataFolder } from '../../src/main/store/data-folder.ts';
import { addSession, addVersion, coverageOf, noonMs, plainStore, sectionOf } from '../integration/store/store-fixture.ts';
import { createBarrier, type Barrier } from '../support/program/barrier.ts';
import { gatedCli } from '../support/program/built-program.ts';
import { jobWhen } from '../support/program/job-ended.ts';
import { startBuilt, value, type RunningProgram } from '../support/program/running-program.ts';
import { violationsInFile } from '../support/invariants/violations.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

/** Newest first, as an export writes them. */
const titles = ['C', 'B', 'A'] as const;

let root: string;
let out: string;
let barrier: Barrier;
beforeEach(async ({ onTestFinished }) => {
  const folder = tempFolder();
  root = folder.path;
  out = join(root, 'out');
  mkdirSync(out);
  barrier = await createBarrier();
  onTestFinished(async () => {
    await barrier.close();
    folder.remove();
  });
  const { store, close } = plainStore(join(root, 'data'));
  for (const [n, title] of titles.entries()) {
    const version = addVersion(store, addSession(store, { title }), { title });
    store.synopses.addSection(version, sectionOf('summary', `This is ${title}.`));
    store.synopses.finishVersion(version, { state: 'ready', coverage: [coverageOf(title)], issues: [], atMs: noonMs - n * 1_000 });
  }
  close();
});

const gated = (points: string) =>
  startBuilt(join(root, 'data'), gatedCli(join(root, 'gated'), { worker: 'synopsis', point: points, port: barrier.port }));
const plain = () => startBuilt(join(root, 'data'));
const files = () => readdirSync(out).sort();
const exported = async ({ client }: RunningProgram) => value(await client.call('synopses.exportTo', { folder: out })).job.id;
async function trailOf(client: Client, jobId: JobId): Promise<string[]> {
  const { steps, events } = value(await client.call('jobs.inspect', { jobId }));
  // Steps are named after versions; their numbers say the same and can be read.
  const seqOf = (name: string | null) => steps.find(step => step.name === name)?.seq ?? name;
  return events
    .filter(event => ['dispatched', 'not_done', 'step', 'undone', 'undoing'].includes(event.type))
    .map(event => [event.type, seqOf(event.detail)].filter(part => part !== null).join(' '));
}
async function stopAndCheck(program: RunningProgram, jobId: JobId): Promise<void> {
  expect(await program.stop()).toBe(0);
  expect(violationsInFile(dataFolder(join(root, 'data')).database, { enqueued: [jobId], liveLeases: new Set() })).toEqual([]);
}

describe('killed between the journal and the outcome of an effect', () => {
  test.each([
    { point: 'sending:2', who: 'main', trail: ['dispatched 3', 'not_done 3', 'dispatched 3', 'step 3'] },
    { point: 'sent:2', who: 'main', trail: ['dispatched 3', 'step 3'] },
    { point: 'sending:2', who: 'worker', trail: ['dispatched 3', 'not_done 3', 'dispatched 3', 'step 3'] },
    { point: 'sent:2', who: 'worker', trail: ['dispatched 3', 'step 3'] },
  ] as const)('$who at $point: a look at the folder tells, and every file is written once', async ({ point, who, trail }) => {
    let program = await gated(point);
    const jobId = await exported(program);
    const pid = await barrier.reached();
    if (who === 'main') {
      await program.kill();
      program = await plain();
    } else {
      process.kill(pid, 'SIGKILL');
      barrier.open();
    }
    await jobWhen(program.client, jobId, job => job.state === 'done');
    expect(files()).toEqual(['A.md', 'B.md', 'C.md']);
    for (const title of titles) expect(readFileSync(join(out, `${title}.md`), 'utf8')).toContain(`This is ${title}.`);
    expect(await trailOf(program.client, jobId)).toEqual(['step 1', 'dispatched 2', 'step 2', ...trail, 'dispatched 4', 'step 4']);
    await stopAndCheck(program, jobId);
  });

  test.each([
    { decision: 'done', kills: 2, state: 'done', left: ['A.md', 'B.md', 'C.md'] },
    { decision: 'repeat', kills: 2, state: 'done', left: ['A.md', 'B.md', 'C.md'] },
    // The first file is taken back; of the one that nobody knows about, and of what lies there, nothing is touched.
    { decision: 'drop', kills: 3, state: 'cancelled', left: ['B.md'] },
  ] as const)(
    'nobody can tell: it waits over $kills kills, and "$decision" goes on from there',
    async ({ decision, kills, state, left }) => {
      const first = await gated('sending:2');
      const jobId = await exported(first);
      await barrier.reached();
      await first.kill();
      // Somebody has put a file of this name there since.
      writeFileSync(join(out, 'B.md'), 'mine');

      let program = await plain();
      const waiting = await jobWhen(program.client, jobId, job => job.state === 'waiting');
      expect(waiting).toMatchObject({ waitReason: 'answer', undecided: 1 });
      // It waits on when it is killed while it waits.
      for (let kill = 2; kill < kills; kill += 1) {
        await program.kill();
        program = await plain();
      }
      const { jobs } = value(await program.client.call('jobs.undecided', {}));
      expect(jobs).toMatchObject([{ job: { id: jobId, state: 'waiting' }, steps: [{ seq: 3, what: 'effect' }] }]);
      const step = jobs[0]?.steps[0]?.name ?? '';
      expect(readFileSync(join(out, 'B.md'), 'utf8')).toBe('mine');
      if (decision === 'repeat') rmSync(join(out, 'B.md'));
      value(await program.client.call('jobs.decide', { jobId, step, decision }));
      await program.kill();

      program = await plain();
      await jobWhen(program.client, jobId, job => job.state === state);
      expect(files()).toEqual(left);
      if (decision !== 'repeat') expect(readFileSync(join(out, 'B.md'), 'utf8')).toBe('mine');
      const { events, undecided } = value(await program.client.call('jobs.inspect', { jobId }));
      expect(events.filter(event => event.type === 'decided').map(event => event.detail)).toEqual([`${decision}: ${step}`]);
      expect(undecided).toEqual([]);
      await stopAndCheck(program, jobId);
    },
  );
});

describe('killed in the midst of undoing', () => {
  test.each([
    // The second compensation has not begun; the first one is recorded.
    { point: 'undoing:2', who: 'main' },
    { point: 'undoing:2', who: 'worker' },
    // The first one is done and not recorded, so it is run again and finds nothing to do.
    { point: 'undone:1', who: 'main' },
    { point: 'undone:1', who: 'worker' },
  ] as const)('$who at $point: it goes on with the next one not undone', async ({ point, who }) => {
    let program = await gated(`before:3 ${point}`);
    const jobId = await exported(program);
    await barrier.reached();
    expect(files()).toEqual(['B.md', 'C.md']);
    // One of them the person has changed since: that one stays.
    writeFileSync(join(out, 'C.md'), 'changed');
    value(await program.client.call('jobs.cancel', { jobId }));
    const pid = await barrier.reached();
    expect(value(await program.client.call('jobs.inspect', { jobId })).job).toMatchObject({ state: 'running', undoing: 'cancelled' });
    expect(files()).toEqual(['C.md']);
    if (who === 'main') {
      await program.kill();
      program = await plain();
    } else {
      process.kill(pid, 'SIGKILL');
      barrier.open();
    }
    await jobWhen(program.client, jobId, job => job.state === 'cancelled');
    expect(files()).toEqual(['C.md']);
    expect(readFileSync(join(out, 'C.md'), 'utf8')).toBe('changed');
    expect((await trailOf(program.client, jobId)).filter(line => line.startsWith('undo'))).toEqual(['undoing', 'undone 3', 'undone 2']);

    // Run again, it writes all of them, the changed one beside the person's.
    value(await program.client.call('jobs.retryFrom', { jobId, step: 1 }));
    await jobWhen(program.client, jobId, job => job.state === 'done');
    expect(files()).toEqual(['A.md', 'B.md', 'C (2).md', 'C.md']);
    await stopAndCheck(program, jobId);
  });
});

test('a fork of an export asks before it writes again, and finds what is there', async () => {
  const program = await plain();
  const { client } = program;
  const jobId = await exported(program);
  await jobWhen(client, jobId, job => job.state === 'done');
  expect(await client.call('jobs.fork', { jobId, fromStep: 1 })).toMatchObject({ ok: false, error: { code: 'effects_again' } });
  expect(await client.call('jobs.fork', { jobId, fromStep: 9 })).toMatchObject({ ok: false, error: { code: 'no_such_step' } });
  const fork = value(await client.call('jobs.fork', { jobId, fromStep: 1, confirmEffects: true }));
  expect(fork.created).toBe(true);
  await jobWhen(client, fork.job.id, job => job.state === 'done');
  expect(files()).toEqual(['A.md', 'B.md', 'C.md']);
  expect(value(await client.call('jobs.inspect', { jobId: fork.job.id }))).toMatchObject({ forkedFrom: jobId, steps: [{ name: 'plan' }] });
  expect(value(await client.call('jobs.inspect', { jobId })).forks).toEqual([fork.job.id]);
  await stopAndCheck(program, jobId);
});
