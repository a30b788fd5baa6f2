import type { InstalledBrowser } from '../browser/find-browsers.ts';
import { beginBrowserTask } from '../browser/begin-browser-task.ts';
import { v5 } from 'uuid';
import { citedLimit } from '../../../shared/contract/worker/agent-input.ts';
import { type HostCallInput, type HostCallOutput } from '../../../shared/contract/worker/host-calls.ts';
import { deepestTask, modelStep, toolStep, type ShownPassage } from '../../../shared/domain/agent.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import { isFinal } from '../../../shared/domain/job-state.ts';
import type { Schedules } from '../../engine/schedules.ts';
import { EngineError } from '../../engine/engine-api.ts';
import { untilChildrenEnd } from '../../engine/park-job.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import { addAddress } from '../calls/document-calls.ts';
import type { CallContext } from '../calls/call-context.ts';
import { storedWork } from '../schedule-work.ts';
import { beginSynopsis } from '../begin-synopsis.ts';
import { refreshSynopsis } from '../remake-synopsis.ts';
import { beginBackgroundWork, providerOf } from './background-work.ts';
import { partName } from './part-changes.ts';
import type { AgentJob } from './agent-host-calls.ts';

type Asked = HostCallInput<'work.start'>;
type Work<K extends Asked['work']['kind']> = Extract<Asked['work'], { kind: K }>;
type Begun = HostCallOutput<'work.start'>;

export type BeginWork = (job: AgentJob, asked: Asked) => Promise<Begun>;

/** Model calls of one agent that are looked through for its last words: above what any agent's file allows. */
const modelStepsRead = 500;
/** Calls of tools of one agent that are looked through for what it cites. */
const toolStepsRead = 2_000;

/** What an agent can mend, or has to tell the person. */
const refusals: ReadonlySet<EngineError['code']> = new Set([
  'bad_cron',
  'bad_time_zone',
  'never_comes',
  'too_many_schedules',
  'queue_full',
]);

/** Under which a schedule that an agent has made is found again. */
const scheduleRoute = 'work.start';

/** Makes request keys of the job and the key that its agent names the work by. */
const workNamespace = '5b0c7a52-7c3c-4d6f-9d0a-0f4f4b1f6c35';

/**
 * Begins what an agent asks for. The same key of the same job begins it once, however often an attempt is repeated: what was
 * begun is found by rows of its own and not by the job that it became, which may have ended.
 */
