import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Client } from '../../src/shared/contract/client.ts';
import type { JobId, SessionId } from '../../src/shared/domain/ids.ts';
import type { JobView } from '../../src/shared/domain/job.ts';
import type { SynopsisVersion } from '../../src/shared/domain/synopsis.ts';
import { createBarrier, type Barrier, type Stop } from '../support/program/barrier.ts';
import { gatedCli } from '../support/program/built-program.ts';
import { startBuilt, value } from '../support/program/running-program.ts';
import type { Gate } from '../support/program/source-bundles.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { patienceMs } from '../support/patience.ts';
import { isAlive } from '../support/process-tree.ts';
import { violationsInFile } from '../support/invariants/violations.ts';
import { tempFolder } from '../support/temp-folder.ts';

const samples = join(import.meta.dirname, '..', '..', 'resources', 'samples');
const sample = (name: string) => ({ kind: 'text' as const, name, text: readFileSync(join(samples, name), 'utf8') });

failOnLeaks();

function ended(client: Client, jobId: JobId): Promise<JobView> {
  return new Promise((resolve, reject) => {
    let last: JobView | null = null;
    client.openStream(
      'jobs.follow',
      { jobId },
      {
        onChunk: view => {
          last = view;
        },
        onEnd: error => {
          if (error !== null || last === null) reject(new Error(error?.message ?? 'The stream ended without a view.'));
          else resolve(last);
        },
      },
    );
  });
}

async function addSamples(client: Client, sessionId: SessionId): Promise<JobId[]> {
  const jobs: JobId[] = [];
  for (const name of ['ru-lecture.md', 'ru-meeting.txt']) {
    const document = value(await client.call('documents.add', { sessionId, requestKey: randomUUID(), from: sample(name) }));
    if (document.jobId !== null) jobs.push(document.jobId);
  }
  return jobs;
}

async function request(client: Client, sessionId: SessionId) {
  return value(await client.call('synopses.request', { sessionId, requestKey: randomUUID() })).version;
}

async function opened(client: Client, sessionId: SessionId): Promise<SynopsisVersion> {
  const { version } = value(await client.call('synopses.open', { sessionId }));
  if (version === null) throw new Error('The synopsis is gone.');
  return version;
}

/** What must hold of a data folder that no program has open, with the jobs that somebody was told of. */
function expectSound(dataDir: string, jobs: readonly JobId[]): void {
  const known = { enqueued: jobs, liveLeases: new Set<string>(), artifacts: join(dataDir, 'artifacts') };
  expect(violationsInFile(join(dataDir, 'konspekt.db'), known)).toEqual([]);
}

/** What must hold of a finished synopsis, however often something was killed on the way. */
async function expectWhole(client: Client, sessionId: SessionId, jobId: JobId): Promise<void> {
  const version = await opened(client, sessionId);
  expect(version.state).toBe('ready');
  expect(version.sections.map(section => section.kind)).toEqual(version.plannedSections);
  for (const section of version.sections) {
    for (const item of section.items) for (const citation of item.citations) expect(citation.support).toBe('verified');
  }
  // Its end was noted with it, and never again.
  const { notices } = value(await client.call('notices.list', {}));
  expect(notices.filter(notice => notice.jobId === jobId)).toMatchObject([{ event: expect.stringMatching(/^synopsis_/u) }]);
  const { steps, events } = value(await client.call('jobs.inspect', { jobId }));
  // Every section was made once: recorded steps are not run again.
  expect(steps.map(step => step.name)).toEqual(version.plannedSections.map(kind => `section:${kind}`));
  const recorded = events.filter(event => event.type === 'step').map(event => event.detail);
  expect(recorded).toEqual(version.plannedSections.map(kind => `section:${kind}`));
}

let root: string;
let dataDir: string;
beforeEach(() => {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  root = folder.path;
  dataDir = join(root, 'data');
});

async function barrierOf(onReached?: (stop: Stop) => void): Promise<Barrier> {
  const barrier = await createBarrier(onReached);
  onTestFinished(() => barrier.close());
  return barrier;
}
const gated = (gate: Omit<Gate, 'port'>, { port }: Barrier) => startBuilt(dataDir, gatedCli(join(root, 'gated'), { ...gate, port }));
const plain = () => startBuilt(dataDir);

/** There is no event for the end of another program's child. */
async function expectGone(pid: number): Promise<void> {
  await expect.poll(() => isAlive(pid), { message: 'the worker of the killed program', timeout: patienceMs }).toBe(false);
}

