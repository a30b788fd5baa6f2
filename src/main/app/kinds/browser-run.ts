import { join } from 'node:path';
import { z } from 'zod';
import { browserStepsTold } from '../../../shared/contract/worker/browser-steps.ts';
import { hostCallSpecs } from '../../../shared/contract/worker/host-calls.ts';
import { taskSpecs, type TaskInput, type TaskOutput } from '../../../shared/contract/worker/tasks.ts';
import { agentTask } from '../../../shared/domain/agent.ts';
import { recipe, recipeId } from '../../../shared/domain/browser.ts';
import { loginId, messageId, sessionId, type JobId } from '../../../shared/domain/ids.ts';
import { workerOfKind } from '../../../shared/domain/job.ts';
import type { ModelRole } from '../../../shared/domain/provider.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { TaskFailure } from '../../../shared/domain/task-failure.ts';
import type { JobKind } from '../../engine/job-kind.ts';
import type { MessagePatch } from '../../store/messages.ts';
import type { Store } from '../../store/store.ts';
import type { createAgentHostCalls } from '../agents/agent-host-calls.ts';
import type { createAgentInput } from '../agents/agent-input.ts';
import type { BrowserDesk } from '../browser/browser-desk.ts';
import type { Logins } from '../browser/logins.ts';
import { endBrowserWithLogin } from '../browser/tidy-browsers.ts';
import type { KeepPage } from '../browser/keep-page.ts';
import type { NetworkWaits } from '../models/network-waits.ts';
import type { OpenFolder } from '../reach/open-folders.ts';
import { tellResult } from './agent-run.ts';

export const browserRunPayload = z.strictObject({
  sessionId,
  what: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('task'), task: agentTask }),
    /** With its parameters put in. */
    z.strictObject({ kind: z.literal('recipe'), recipe, recipeId: recipeId.optional() }),
  ]),
  /** The login it has from its first attempt until it ends. */
  login: loginId.nullable().default(null),
  /** The chat's word that it has begun. */
  messageId,
});
type Payload = z.output<typeof browserRunPayload>;

/** Begun by a person, as tasks in the background are. */
const taskDepth = 1;
const minuteMs = 60_000;
/**
 * Ceiling of one attempt, with what a person holds: a day. How long the task itself may work is counted by its worker, which knows
 * when a person had the page.
 */
const attemptMs = 24 * 60 * minuteMs;

export interface BrowserRunParams {
  /** The service whose model does what a role is for, as it is chosen now. */
  readonly serviceFor: (role: ModelRole) => string | null;
  readonly store: Store;
  readonly inputFor: ReturnType<typeof createAgentInput>;
  readonly hostCall: ReturnType<typeof createAgentHostCalls>;
  readonly network: NetworkWaits;
  readonly desk: BrowserDesk;
  readonly logins: Pick<Logins, 'takeFor' | 'keepSession' | 'giveBack'>;
  /** The browser's program; null when there is none. */
  readonly browserPath: () => Promise<string | null>;
  /** Browsers at work at once, as the person has it now. */
  readonly count: () => number;
  readonly allowedHosts: () => readonly string[];
  readonly language: () => Language;
  readonly keepPage: KeepPage;
  /** Browsers of an earlier run are gone; nothing is started before. */
  readonly tidied: Promise<unknown>;
  /** What files may be given to pages from. */
  readonly openFolders: () => OpenFolder[];
  /** Folders of tasks lie in it. */
  readonly folder: string;
  readonly changed: (job: JobId) => void;
  readonly now: () => number;
}

/** Where the profile, the downloads and the lifeline of a task lie, below the folder of all tasks. */
function browserFolderOf(folder: string, job: JobId): string {
  return join(folder, job);
}

