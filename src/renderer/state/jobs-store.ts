import { createStore, type StoreApi } from 'zustand/vanilla';
import { pageLimit } from '../../shared/contract/pagination.ts';
import type { JobCounts } from '../../shared/contract/jobs.ts';
import type { JobId } from '../../shared/domain/ids.ts';
import type { StepDecision } from '../../shared/domain/job-step.ts';
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
  /** The one group that is shown; null for all. */
  readonly filter: JobGroup | null;
  /** Where each group of the list goes on. */
  readonly next: Readonly<Record<JobGroup, string | null>>;
  readonly loaded: boolean;
  /** The job under the inspector. */
  readonly inspected: JobInspection | null;
  /** Why there is none, as an error code. */
  readonly inspectionFailure: string | null;
  /** What would repeat effects and waits for a yes. */
  readonly confirming: RunAgain | null;
}

/** A job again: with what it has, from a step on, or as a new job with the steps before. Steps by their numbers. */
export type RunAgain =
  | { readonly how: 'retry'; readonly jobId: JobId }
  | { readonly how: 'retryFrom'; readonly jobId: JobId; readonly step: number }
  | { readonly how: 'fork'; readonly jobId: JobId; readonly step: number };

/** The job that runs now, and whether it is a new one; null while a yes is waited for. */
export type RanAgain =
  | { readonly ok: true; readonly job: JobView | null; readonly created: boolean }
  | { readonly ok: false; readonly code: string };

