import { z } from 'zod';
import { taskSpecs, type TaskInput, type TaskOutput } from '../../../shared/contract/worker/tasks.ts';
import { agentName, agentTask } from '../../../shared/domain/agent.ts';
import { messageId, sessionId } from '../../../shared/domain/ids.ts';
import { workerOfKind } from '../../../shared/domain/job.ts';
import type { JobKind } from '../../engine/job-kind.ts';

export const agentRunPayload = z.strictObject({
  sessionId,
  agent: agentName,
  task: agentTask,
  /** The message that its result becomes; null for a part of a larger task, whose result goes to that. */
  messageId: messageId.nullable(),
  /** Tasks that a task has begun, one below the other. */
  depth: z.int().nonnegative().max(10),
});
type Payload = z.output<typeof agentRunPayload>;

const minuteMs = 60_000;

/** An agent that works in the background. */
export function agentRun(): JobKind<Payload, TaskInput<'agent.run'>, TaskOutput<'agent.run'>> {
  const spec = taskSpecs['agent.run'];
  return {
    name: 'agent.run',
    worker: workerOfKind['agent.run'],
    payload: agentRunPayload,
    input: spec.input,
    output: spec.output,
    steps: spec.steps,
    effects: spec.effects,
    concurrency: 2,
    priority: 0,
    timeLimitMs: 60 * minuteMs,
    retry: { delaysMs: [2_000, 10_000, minuteMs], jitter: 0.2 },
    recovery: 'resume',
    prepare() {
      throw new Error('No model is connected that could do this task.');
    },
  };
}
