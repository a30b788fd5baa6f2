import type { HostCallInput, HostCallOutput } from '../../shared/contract/worker/host-calls.ts';
import type { SynopsisModel } from '../../shared/domain/synopsis-model.ts';
import type { Usage } from '../../shared/domain/budget.ts';
import type { JobId } from '../../shared/domain/ids.ts';
import type { WorkerQuestion } from './worker-question.ts';

/** How long a picture waits for a free place in the worker of agents: a reading is in nobody's way, and nobody stands before it. */
const seatPatienceMs = 600_000;

/** Has one picture read for a job by this model, in the process that calls models. */
export type LookAtPicture = (
  job: JobId,
  picture: HostCallInput<'picture.look'>,
  model: SynopsisModel,
  signal: AbortSignal,
) => Promise<HostCallOutput<'picture.look'>>;

/** `chargeEnded`: a reading that is cancelled has ended before the model's process says what it had used up. */
export function createLookAtPicture(ask: () => WorkerQuestion, chargeEnded: (job: JobId, usage: Usage) => void): LookAtPicture {
  return async (job, picture, model, signal) => {
    const answer = await ask()('provider.ask', { ask: 'look', model, ...picture }, signal, {
      seatPatienceMs,
      onCalledOff: usage => chargeEnded(job, usage),
      onTooLate(late) {
        if (late.ask === 'look') chargeEnded(job, late.usage);
      },
    });
    if (answer.ask !== 'look') throw new Error(`The worker was asked to look and answered ${answer.ask}.`);
    const { ask: _, ...told } = answer;
    return told;
  };
}
