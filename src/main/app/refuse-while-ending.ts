import type { JobView } from '../../shared/domain/job.ts';
import { ExpectedError } from '../ipc/expected-error.ts';

/**
 * Throws `still_stopping` for an active job that no longer works towards its goal: it is being cancelled or undone, and
 * whoever joined it would wait for something that never comes.
 */
export function refuseWhileEnding({ cancelRequested, undoing }: Pick<JobView, 'cancelRequested' | 'undoing'>): void {
  if (!cancelRequested && undoing === null) return;
  throw new ExpectedError('still_stopping', 'The earlier task for this is still being stopped. Try again in a moment.', {
    retryable: true,
  });
}