export function createBeginWork({
  context,
  schedules,
  findBrowsers,
}: {
  readonly context: () => Pick<
    CallContext,
    'store' | 'reader' | 'engine' | 'jobViews' | 'changes' | 'language' | 'now' | 'models' | 'settings'
  >;
  readonly schedules: () => Schedules;
  readonly findBrowsers: () => Promise<readonly InstalledBrowser[]>;
}): BeginWork {
  /** Parks the job until all its parts have ended; an ended part is told. */
  async function part(job: AgentJob, key: string, { agent, task, title }: Work<'agent'>): Promise<Begun> {
    const { engine, jobViews, models } = context();
    const idempotencyKey = partName(job.id, key);
    const there = engine.children(job.id).findLast(child => child.idempotencyKey === idempotencyKey);
    if (there === undefined) {
      await engine.enqueue({
        kind: 'agent.run',
        payload: { sessionId: job.sessionId, agent, task, messageId: null, upTo: job.upTo(), depth: job.depth + 1 },
        idempotencyKey,
        sessionId: job.sessionId,
        title,
        parentId: job.id,
        ...providerOf(models),
      });
      throw untilChildrenEnd({ key });
    }
    if (!isFinal(there.state)) throw untilChildrenEnd({ key });
    if (there.state !== 'done') return { jobId: there.id, state: there.state, text: there.error?.message ?? '' };
    const text = lastWords(jobViews, there.id);
    return { jobId: there.id, state: there.state, text, passages: citedPassages(jobViews, there.id, text) };
  }

  async function synopsis({ sessionId }: AgentJob, requestKey: string, { template, detail, language }: Work<'synopsis'>): Promise<Begun> {
    const { store, settings } = context();
    const chosen = detail ?? store.synopses.heads(sessionId)[0]?.detail ?? settings.get().synopsisDetail;
    const { version, joined } = await beginSynopsis(context(), { sessionId, requestKey, detail: chosen, template, language });
    if (!joined) return { jobId: version.jobId, state: 'started', text: '' };
    const isOther = [
      [template, version.template],
      [detail, version.detail],
      [language, version.language],
    ].some(([wish, made]) => wish !== null && wish !== made);
    // In the words that the agent wishes in.
    const made = isOther ? [version.template, version.detail, version.language].join(', ') : '';
    return { jobId: version.jobId, state: 'already_running', text: made };
  }

  async function refresh({ sessionId }: AgentJob, requestKey: string): Promise<Begun> {
    if (context().store.synopses.current(sessionId) === null)
      throw new ExpectedError('not_found', 'This chat has no finished synopsis that could be updated. Make the whole one.');
    const { jobId } = await refreshSynopsis(context(), { sessionId, requestKey, only: null });
    return { jobId, state: 'started', text: '' };
  }

  /** The person sees which sites it plans to visit, and says yes, before it opens any. */
  async function browse({ sessionId }: AgentJob, requestKey: string, { task, title }: Work<'agent'>): Promise<Begun> {
    const what = { kind: 'task', task } as const;
    const jobId = await beginBrowserTask(context(), findBrowsers, { sessionId, title, what, login: null, requestKey });
    return { jobId, state: 'started', text: '' };
  }

  function schedule({ sessionId }: AgentJob, requestKey: string, { task, title, cron, timeZone }: Work<'schedule'>): Begun {
    const { store, now } = context();
    store.inTransaction(() => {
      if (store.requests.find(scheduleRoute, requestKey) !== null) return;
      const saved = schedules().save({
        ...storedWork({ kind: 'agent.run', sessionId, agent: 'assistant', task }),
        id: null,
        title,
        cron,
        timeZone: timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
        missed: 'run_once',
        enabled: true,
      });
      store.requests.record({ route: scheduleRoute, requestKey, resultId: saved.id, atMs: now() });
    });
    return { jobId: null, state: 'started', text: '' };
  }

  async function begin(job: AgentJob, { key, work }: Asked): Promise<Begun> {
    const requestKey = v5(`${job.id}:${key}`, workNamespace);
    switch (work.kind) {
      case 'agent': {
        if (job.depth >= deepestTask)
          throw new ExpectedError('too_deep', 'This task is itself a part of a task: do it here instead of beginning another one.');
        if (job.depth + 1 >= deepestTask && work.agent === 'planner')
          throw new ExpectedError('too_deep', 'A part of a task cannot be a plan, since it has no parts: give it to another agent.');
        if (work.isPart && work.agent === 'browser')
          throw new ExpectedError(
            'no_part',
            'A task in a browser tells its result to the chat, not to a plan: say in your answer that it is to be begun there.',
          );
        if (work.isPart) return part(job, key, work);
        if (work.agent === 'browser') return browse(job, requestKey, work);
        const { jobId } = beginBackgroundWork(context(), {
          sessionId: job.sessionId,
          agent: work.agent,
          task: work.task,
          title: work.title,
          upTo: job.upTo(),
          requestKey,
          depth: job.depth + 1,
        });
        return { jobId, state: 'started', text: '' };
      }
      case 'synopsis':
        return synopsis(job, requestKey, work);
      case 'refresh':
        return refresh(job, requestKey);
      case 'source': {
        const { jobId } = await addAddress(context(), job.sessionId, requestKey, work.url);
        return { jobId, state: 'started', text: '' };
      }
      case 'schedule':
        return schedule(job, requestKey, work);
    }
  }

  return async (job, asked) => {
    try {
      return await begin(job, asked);
    } catch (error) {
      // A refusal that is declared is a result: the agent reads why, and does something else.
      if (error instanceof ExpectedError || (error instanceof EngineError && refusals.has(error.code)))
        return { jobId: null, state: 'failed', text: error.message };
      throw error;
    }
  };
}

/** Numbers in brackets, as models cite; what is none of a passage is not found among them. */
const cited = /[[【][^\]】\n]{0,40}[\]】]/gu;

/** The passages that a text of the job cites, as the calls of its tools were shown them. */
function citedPassages(jobViews: Pick<CallContext['jobViews'], 'outputs'>, id: JobId, text: string): ShownPassage[] {
  const numbers = new Set([...text.matchAll(cited)].flatMap(([found]) => [...found.matchAll(/\d+/gu)].map(([digits]) => Number(digits))));
  if (numbers.size === 0) return [];
  const shown = jobViews.outputs(id, 'tool:', toolStepsRead).flatMap(({ output }) => toolStep.safeParse(output).data?.passages ?? []);
  return [...new Map(shown.filter(({ number }) => numbers.has(number)).map(passage => [passage.number, passage])).values()].slice(
    0,
    citedLimit,
  );
}

/** What an agent has said last: the text of its last call of the model, as recorded. */
function lastWords(jobViews: Pick<CallContext['jobViews'], 'outputs'>, id: JobId): string {
  const last = jobViews.outputs(id, 'model:', modelStepsRead).at(-1);
  const step = modelStep.safeParse(last?.output);
  return step.success ? step.data.text : '';
}
