import { createStore, type StoreApi } from 'zustand/vanilla';
import type { JobCounts } from '../../shared/contract/jobs.ts';
import type { JobId } from '../../shared/domain/ids.ts';
import { jobGroups, type JobGroup, type JobInspection, type JobView } from '../../shared/domain/job.ts';
import { isFinal, type WaitReason } from '../../shared/domain/job-state.ts';
import type { Client } from '../../shared/contract/client.ts';
import { followRevision } from './follow-revision.ts';

export interface JobsState {
  /** What main listed and what changed since, newest first. */
  readonly jobs: readonly JobView[];
  readonly byId: ReadonlyMap<JobId, JobView>;
  readonly counts: JobCounts;
  readonly search: string;
  readonly next: string | null;
  readonly loaded: boolean;
  /** The job under the inspector. */
  readonly inspected: JobInspection | null;
}

export interface JobsStore extends StoreApi<JobsState> {
  reload(): Promise<void>;
  setSearch(search: string): Promise<void>;
  loadMore(): Promise<void>;
  cancel(jobId: JobId): Promise<string | null>;
  retry(jobId: JobId): Promise<string | null>;
  /** Shows a job in the inspector and follows it there; null stops following. */
  inspect(jobId: JobId | null): void;
}

/** Reasons that only the person can end; the others end by themselves. */
const reasonsForThePerson: readonly WaitReason[] = ['approval', 'answer', 'budget'];

/** The group of the tasks panel a job belongs to. */
export function jobGroupOf(job: JobView): JobGroup {
  switch (job.state) {
    case 'waiting':
      return job.waitReason && reasonsForThePerson.includes(job.waitReason) ? 'needsYou' : 'queued';
    case 'running':
      return 'running';
    case 'scheduled':
    case 'queued':
      return 'queued';
    case 'done':
    case 'cancelled':
      return 'done';
    case 'failed':
      return 'failed';
  }
}

/** Groups in the panel's order, empty ones left out; unfinished jobs oldest first, as they will run. */
export function groupJobs(jobs: readonly JobView[]): readonly { group: JobGroup; jobs: readonly JobView[] }[] {
  return jobGroups.flatMap(group => {
    const members = jobs.filter(job => jobGroupOf(job) === group);
    if (members.length === 0) return [];
    const ends = group === 'done' || group === 'failed';
    return [
      { group, jobs: members.sort((a, b) => (ends ? (b.finishedAtMs ?? 0) - (a.finishedAtMs ?? 0) : a.createdAtMs - b.createdAtMs)) },
    ];
  });
}

const noCounts: JobCounts = { needsYou: 0, running: 0, queued: 0, done: 0, failed: 0 };

export function createJobsStore(client: Client, onEnded: (job: JobView) => void = () => {}): JobsStore {
  const store = createStore<JobsState>(() => ({
    jobs: [],
    byId: new Map(),
    counts: noCounts,
    search: '',
    next: null,
    loaded: false,
    inspected: null,
  }));
  let stopFollowing: (() => void) | null = null;
  let inspectedId: JobId | null = null;

  function merge(changed: readonly JobView[]): void {
    const { jobs, byId, search } = store.getState();
    const known = new Map(byId);
    for (const job of changed) known.set(job.id, job);
    const listed = new Set(jobs.map(job => job.id));
    const fresh = search === '' ? changed.filter(job => !listed.has(job.id)) : [];
    store.setState({ byId: known, jobs: [...fresh, ...jobs.map(job => known.get(job.id) ?? job)] });
  }

  const follower = followRevision({
    async load() {
      const { search } = store.getState();
      const result = await client.call('jobs.list', { search, limit: 100 });
      return result.ok ? { ...result.value, forSearch: search } : null;
    },
    onSnapshot(snapshot) {
      if (snapshot.forSearch !== store.getState().search) return;
      const byId = new Map(store.getState().byId);
      for (const job of snapshot.jobs) byId.set(job.id, job);
      store.setState({ jobs: snapshot.jobs, byId, counts: snapshot.counts, next: snapshot.next, loaded: true });
    },
    onEvent(event: { revision: number; jobs: JobView[]; counts: JobCounts }) {
      const before = store.getState().byId;
      merge(event.jobs);
      store.setState({ counts: event.counts });
      for (const job of event.jobs) {
        const was = before.get(job.id);
        if (isFinal(job.state) && was && !isFinal(was.state)) onEnded(job);
      }
    },
  });
  client.onEvent('jobs.changed', follower.take);

  async function readInspection(jobId: JobId): Promise<void> {
    const result = await client.call('jobs.inspect', { jobId });
    if (result.ok && inspectedId === jobId) store.setState({ inspected: result.value });
  }

  return {
    ...store,
    reload: follower.reload,
    setSearch(search) {
      store.setState({ search });
      return follower.reload();
    },
    async loadMore() {
      const { next, search } = store.getState();
      if (next === null) return;
      const result = await client.call('jobs.list', { search, before: next, limit: 100 });
      if (!result.ok || store.getState().next !== next) return;
      const { jobs } = store.getState();
      const listed = new Set(jobs.map(job => job.id));
      const byId = new Map(store.getState().byId);
      for (const job of result.value.jobs) byId.set(job.id, job);
      store.setState({ jobs: [...jobs, ...result.value.jobs.filter(job => !listed.has(job.id))], byId, next: result.value.next });
    },
    async cancel(jobId) {
      const result = await client.call('jobs.cancel', { jobId });
      if (!result.ok) return result.error.code === 'already_finished' ? null : result.error.code;
      merge([result.value]);
      return null;
    },
    async retry(jobId) {
      const result = await client.call('jobs.retry', { jobId });
      if (!result.ok) return result.error.code;
      merge([result.value]);
      return null;
    },
    inspect(jobId) {
      if (jobId === inspectedId) return;
      stopFollowing?.();
      stopFollowing = null;
      inspectedId = jobId;
      store.setState({ inspected: null });
      if (!jobId) return;
      void readInspection(jobId);
      // Steps are read again when their number changes; progress alone needs no reading.
      let seen: string | null = null;
      stopFollowing = client.openStream(
        'jobs.follow',
        { jobId },
        {
          onChunk(job) {
            const mark = `${job.state}:${job.stepsDone}:${job.attempt}`;
            const { inspected } = store.getState();
            if (inspected) store.setState({ inspected: { ...inspected, job } });
            if (seen !== null && seen !== mark) void readInspection(jobId);
            seen = mark;
          },
          onEnd: () => void readInspection(jobId),
        },
      );
    },
  };
}
