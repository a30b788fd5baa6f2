import { randomUUID } from 'node:crypto';
import { taskSpecs, type TaskInput, type TaskOutput } from '../../shared/contract/worker/tasks.ts';
import type { Usage } from '../../shared/domain/budget.ts';
import { jobId } from '../../shared/domain/ids.ts';
import { workerOfQuestion, type QuestionName } from '../../shared/domain/job.ts';
import type { TaskObserver, TaskRunner } from '../engine/task-runner.ts';
import { ExpectedError } from '../ipc/expected-error.ts';
import { newId } from './new-id.ts';

/** A seat is free again within this, or the person is told: what holds one otherwise ends by itself. */
const seatPatienceMs = 10_000;

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

export interface QuestionOptions<K extends QuestionName = QuestionName> {
  readonly seatPatienceMs?: number;
  /** It was called off, and what it had used up by then is told. */
  readonly onCalledOff?: (usage: Usage) => void;
  /** It was called off as it was answered: nobody takes the answer, and what it has used up is used up. */
  readonly onTooLate?: (answer: TaskOutput<K>) => void;
}

/**
 * Gives a worker something that is no job: somebody waits for the answer, and after a restart nobody does. It is not
 * stored, and a paused queue does not keep it. Throws an `ExpectedError` with the worker's code, or `worker_unavailable`.
 */
export type WorkerQuestion = <K extends QuestionName>(
  name: K,
  question: TaskInput<K>,
  signal: AbortSignal,
  options?: QuestionOptions<K>,
) => Promise<TaskOutput<K>>;

export function createWorkerQuestion(runner: Pick<TaskRunner, 'capacity' | 'run' | 'onChange'>): WorkerQuestion {
  return async (name, question, signal, options = {}) => {
    const { input, output } = taskSpecs[name];
    const worker = workerOfQuestion[name];
    signal.throwIfAborted();
    await untilSeatIsFree(runner, worker, signal, options.seatPatienceMs ?? seatPatienceMs);
    const task = runner.run(
      {
        jobId: newId(jobId),
        kind: name,
        worker,
        leaseToken: randomUUID(),
        attempt: 1,
        traceId: randomUUID().replaceAll('-', ''),
        input: JSON.stringify(input.parse(question)),
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
    if (end.type === 'cancelled' && end.usage !== undefined) options.onCalledOff?.(end.usage);
    if (end.type === 'done' && signal.aborted) options.onTooLate?.(output.parse(JSON.parse(end.output)) as TaskOutput<typeof name>);
    signal.throwIfAborted();
    if (end.type === 'failed') throw new ExpectedError(end.error.code, end.error.message, { retryable: end.retryable });
    if (end.type !== 'done') throw unavailable();
    return output.parse(JSON.parse(end.output)) as TaskOutput<typeof name>;
  };
}

function untilSeatIsFree(
  { capacity, onChange }: Pick<TaskRunner, 'capacity' | 'onChange'>,
  worker: Parameters<TaskRunner['capacity']>[0],
  signal: AbortSignal,
  patienceMs: number,
): Promise<void> {
  if (capacity(worker) > 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const within = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    const stop = onChange(() => {
      if (capacity(worker) < 1) return;
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
  return new ExpectedError('worker_unavailable', 'The process that does this is not available now; try again in a moment.', {
    retryable: true,
  });
}
