import { pageLimit } from '../../../shared/contract/pagination.ts';
import type { Budgets } from '../../engine/budgets.ts';
import { EngineError } from '../../engine/engine-api.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import type { CallContext } from './call-context.ts';
import type { traceCalls } from './trace-calls.ts';
import { setQueuePaused } from '../queue-pause.ts';
import { expectFound } from './expect-found.ts';
import { jobMaterialOf } from './job-material-of.ts';
import { stepSubjects, toolSubjects, withModelUsage } from './step-subjects.ts';

/** Jobs that wait for a person's word, in one answer: more than a person decides about in a sitting. */
const undecidedLimit = 200;

export function jobCalls(
  context: CallContext,
  budgets: Pick<Budgets, 'ofJob'>,
): Omit<HandlersOf<'jobs'>, keyof ReturnType<typeof traceCalls>> {
  const { jobViews, reader, engine, events, store } = context;
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
      setQueuePaused(context, kind, paused);
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
