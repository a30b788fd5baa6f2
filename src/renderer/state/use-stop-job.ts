import { useCallback } from 'react';
import type { JobView } from '../../shared/domain/job.ts';
import { isFinal } from '../../shared/domain/job-state.ts';
import { useSayError, useServices } from './context.tsx';

/** Stops a job and offers to take that back: what it has finished is kept either way. */
export function useStopJob(): (job: Pick<JobView, 'id' | 'title'>) => Promise<void> {
  const { jobs, toasts } = useServices();
  const sayError = useSayError();
  return useCallback(
    async ({ id, title }) => {
      const failed = await jobs.cancel(id);
      if (failed !== null) return sayError(failed);
      const state = jobs.getState().byId.get(id)?.state ?? 'cancelled';
      // It had ended otherwise before the stop reached it, and its row says how.
      if (isFinal(state) && state !== 'cancelled') return;
      toasts.say({
        key: `stopped:${id}`,
        text: ({ t }) => (state === 'cancelled' ? t.panel.stopped(title) : t.panel.stopping(title)),
        action: { label: ({ t }) => t.common.undo, run: () => void jobs.takeBackCancel(id).then(sayError) },
      });
    },
    [jobs, toasts, sayError],
  );
}
