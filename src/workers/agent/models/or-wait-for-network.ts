import type { HostCallInput, HostCallOutput } from '../../../shared/contract/worker/host-calls.ts';
import { ModelFailure } from './model-failure.ts';

/** The part of a task's context that says it. */
interface Asks {
  hostCall(name: 'network.away', input: HostCallInput<'network.away'>): Promise<HostCallOutput<'network.away'>>;
}

/**
 * Runs a call of a model. When its provider cannot be reached, main is told, which parks the job until it is tried again;
 * the promise is then rejected with the cancel that ends this attempt. Every other failure is passed on.
 */
export async function orWaitForNetwork<T>(call: () => Promise<T>, context: Asks): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ModelFailure && error.code === 'network') await context.hostCall('network.away', { message: error.message });
    throw error;
  }
}