/** A task in a browser of its own, by an agent or by a recipe. What it has come to is a message of the chat. */
export function browserRun({
  serviceFor,
  store,
  inputFor,
  hostCall,
  network,
  desk,
  logins,
  browserPath,
  count,
  allowedHosts,
  language,
  keepPage,
  tidied,
  openFolders,
  folder,
  changed,
  now,
}: BrowserRunParams): JobKind<Payload, TaskInput<'browser.run'>, TaskOutput<'browser.run'>> {
  const spec = taskSpecs['browser.run'];

  function work(id: JobId, { sessionId: session, what }: Payload): TaskInput<'browser.run'>['what'] {
    if (what.kind === 'recipe')
      return {
        kind: 'recipe',
        recipe: what.recipe,
        sessionId: session,
        language: language(),
        allowedHosts: [...allowedHosts()],
        folders: openFolders(),
      };
    const agent = inputFor({
      jobId: id,
      sessionId: session,
      agent: 'browser',
      task: what.task,
      upTo: null,
      inPlan: false,
      depth: taskDepth,
    });
    if (agent === null) throw new TaskFailure('no_model', 'No model is connected that could do this task.', { retryable: false });
    return { kind: 'task', agent };
  }

  return {
    name: 'browser.run',
    worker: workerOfKind['browser.run'],
    payload: browserRunPayload,
    input: spec.input,
    output: spec.output,
    steps: spec.steps,
    effects: spec.effects,
    compensations: spec.compensations,
    get concurrency() {
      return count();
    },
    provider: ({ what }) => (what.kind === 'task' ? serviceFor('chat') : null),
    priority: 0,
    timeLimitMs: attemptMs,
    retry: { delaysMs: [2_000, 10_000, minuteMs], jitter: 0.2 },
    recovery: 'resume',

    async prepare({ id, payload }) {
      await tidied;
      const path = await browserPath();
      if (path === null)
        throw new TaskFailure(
          'browser_missing',
          'No Chrome, Edge or Chromium is installed here. Install one of them and run the task again.',
          {
            retryable: false,
          },
        );
      // SECURITY: its words go into the worker's frame and nowhere else: an input is built for each attempt and is never stored.
      const login = payload.login === null ? null : logins.takeFor(id, payload.login);
      const what = work(id, payload);
      if (what.kind === 'task') network.asks(id, what.agent.connection.providerId);
      // The person has written the recipe or started it as it was shown: its sites are agreed to.
      if (what.kind === 'recipe') store.browserTasks.addSites(id, what.recipe.sites);
      return {
        what,
        jobId: id,
        browserPath: path,
        folder: browserFolderOf(folder, id),
        login,
        sites: [...store.browserTasks.sites(id)],
        before: store.browserTasks.steps(id, browserStepsTold),
        spent: store.browserTasks.spent(id),
      };
    },

    async hostCall(job, name, input, signal) {
      const { id, payload } = job;
      switch (name) {
        case 'browser.orders':
          return desk.orders(id, hostCallSpecs[name].input.parse(input), signal);
        case 'browser.page':
          return keepPage({ id, sessionId: payload.sessionId }, hostCallSpecs[name].input.parse(input), signal);
        case 'browser.frame':
          desk.framed(id, hostCallSpecs[name].input.parse(input).picture);
          return null;
        case 'browser.session':
          if (payload.login !== null) logins.keepSession(id, payload.login, hostCallSpecs[name].input.parse(input).session);
          return null;
        case 'browser.sites':
          store.browserTasks.addSites(id, hostCallSpecs[name].input.parse(input).sites);
          changed(id);
          return null;
        case 'browser.traced': {
          const { picture, workedMs, ...step } = hostCallSpecs[name].input.parse(input);
          const stored = picture === null ? null : await store.artifacts.files.put(Buffer.from(picture, 'base64'));
          const atMs = now();
          store.inTransaction(() => {
            if (stored !== null) store.artifacts.insert({ ...stored, mediaType: 'image/jpeg', atMs });
            store.browserTasks.addWorked(id, workedMs);
            store.browserTasks.put(id, { ...step, screenshot: stored?.sha256 ?? null, atMs });
          });
          changed(id);
          return null;
        }
        default:
          return hostCall({ id, sessionId: payload.sessionId, messageId: null, upTo: () => null, depth: taskDepth }, name, input);
      }
    },

    // SECURITY: the worker removes what its browser wrote of a login; one that was killed could not.
    async afterLoss({ id, payload }) {
      if (payload.login !== null) await endBrowserWithLogin(folder, id);
    },

    onStep(job, { name }) {
      if (name.startsWith('model:')) network.answeredTo(job.id);
    },

    onEnd(job, end) {
      network.over(job.id);
      desk.closed(job.id);
      if (job.payload.login !== null) logins.giveBack(job.id);
      const { sessionId: session } = job.payload;
      const atMs = now();
      const patch: MessagePatch =
        end.state === 'done'
          ? { state: 'completed', text: end.output.text, citations: end.output.citations, error: null }
          : { state: end.state === 'failed' ? 'failed' : 'stopped', error: end.error?.code ?? null };
      tellResult(store, { session, job: job.id, patch, atMs });
      store.sessions.touch(session, atMs);
      if (end.state !== 'cancelled') store.sessions.markUnread(session);
    },
  };
}
