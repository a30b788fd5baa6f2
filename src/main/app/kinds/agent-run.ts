import { z } from 'zod';
import { taskSpecs, type TaskInput, type TaskOutput } from '../../../shared/contract/worker/tasks.ts';
import { agentName, agentTask } from '../../../shared/domain/agent.ts';
import { messageId, sessionId, type JobId, type SessionId } from '../../../shared/domain/ids.ts';
import { workerOfKind } from '../../../shared/domain/job.ts';
import { TaskFailure } from '../../../shared/domain/task-failure.ts';
import type { ModelRole } from '../../../shared/domain/provider.ts';
import type { MessagePatch } from '../../store/messages.ts';
import type { Store } from '../../store/store.ts';
import type { JobEnd, JobKind, JobRef } from '../../engine/job-kind.ts';
import type { createAgentHostCalls } from '../agents/agent-host-calls.ts';
import type { createAgentInput } from '../agents/agent-input.ts';
import type { NetworkWaits } from '../models/network-waits.ts';
import { newId } from '../new-id.ts';

export const agentRunPayload = z.strictObject({
  sessionId,
  agent: agentName,
  task: agentTask,
  /** The chat's word that it has begun; null for a part of a larger task, whose result goes to that and not to the chat. */
  messageId: messageId.nullable(),
  /** The last message that it knows of what was said before; null for the chat as it is shown. */
  upTo: messageId.nullable(),
  /** Tasks that a task has begun, one below the other. */
  depth: z.int().nonnegative().max(10),
});
type Payload = z.output<typeof agentRunPayload>;

const minuteMs = 60_000;

/**
 * Agents at work in the background at once. With the answers in chats, see `answersAtOnce`, they take fewer places than the
 * worker of agents has: whatever runs in the background, somebody who asks is answered.
 */
export const agentsAtOnce = 3;

export interface AgentRunParams {
  /** The service whose model does what a role is for, as it is chosen now. */
  readonly serviceFor: (role: ModelRole) => string | null;
  readonly store: Store;
  readonly inputFor: ReturnType<typeof createAgentInput>;
  readonly hostCall: ReturnType<typeof createAgentHostCalls>;
  readonly network: NetworkWaits;
  readonly now: () => number;
}

/** An agent that works in the background. What it has come to is a message of the chat, or for a part the result of its parent's question. */
export function agentRun({
  serviceFor,
  store,
  inputFor,
  hostCall,
  network,
  now,
}: AgentRunParams): JobKind<Payload, TaskInput<'agent.run'>, TaskOutput<'agent.run'>> {
  const spec = taskSpecs['agent.run'];
  return {
    name: 'agent.run',
    worker: workerOfKind['agent.run'],
    payload: agentRunPayload,
    input: spec.input,
    output: spec.output,
    steps: spec.steps,
    effects: spec.effects,
    compensations: spec.compensations,
    concurrency: agentsAtOnce,
    provider: () => serviceFor('chat'),
    priority: 0,
    timeLimitMs: 60 * minuteMs,
    retry: { delaysMs: [2_000, 10_000, minuteMs], jitter: 0.2 },
    recovery: 'resume',

    prepare({ id, payload }) {
      const { sessionId: session, agent, task, messageId: begun, upTo, depth } = payload;
      const inPlan = agent === 'planner' || begun === null;
      const input = inputFor({ jobId: id, sessionId: session, agent, task, upTo, inPlan, depth });
      if (input !== null) {
        network.asks(id, input.connection.providerId);
        return Promise.resolve(input);
      }
      return Promise.reject(new TaskFailure('no_model', 'No model is connected that could do this task.', { retryable: false }));
    },

    hostCall: ({ id, payload }, name, input) =>
      hostCall({ id, sessionId: payload.sessionId, messageId: null, upTo: () => payload.upTo, depth: payload.depth }, name, input),

    onStep(job, { name }) {
      if (name.startsWith('model:')) network.answeredTo(job.id);
    },

    onEnd(job, end) {
      network.over(job.id);
      const { sessionId: session, messageId: begun } = job.payload;
      if (begun === null) return;
      const atMs = now();
      tellResult(store, { session, job: job.id, patch: resultOf(end), atMs });
      store.sessions.touch(session, atMs);
      if (end.state !== 'cancelled') store.sessions.markUnread(session);
    },

    onRetry(job) {
      const told = resultMessage(store, job.id);
      if (told !== null) store.messages.update(told.id, { state: 'pending', error: null }, now());
    },
  };
}

/** The message that a task's result has become; null before its end. */
export function resultMessage(store: Pick<Store, 'messages'>, job: JobId) {
  return store.messages.ofJob(job).find(({ note }) => note === 'background_ready') ?? null;
}

function resultOf(end: JobEnd<TaskOutput<'agent.run'>>): MessagePatch {
  if (end.state === 'done') {
    const { text, citations, sources } = end.output;
    return { state: 'completed', text, citations, sources, error: null };
  }
  return { state: end.state === 'failed' ? 'failed' : 'stopped', error: end.error?.code ?? null };
}

/** In transaction. Its id is made now: it comes after everything that was said meanwhile. */
export function tellResult(
  store: Store,
  {
    session,
    job,
    patch,
    atMs,
  }: { readonly session: SessionId; readonly job: JobRef<unknown>['id']; readonly patch: MessagePatch; readonly atMs: number },
): void {
  const message =
    resultMessage(store, job) ??
    store.messages.insert({
      id: newId(messageId),
      sessionId: session,
      role: 'assistant',
      state: 'pending',
      text: '',
      note: 'background_ready',
      documentIds: [],
      replyTo: null,
      requestKey: null,
      jobId: job,
      atMs,
    });
  store.messages.update(message.id, patch, atMs);
}
