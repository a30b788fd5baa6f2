import { describe, expect, test } from 'vitest';
import { groupJobs, jobGroupOf } from './jobs-store.ts';
import { settle, openWindow, windowNowMs } from '../../../test/support/open-window.ts';

describe('the inspected job', () => {
  test('a job under the inspector is followed to its end, and let go when it is closed', async () => {
    const { services, backend, fillJobs } = await openWindow();
    fillJobs();
    services.view.toggleTasks();
    await settle();
    const running = services.jobs.getState().jobs.find(job => job.state === 'running');
    if (!running) throw new Error('The scenario has no running job.');
    services.view.inspect(running.id);
    await settle();
    expect(services.jobs.getState().inspected?.job.id).toBe(running.id);
    backend.putJob({ ...running, state: 'done', outcome: 'ok', finishedAtMs: windowNowMs, stepsDone: 3 });
    await settle();
    expect(services.jobs.getState().inspected?.job.state).toBe('done');
    services.view.closeRight();
    expect(services.jobs.getState().inspected).toBeNull();
  });
});

describe('a job again', () => {
  test('what would repeat effects waits for a yes, and is then done once', async () => {
    const { services, backend, putFailedExport } = await openWindow();
    const job = putFailedExport();
    services.view.inspect(job.id);
    await settle();
    const request = { how: 'retryFrom', jobId: job.id, step: 2 } as const;
    expect(await services.jobs.again(request)).toEqual({ ok: true, job: null, created: false });
    expect(services.jobs.getState().confirming).toEqual(request);
    expect(backend.jobs.get(job.id)?.state).toBe('failed');
    expect(await services.jobs.again(request, true)).toMatchObject({ ok: true, job: { state: 'queued' } });
    await settle();
    // A job that had ended is followed again.
    expect(services.jobs.getState()).toMatchObject({ confirming: null, inspected: { job: { state: 'queued' }, steps: [{ seq: 1 }] } });
    backend.putJob({ ...job, state: 'done', outcome: 'ok', error: null, stepsDone: 4 });
    await settle();
    expect(services.jobs.getState().inspected?.job.state).toBe('done');
  });
});

describe('groups of the tasks panel', () => {
  test('each has its own pages, so what waits for the person is in sight behind a long queue', async () => {
    const { services, backend } = await openWindow();
    const asks = backend.putJob(backend.newJob('chat.answer', null, 'asks', { state: 'waiting', waitReason: 'answer' }));
    for (let at = 0; at < 60; at += 1) backend.putJob(backend.newJob('chat.answer', null, `queued ${at}`));
    services.view.toggleTasks();
    await settle();
    const listed = () => groupJobs(services.jobs.getState().jobs).find(({ group }) => group === 'queued')?.jobs.length;
    expect(services.jobs.getState().jobs.map(job => job.id)).toContain(asks.id);
    expect(listed()).toBe(50);
    await services.jobs.loadMore('queued');
    expect(listed()).toBe(60);
    expect(services.jobs.getState().next.queued).toBeNull();
  });

  test('come in the panel’s order, and waiting for a disk is not waiting for the person', async () => {
    const { services, fillJobs, backend } = await openWindow();
    services.view.toggleTasks();
    fillJobs();
    await settle();
    const groups = groupJobs(services.jobs.getState().jobs);
    expect(groups.map(group => group.group)).toEqual(['needsYou', 'running', 'queued', 'done', 'failed']);
    const { counts } = services.jobs.getState();
    for (const { group, jobs } of groups) expect(jobs, group).toHaveLength(counts[group]);
    expect(jobGroupOf(backend.newJob('chat.answer', null, 'x', { state: 'waiting', waitReason: 'disk' }))).toBe('queued');
  });
});

describe('steering jobs', () => {
  test('a stop is taken back at once, or as soon as the job has stopped', async () => {
    const { services, backend } = await openWindow();
    const queued = backend.putJob(backend.newJob('chat.answer', null, 'queued'));
    const running = backend.putJob(backend.newJob('chat.answer', null, 'running', { state: 'running', startedAtMs: windowNowMs }));
    const stateOf = (id: typeof queued.id) => services.jobs.getState().byId.get(id)?.state;
    expect(await services.jobs.cancel(queued.id)).toBeNull();
    expect(stateOf(queued.id)).toBe('cancelled');
    expect(await services.jobs.takeBackCancel(queued.id)).toBeNull();
    expect(stateOf(queued.id)).toBe('queued');

    await services.jobs.cancel(running.id);
    const backAgain = services.jobs.takeBackCancel(running.id);
    await settle();
    expect([stateOf(running.id), backend.calls.filter(call => call.route === 'jobs.retry').length]).toEqual(['running', 1]);
    backend.putJob({ ...running, state: 'cancelled', finishedAtMs: windowNowMs });
    expect(await backAgain).toBeNull();
    expect(stateOf(running.id)).toBe('queued');
  });

  test('what was done before the stop reached it stays done', async () => {
    const { services, backend } = await openWindow();
    const running = backend.putJob(backend.newJob('chat.answer', null, 'running', { state: 'running', startedAtMs: windowNowMs }));
    await services.jobs.cancel(running.id);
    const backAgain = services.jobs.takeBackCancel(running.id);
    backend.putJob({ ...running, state: 'done', outcome: 'ok', finishedAtMs: windowNowMs });
    expect(await backAgain).toBeNull();
    expect(backend.calls.filter(call => call.route === 'jobs.retry')).toEqual([]);
  });

  test('a waiting job looks again when it is asked to', async () => {
    const { services, putWaits } = await openWindow();
    const offline = putWaits().find(job => job.waitReason === 'network');
    if (!offline) throw new Error('The scenario has no job that waits for the network.');
    expect(await services.jobs.resume(offline.id)).toBeNull();
    expect(services.jobs.getState().byId.get(offline.id)).toMatchObject({ state: 'queued', waitReason: null });
  });

  test('what was looked for and which group was shown outlive the closed panel', async () => {
    const { services, fillJobs } = await openWindow();
    fillJobs();
    services.view.toggleTasks();
    await settle();
    services.jobs.setFilter('done');
    await services.jobs.setSearch('лекция');
    const found = services.jobs.getState().jobs.map(job => job.id);
    services.view.toggleTasks();
    services.view.toggleTasks();
    await settle();
    expect(services.jobs.getState()).toMatchObject({ search: 'лекция', filter: 'done', loaded: true });
    expect(services.jobs.getState().jobs.map(job => job.id)).toEqual(found);
  });
});