export interface JobsStore extends StoreApi<JobsState> {
  reload(): Promise<void>;
  /** The panel is open and wants its list, or it is closed. */
  setListed(listed: boolean): void;
  /** Jobs that something on the screen speaks of; those not heard of yet are asked for. */
  need(jobIds: readonly JobId[]): void;
  /** Jobs that are looked at for a moment; like `need`, and nothing else the screen speaks of is forgotten. */
  look(jobIds: readonly JobId[]): void;
  /** Jobs that came with the answer to something else. */
  told(jobs: readonly JobView[]): void;
  setSearch(search: string): Promise<void>;
  setFilter(filter: JobGroup | null): void;
  loadMore(group: JobGroup): Promise<void>;
  cancel(jobId: JobId): Promise<string | null>;
  /** Takes a stop back: the job goes on with its finished steps, as soon as it has stopped. */
  takeBackCancel(jobId: JobId): Promise<string | null>;
  /** A waiting job looks at once whether it can go on. */
  resume(jobId: JobId): Promise<string | null>;
  /** A job that is scheduled for later begins as soon as it can. An error code, or null. */
  tryNow(jobId: JobId): Promise<string | null>;
  retry(jobId: JobId): Promise<string | null>;
  /** What would repeat effects is not done before it was confirmed; until then it is `confirming`. */
  again(request: RunAgain, confirmEffects?: boolean): Promise<RanAgain>;
  stopConfirming(): void;
  /** A person's word of a step that the program cannot judge. */
  decide(jobId: JobId, step: string, decision: StepDecision): Promise<string | null>;
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

/** Rows of one page of a group: more than any panel is high. */
const listedAtOnce = 50;

const noNext: JobsState['next'] = { needsYou: null, running: null, queued: null, done: null, failed: null };

const noCounts: JobCounts = { needsYou: 0, running: 0, queued: 0, done: 0, failed: 0 };

export function createJobsStore(client: Client, onEnded: (job: JobView) => void = () => {}): JobsStore {
  const store = createStore<JobsState>(() => ({
    jobs: [],
    byId: new Map(),
    counts: noCounts,
    search: '',
    filter: null,
    next: noNext,
    loaded: false,
    inspected: null,
    inspectionFailure: null,
    confirming: null,
  }));
  let inspectedId: JobId | null = null;
  let isListed = false;
  /** What the screen speaks of now. */
  let needed: readonly JobId[] = [];
  /** Asked for by id. One that main no longer has is asked for once: a chat says several times a second what it speaks of. */
  const asked = new Set<JobId>();
  /** Stops that were taken back before the job had stopped. */
  const takenBack = new Map<JobId, () => void>();

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

  /** Of an answer that an event may have come before: what that has told is newer. */
  function mergeUnknown(told: readonly JobView[]): void {
    merge(told.filter(job => !store.getState().byId.has(job.id)));
  }

  /** The first page of each group, so that what waits for the person is in sight however much is queued. */
  async function readList(search: string) {
    const pages = await Promise.all(
      jobGroups.map(async group => ({ group, page: await client.call('jobs.list', { group, search, limit: listedAtOnce }) })),
    );
    // The same job may have moved between two of the answers.
    const jobs = new Map<JobId, JobView>();
    const next = { ...noNext };
    let revision = Infinity;
    for (const { group, page } of pages) {
      if (!page.ok) return null;
      revision = Math.min(revision, page.value.revision);
      next[group] = page.value.next;
      for (const job of page.value.jobs) jobs.set(job.id, job);
    }
    return { jobs: [...jobs.values()].sort((a, b) => (a.id < b.id ? 1 : -1)), next, revision, forSearch: search };
  }

  function askFor(jobIds: readonly JobId[]): void {
    const { byId } = store.getState();
    const unknown = jobIds.filter(id => !byId.has(id) && !asked.has(id)).slice(-pageLimit);
    if (unknown.length === 0) return;
    for (const id of unknown) asked.add(id);
    void client.call('jobs.now', { jobIds: unknown }).then(result => {
      if (!result.ok) for (const id of unknown) asked.delete(id);
      else mergeUnknown(result.value.jobs);
    });
  }

  const follower = followRevision({
    async load() {
      const { search, byId } = store.getState();
      // What was unfinished may have ended while nothing was heard of it.
      const unfinished = [...byId.values()].filter(job => !isFinal(job.state)).map(job => job.id);
      const jobIds = [...new Set([...(inspectedId === null ? [] : [inspectedId]), ...needed, ...unfinished])].slice(0, pageLimit);
      const wasListed = isListed;
      const [now, list] = await Promise.all([client.call('jobs.now', { jobIds }), wasListed ? readList(search) : null]);
      if (!now.ok || (wasListed && list === null)) return null;
      // Each says which events it includes; what only one of them includes is applied to all again.
      return { revision: Math.min(now.value.revision, list?.revision ?? Infinity), now: now.value, list };
    },
    onSnapshot({ now, list }) {
      store.setState({ byId: known([...now.jobs, ...(list?.jobs ?? [])]), counts: now.counts });
      if (list !== null && isListed && list.forSearch === store.getState().search)
        store.setState({ jobs: list.jobs, next: list.next, loaded: true });
      for (const job of now.jobs) lookAgain(job);
    },
    onEvent(event: { revision: number; jobs: JobView[]; counts: JobCounts }) {
      const before = store.getState().byId;
      merge(event.jobs);
      store.setState({ counts: event.counts });
      for (const job of event.jobs) {
        const was = before.get(job.id);
        if (isFinal(job.state) && was && !isFinal(was.state)) {
          onEnded(job);
          takenBack.get(job.id)?.();
        }
        lookAgain(job);
      }
    },
  });
  client.onEvent('jobs.changed', follower.take);

  /** Read one after the other, so that an older answer never takes the place of a newer one. */
  let reading: Promise<void> | null = null;
  let readAgain = false;
  async function readInspection(): Promise<void> {
    if (reading !== null) {
      readAgain = true;
      return reading;
    }
    const jobId = inspectedId;
    if (jobId === null) return;
    reading = client.call('jobs.inspect', { jobId }).then(result => {
      reading = null;
      if (inspectedId === jobId)
        store.setState(result.ok ? { inspected: result.value, inspectionFailure: null } : { inspectionFailure: result.error.code });
      if (!readAgain && inspectedId === jobId) return;
      readAgain = false;
      return readInspection();
    });
    return reading;
  }

  /** Steps and log are read again when something happened; progress alone is told by the job itself. */
  function lookAgain(job: JobView): void {
    const { inspected } = store.getState();
    if (job.id !== inspectedId || inspected === null) return;
    const mark = ({ state, stepsDone, attempt, undecided, undoing, cancelRequested, waitReason }: JobView) =>
      JSON.stringify([state, stepsDone, attempt, undecided, undoing, cancelRequested, waitReason]);
    const hasMoved = mark(inspected.job) !== mark(job);
    store.setState({ inspected: { ...inspected, job } });
    // An undoing moves with each step that it has undone.
    if (hasMoved || job.undoing !== null) void readInspection();
  }

  async function run(request: RunAgain, confirmEffects: boolean): Promise<RanAgain> {
    const { jobId } = request;
    if (request.how === 'fork') {
      const forked = await client.call('jobs.fork', { jobId, fromStep: request.step, confirmEffects });
      return forked.ok ? { ok: true, ...forked.value } : { ok: false, code: forked.error.code };
    }
    const again =
      request.how === 'retry'
        ? await client.call('jobs.retry', { jobId, confirmEffects })
        : await client.call('jobs.retryFrom', { jobId, step: request.step, confirmEffects });
    return again.ok ? { ok: true, job: again.value, created: false } : { ok: false, code: again.error.code };
  }

  function hasEnded(jobId: JobId): boolean {
    const job = store.getState().byId.get(jobId);
    return job !== undefined && isFinal(job.state);
  }

  async function again(request: RunAgain, confirmEffects = false): Promise<RanAgain> {
    store.setState({ confirming: null });
    const ran = await run(request, confirmEffects);
    if (!ran.ok && ran.code === 'effects_again' && !confirmEffects) {
      store.setState({ confirming: request });
      return { ok: true, job: null, created: false };
    }
    if (ran.ok && ran.job !== null) {
      merge([ran.job]);
      lookAgain(ran.job);
      // A fork is in the trail of the job it comes from.
      if (request.how === 'fork') void readInspection();
    }
    return ran;
  }

  return {
    ...store,
    reload: follower.reload,
    setListed(listed) {
      if (listed === isListed) return;
      isListed = listed;
      if (listed) void follower.reload();
      // What was looked for is still of interest when the panel is opened again.
      else store.setState({ jobs: [], next: noNext, loaded: false });
    },
    need(jobIds) {
      needed = jobIds.slice(-pageLimit);
      askFor(needed);
    },
    look: askFor,
    told: mergeUnknown,
    setSearch(search) {
      store.setState({ search });
      return follower.reload();
    },
    setFilter: filter => store.setState({ filter }),
    async loadMore(group) {
      const { next, search } = store.getState();
      const before = next[group];
      if (before === null) return;
      const result = await client.call('jobs.list', { group, search, before, limit: listedAtOnce });
      if (!result.ok || store.getState().next[group] !== before) return;
      const { jobs } = store.getState();
      const listed = new Set(jobs.map(job => job.id));
      const byId = new Map(store.getState().byId);
      for (const job of result.value.jobs) byId.set(job.id, job);
      store.setState({
        jobs: [...jobs, ...result.value.jobs.filter(job => !listed.has(job.id))],
        byId,
        next: { ...store.getState().next, [group]: result.value.next },
      });
    },
    async cancel(jobId) {
      const result = await client.call('jobs.cancel', { jobId });
      if (!result.ok) return result.error.code === 'already_finished' ? null : result.error.code;
      merge([result.value]);
      return null;
    },
    async takeBackCancel(jobId) {
      if (!hasEnded(jobId))
        await new Promise<void>(resolve => {
          takenBack.set(jobId, resolve);
        });
      takenBack.delete(jobId);
      // It may have been done before the stop reached it.
      if (store.getState().byId.get(jobId)?.state !== 'cancelled') return null;
      const ran = await again({ how: 'retry', jobId });
      return ran.ok ? null : ran.code;
    },
    async resume(jobId) {
      const result = await client.call('jobs.resume', { jobId });
      if (!result.ok) return result.error.code;
      merge([result.value]);
      lookAgain(result.value);
      return null;
    },
    async tryNow(jobId) {
      const result = await client.call('jobs.tryNow', { jobId });
      if (!result.ok) return result.error.code;
      merge([result.value]);
      return null;
    },
    async retry(jobId) {
      const ran = await again({ how: 'retry', jobId });
      return ran.ok ? null : ran.code;
    },
    again,
    stopConfirming: () => store.setState({ confirming: null }),
    async decide(jobId, step, decision) {
      const result = await client.call('jobs.decide', { jobId, step, decision });
      if (!result.ok) return result.error.code;
      merge([result.value]);
      lookAgain(result.value);
      // Of several questions one may be answered without a change of the job itself.
      if (inspectedId === jobId) void readInspection();
      return null;
    },
    inspect(jobId) {
      if (jobId === inspectedId) return;
      inspectedId = jobId;
      store.setState({ inspected: null, inspectionFailure: null });
      void readInspection();
    },
  };
}
