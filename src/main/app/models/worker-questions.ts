import type { TaskInput, TaskOutput } from '../../../shared/contract/worker/tasks.ts';
import type { WorkerQuestion } from '../worker-question.ts';

type Question = TaskInput<'provider.ask'>;
type AnswerTo<Q extends Question> = Extract<TaskOutput<'provider.ask'>, { ask: Q['ask'] }>;

/** Asks a worker about a provider, a server or a search. Throws what `WorkerQuestion` throws. */
export type AskWorker = <Q extends Question>(question: Q, signal: AbortSignal) => Promise<AnswerTo<Q>>;

export function createAskWorker(ask: WorkerQuestion): AskWorker {
  return async (question, signal) => {
    const answer = await ask('provider.ask', question, signal);
    if (answer.ask !== question.ask) throw new Error(`The worker was asked for ${question.ask} and answered ${answer.ask}.`);
    return answer as AnswerTo<typeof question>;
  };
}
