import { z } from 'zod';
import { pageLimit } from '../../../shared/contract/pagination.ts';
import { jobKind, type JobKindName, type JobView } from '../../../shared/domain/job.ts';
import { isFinal } from '../../../shared/domain/job-state.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import type { Budgets } from '../../engine/budgets.ts';
import { EngineError } from '../../engine/engine-api.ts';
import type { HandlersOf, StreamHandlers } from '../../ipc/handlers.ts';
import type { CallContext } from './call-context.ts';
import type { traceCalls } from './trace-calls.ts';
import { expectFound } from './expect-found.ts';
import { jobMaterialOf } from './job-material-of.ts';
import { stepSubjects, toolSubjects, withModelUsage } from './step-subjects.ts';

/** Jobs that wait for a person's word, in one answer: more than a person decides about in a sitting. */
const undecidedLimit = 200;

const pausedKindsKey = 'paused-kinds';

/** The kinds that were paused in an earlier run; one that this build does not know is no longer paused. */
export function kindsPausedBefore(store: CallContext['store']): readonly JobKindName[] {
  return (store.settingsState.get(pausedKindsKey, z.array(z.string())) ?? []).flatMap(name => jobKind.safeParse(name).data ?? []);
}

export function jobCalls(
  { jobViews, reader, engine, events, store, changes, now }: CallContext,
  budgets: Pick<Budgets, 'ofJob'>,
): Omit<HandlersOf<'jobs'>, keyof ReturnType<typeof traceCalls>> {
  return {
    'jobs.list': async ({ before, limit, group, search }) => {
      // A search may read the titles of all jobs: not on main. The revision is taken first, so nothing newer is missed.
      const revision = events.revision('jobs.changed');
      const asked = { before, limit, group, search };
      const page = search.trim() === '' ? jobViews.page(asked) : await reader.searchJobs(asked);
      return { jobs: [...page.jobs], next: page.next, counts: jobViews.counts(), revision };
    },
    'jobs.now': ({ jobIds }) => {
      const running = jobViews.page({ group: 'running', search: '', before: null, limit: pageLimit }).jobs;
      const known = new Set(running.map(job => job.id));
      const asked = jobViews.views(jobIds.filter(id => !known.has(id)));
      return { jobs: [...running, ...asked], counts: jobViews.counts(), revision: events.revision('jobs.changed') };
    },
    'jobs.inspect': ({ jobId }) => {
      expectFound(jobViews.view(jobId), 'job', jobId);
      const held = budgets.ofJob(jobId);
      const inspection = expectFound(jobViews.inspect(jobId, engine.undecided(jobId)), 'job', jobId);
      const material = jobMaterialOf(inspection.job, { store, jobViews });
      return {
        ...inspection,
        steps: withModelUsage(inspection, (from, limit) => jobViews.outputs(jobId, from, limit)),
        ...(material === null ? {} : { material }),
        subjects: {
          ...stepSubjects(inspection, id => store.synopses.title(id)),
          ...toolSubjects(inspection, (from, limit) => jobViews.outputs(jobId, from, limit)),
        },
        ...(held === null ? {} : { spent: held.spent, budgets: [...held.budgets] }),
      };
    },
    'jobs.undecided': () => ({
      jobs: jobViews.undecided(undecidedLimit).flatMap(id => {
        const job = jobViews.view(id);
        const steps = engine.undecided(id);
        return job === null || steps.length === 0 ? [] : [{ job, steps: [...steps] }];
      }),
      revision: events.revision('jobs.changed'),
    }),
    'jobs.decide': async ({ jobId, step, decision }) => {
      await engine.decide(jobId, step, decision);
      return expectFound(jobViews.view(jobId), 'job', jobId);
    },
    'jobs.cancel': async ({ jobId }) => {
      await engine.cancel(jobId);
      return expectFound(jobViews.view(jobId), 'job', jobId);
    },
    'jobs.resume': async ({ jobId }) => {
      const { state } = expectFound(jobViews.view(jobId), 'job', jobId);
      if (state === 'waiting') {
        // What was waited for may come between the look and the commit.
        await engine.resume(jobId).catch((error: unknown) => {
          if (!(error instanceof EngineError && error.code === 'not_waiting')) throw error;
        });
      }
      return expectFound(jobViews.view(jobId), 'job', jobId);
    },
    'jobs.tryNow': async ({ jobId }) => {
      await engine.tryNow(jobId);
      return expectFound(jobViews.view(jobId), 'job', jobId);
    },
    'jobs.setKindPaused': ({ kind, paused }) => {
      const pausedKinds = [...new Set([...engine.pausedKinds(), kind])].filter(name => paused || name !== kind);
      store.settingsState.set(pausedKindsKey, pausedKinds, now());
      engine.setKindPaused(kind, paused);
      changes.status();
      return { pausedKinds: [...engine.pausedKinds()] };
    },
    'jobs.retry': async ({ jobId, confirmEffects }) => {
      await engine.retry(jobId, { confirmEffects });
      return expectFound(jobViews.view(jobId), 'job', jobId);
    },
    'jobs.retryFrom': async ({ jobId, step, confirmEffects }) => {
      await engine.retryFrom(jobId, step, { confirmEffects });
      return expectFound(jobViews.view(jobId), 'job', jobId);
    },
    'jobs.fork': async ({ jobId, fromStep, confirmEffects }) => {
      const fork = await engine.fork(jobId, fromStep, { confirmEffects });
      return { job: expectFound(jobViews.view(fork.jobId), 'job', fork.jobId), created: fork.created };
    },
  };
}

export function jobStreams({ jobViews, bus }: Pick<CallContext, 'jobViews' | 'bus'>): Pick<StreamHandlers, 'jobs.follow'> {
  return {
    'jobs.follow': ({ jobId }, { signal }) => follow(jobId, signal),
  };

  /** Each state that the reader has time for; a change that came while it was busy is told by the next view. */
  async function* follow(jobId: JobId, signal: AbortSignal): AsyncGenerator<JobView> {
    let changed = true;
    let wake: (() => void) | null = null;
    const onChange = () => {
      changed = true;
      wake?.();
    };
    const unsubscribe = bus.subscribe('job-follower', event => {
      if ('jobId' in event && event.jobId === jobId) onChange();
    });
    signal.addEventListener('abort', onChange);
    try {
      while (!signal.aborted) {
        if (!changed) {
          await new Promise<void>(resolve => {
            wake = resolve;
          });
          continue;
        }
        changed = false;
        const view = expectFound(jobViews.view(jobId), 'job', jobId);
        yield view;
        if (isFinal(view.state)) return;
      }
    } finally {
      unsubscribe();
      signal.removeEventListener('abort', onChange);
    }
  }
}
