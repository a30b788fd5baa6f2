import type { JobCounts } from '../../../shared/contract/jobs.ts';
import type { Messages } from '../../i18n/messages.ts';

/** What the tasks are doing, in one line; only where something was done is all of it done. */
export function stripLine(running: number, counts: Pick<JobCounts, 'needsYou' | 'queued' | 'done'>, { strip }: Messages): string {
  const parts = [
    running > 0 ? strip.running(running) : null,
    counts.needsYou > 0 ? strip.waiting(counts.needsYou) : null,
    // As the list counts them, with those that wait for something else than the person.
    counts.queued > 0 ? strip.queued(counts.queued) : null,
  ].filter(part => part !== null);
  if (parts.length > 0) return parts.join('\u00A0· ');
  return counts.done > 0 ? strip.idle : strip.calm;
}