describe('the program is killed in the middle of its main job and loses nothing', () => {
  test.each([
    { worker: 'documents', point: 'task' },
    { worker: 'synopsis', point: 'task' },
    { worker: 'synopsis', point: 'section:summary' },
    { worker: 'synopsis', point: 'section:figures' },
    { worker: 'synopsis', point: 'end' },
  ] as const)('main dies while $worker stands at $point', async gate => {
    const barrier = await barrierOf();
    const first = await gated(gate, barrier);
    const session = value(await first.client.call('sessions.create', { requestKey: randomUUID() }));
    const imports = await addSamples(first.client, session.id);
    if (gate.worker !== 'documents') await Promise.all(imports.map(jobId => ended(first.client, jobId)));
    const version = await request(first.client, session.id);
    const workerPid = await barrier.reached();
    const before = await opened(first.client, session.id);
    await first.kill();

    const second = await plain();
    const job = await ended(second.client, version.jobId);
    expect(job.state).toBe('done');
    await expectWhole(second.client, session.id, version.jobId);
    // What could be read before the kill is word for word what is there now.
    const after = await opened(second.client, session.id);
    for (const section of before.sections) expect(after.sections).toContainEqual(section);
    await expectGone(workerPid);
    expect(await second.stop()).toBe(0);
    expectSound(dataDir, [...imports, version.jobId]);
    if (gate.point !== 'end') return;

    // Opened again after an orderly end, from the database alone.
    const third = await plain();
    expect(await opened(third.client, session.id)).toEqual(after);
    expect(await third.stop()).toBe(0);
  });

  test('its worker dies at each point of a synopsis of its own, and the same program makes all of them', async () => {
    const points = ['task', 'section:summary', 'section:figures', 'end'];
    const dead: string[] = [];
    let next: string | undefined;
    const barrier = await barrierOf(({ pid, point, go }) => {
      if (point !== next) {
        go();
        return;
      }
      next = undefined;
      dead.push(point);
      process.kill(pid, 'SIGKILL');
    });
    const { client, stop } = await gated({ worker: 'synopsis', point: points.join(' ') }, barrier);
    const jobs: JobId[] = [];
    for (const point of points) {
      next = point;
      const session = value(await client.call('sessions.create', { requestKey: randomUUID() }));
      await addSamples(client, session.id);
      const version = await request(client, session.id);
      expect((await ended(client, version.jobId)).state).toBe('done');
      await expectWhole(client, session.id, version.jobId);
      jobs.push(version.jobId);
    }
    expect(dead).toEqual(points);
    expect(await stop()).toBe(0);
    expectSound(dataDir, jobs);
  });
});

test('asking again while it is being made joins it; cancelled and retried, it goes on from the last finished section', async () => {
  const barrier = await barrierOf();
  const { client, stop } = await gated({ worker: 'synopsis', point: 'section:terms' }, barrier);
  const session = value(await client.call('sessions.create', { requestKey: randomUUID() }));
  await addSamples(client, session.id);
  const version = await request(client, session.id);
  await barrier.reached();
  const again = value(await client.call('synopses.request', { sessionId: session.id, requestKey: randomUUID() }));
  expect(again).toMatchObject({ joined: true, version: { id: version.id } });
  // What is finished can be read while the rest is being made.
  expect((await opened(client, session.id)).sections.map(section => section.kind)).toEqual(['summary', 'theses']);

  value(await client.call('jobs.cancel', { jobId: version.jobId }));
  expect((await ended(client, version.jobId)).state).toBe('cancelled');
  expect((await opened(client, session.id)).state).toBe('cancelled');
  barrier.open();
  value(await client.call('jobs.retry', { jobId: version.jobId }));
  expect((await ended(client, version.jobId)).state).toBe('done');
  await expectWhole(client, session.id, version.jobId);
  expect(await stop()).toBe(0);
  expectSound(dataDir, [version.jobId]);
});

test('a finished synopsis is forked from a section, and one that was cancelled is made again from one', async () => {
  const barrier = await barrierOf();
  const { client, stop } = await gated({ worker: 'synopsis', point: 'section:figures' }, barrier);
  const session = value(await client.call('sessions.create', { requestKey: randomUUID() }));
  await addSamples(client, session.id);
  const version = await request(client, session.id);
  await barrier.reached();
  value(await client.call('jobs.cancel', { jobId: version.jobId }));
  await ended(client, version.jobId);
  barrier.open();
  expect((await opened(client, session.id)).sections.length).toBeGreaterThan(2);
  value(await client.call('jobs.retryFrom', { jobId: version.jobId, step: 2 }));
  expect((await ended(client, version.jobId)).state).toBe('done');
  const whole = await opened(client, session.id);
  const { steps, superseded } = value(await client.call('jobs.inspect', { jobId: version.jobId }));
  expect(steps.map(step => step.name)).toEqual(whole.plannedSections.map(kind => `section:${kind}`));
  expect(superseded.map(step => step.seq)).toEqual(Array.from({ length: superseded.length }, (_, n) => n + 2));
  expect(superseded.length).toBeGreaterThan(0);

  const { job, created } = value(await client.call('jobs.fork', { jobId: version.jobId, fromStep: 3 }));
  expect(created).toBe(true);
  expect((await ended(client, job.id)).state).toBe('done');
  const forked = await opened(client, session.id);
  expect(forked).toMatchObject({ number: 2, jobId: job.id, state: 'ready', plannedSections: whole.plannedSections });
  // The same material gives the same sections, the copied ones and those made anew; the first version is as it was.
  expect(forked.sections).toEqual(whole.sections);
  const first = value(await client.call('synopses.open', { sessionId: session.id, versionId: version.id })).version;
  expect(first).toEqual(whole);
  const trail = value(await client.call('jobs.inspect', { jobId: job.id })).events.filter(event => event.type === 'step');
  expect(trail.map(event => event.detail)).toEqual(whole.plannedSections.slice(2).map(kind => `section:${kind}`));
  expect(await stop()).toBe(0);
});
