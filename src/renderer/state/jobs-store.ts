import { createStore, type StoreApi } from 'zustand/vanilla';
import { pageLimit } from '../../shared/contract/pagination.ts';
import type { JobCounts } from '../../shared/contract/jobs.ts';
import type { JobId } from '../../shared/domain/ids.ts';
import { jobGroups, type JobGroup, type JobInspection, type JobView } from '../../shared/domain/job.ts';
import { isFinal, type WaitReason } from '../../shared/domain/job-state.ts';
import type { Client } from '../../shared/contract/client.ts';
import { followRevision } from './follow-revision.ts';

export interface JobsState {
  /** The panel's list: what main listed and what changed since, newest first. Empty while the panel is closed. */
  readonly jobs: readonly JobView[];
  /** Every job this window has heard of since it opened; without the panel those at work and those it asked for. */
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
  /** The panel is open and wants its list, or it is closed. */
  setListed(listed: boolean): void;
  /** Jobs that something on the screen speaks of; those not heard of yet are asked for. */
  need(jobIds: readonly JobId[]): void;
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

/** Rows of one page of the panel: more than any panel is high. */
const listedAtOnce = 100;

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
  let isListed = false;
  /** What the screen speaks of now. */
  let needed: readonly JobId[] = [];
  /** Asked for by id. One that main no longer has is asked for once: a chat says several times a second what it speaks of. */
  const asked = new Set<JobId>();

  function known(changed: readonly JobView[]): ReadonlyMap<JobId, JobView> {
    const byId = new Map(store.getState().byId);
    for (const job of changed) byId.set(job.id, job);
    return byId;
  }

  function merge(changed: readonly JobView[]): void {
    const { jobs, search, loaded } = store.getState();
    const byId = known(changed);
    if (!loaded) return store.setState({ byId });
    const listed = new Set(jobs.map(job => job.id));
    const fresh = search === '' ? changed.filter(job => !listed.has(job.id)) : [];
    store.setState({ byId, jobs: [...fresh, ...jobs.map(job => byId.get(job.id) ?? job)] });
  }

  const follower = followRevision({
    async load() {
      const { search, byId } = store.getState();
      // What was unfinished may have ended while nothing was heard of it.
      const unfinished = [...byId.values()].filter(job => !isFinal(job.state)).map(job => job.id);
      const jobIds = [...new Set([...needed, ...unfinished])].slice(0, pageLimit);
      const [now, list] = await Promise.all([
        client.call('jobs.now', { jobIds }),
        isListed ? client.call('jobs.list', { search, limit: listedAtOnce }) : null,
      ]);
      if (!now.ok || list?.ok === false) return null;
      // Each says which events it includes; what only one of them includes is applied to both again.
      const revision = Math.min(now.value.revision, list?.value.revision ?? now.value.revision);
      return { revision, now: now.value, list: list === null ? null : { ...list.value, forSearch: search } };
    },
    onSnapshot({ now, list }) {
      store.setState({ byId: known([...now.jobs, ...(list?.jobs ?? [])]), counts: now.counts });
      if (list !== null && isListed && list.forSearch === store.getState().search)
        store.setState({ jobs: list.jobs, next: list.next, loaded: true });
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
    setListed(listed) {
      if (listed === isListed) return;
      isListed = listed;
      if (listed) void follower.reload();
      else store.setState({ jobs: [], next: null, loaded: false, search: '' });
    },
    need(jobIds) {
      needed = jobIds.slice(-pageLimit);
      const { byId } = store.getState();
      const unknown = needed.filter(id => !byId.has(id) && !asked.has(id));
      if (unknown.length === 0) return;
      for (const id of unknown) asked.add(id);
      void client.call('jobs.now', { jobIds: unknown }).then(result => {
        // What an event has told meanwhile is newer.
        if (!result.ok) for (const id of unknown) asked.delete(id);
        else merge(result.value.jobs.filter(job => !store.getState().byId.has(job.id)));
      });
    },
    setSearch(search) {
      store.setState({ search });
      return follower.reload();
    },
    async loadMore() {
      const { next, search } = store.getState();
      if (next === null) return;
      const result = await client.call('jobs.list', { search, before: next, limit: listedAtOnce });
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
