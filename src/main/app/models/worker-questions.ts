import { randomUUID } from 'node:crypto';
import { taskSpecs, type TaskInput, type TaskOutput } from '../../../shared/contract/worker/tasks.ts';
import { jobId } from '../../../shared/domain/ids.ts';
import type { TaskObserver, TaskRunner } from '../../engine/task-runner.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import { newId } from '../new-id.ts';

/** A seat is free again within this, or the person is told: answers of the chat hold two of four, and end. */
const seatPatienceMs = 10_000;

type Question = TaskInput<'provider.ask'>;
type AnswerTo<Q extends Question> = Extract<TaskOutput<'provider.ask'>, { ask: Q['ask'] }>;

/**
 * Asks a worker something that is no job: somebody waits for the answer, and after a restart nobody does. It is not
 * stored, and a paused queue does not keep it. Throws an `ExpectedError` with the worker's code, or `worker_unavailable`.
 */
export type AskWorker = <Q extends Question>(question: Q, signal: AbortSignal) => Promise<AnswerTo<Q>>;

/** A question records nothing and asks for nothing. */
const refuses = (what: string) => () => Promise.reject(new Error(`A question has no ${what}.`));
const observer: TaskObserver = {
  onBegin: () => undefined,
  onProgress: () => undefined,
  onStep: refuses('steps'),
  onEffect: refuses('effects'),
  onEffectNotDone: refuses('effects'),
  onHostCall: refuses('host calls'),
};

export function createAskWorker(runner: Pick<TaskRunner, 'capacity' | 'run' | 'onChange'>): AskWorker {
  const { input: inputSchema, output: outputSchema } = taskSpecs['provider.ask'];

  return async (question, signal) => {
    signal.throwIfAborted();
    await untilSeatIsFree(runner, signal);
    const task = runner.run(
      {
        jobId: newId(jobId),
        kind: 'provider.ask',
        worker: 'agent',
        leaseToken: randomUUID(),
        attempt: 1,
        traceId: randomUUID().replaceAll('-', ''),
        input: JSON.stringify(inputSchema.parse(question)),
        recorded: [],
      },
      observer,
    );
    const leave = () => {
      task.cancel();
    };
    signal.addEventListener('abort', leave, { once: true });
    const end = await task.ended.finally(() => {
      signal.removeEventListener('abort', leave);
    });
    signal.throwIfAborted();
    if (end.type === 'failed') throw new ExpectedError(end.error.code, end.error.message, { retryable: end.retryable });
    if (end.type !== 'done') throw unavailable();
    const answer = outputSchema.parse(JSON.parse(end.output));
    if (answer.ask !== question.ask) throw new Error(`The worker was asked for ${question.ask} and answered ${answer.ask}.`);
    return answer as AnswerTo<typeof question>;
  };
}

function untilSeatIsFree({ capacity, onChange }: Pick<TaskRunner, 'capacity' | 'onChange'>, signal: AbortSignal): Promise<void> {
  if (capacity('agent') > 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const within = AbortSignal.any([signal, AbortSignal.timeout(seatPatienceMs)]);
    const stop = onChange(() => {
      if (capacity('agent') < 1) return;
      over();
      resolve();
    });
    const giveUp = () => {
      over();
      reject(signal.aborted ? (signal.reason as Error) : unavailable());
    };
    const over = () => {
      stop();
      within.removeEventListener('abort', giveUp);
    };
    within.addEventListener('abort', giveUp, { once: true });
  });
}

function unavailable(): ExpectedError {
  return new ExpectedError('worker_unavailable', 'The process that asks providers is not available now; try again in a moment.', {
    retryable: true,
  });
}
