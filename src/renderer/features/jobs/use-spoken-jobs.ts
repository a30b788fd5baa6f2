import { useEffect } from 'react';
import { useServices } from '../../state/context.tsx';
import { jobGroupOf } from '../../state/jobs-store.ts';

/** While the list is open: says aloud what ends and what begins to wait for the person. Eyes see it in the list. */
export function useSpokenJobs(): void {
  const { jobs, app, announcer, onJobEnded } = useServices();
  useEffect(() => {
    const { panel } = app.getState().speech.t;
    const off = [
      onJobEnded(job => {
        if (job.state === 'done' || job.state === 'failed' || job.state === 'cancelled')
          announcer.announce(panel.announceEnded[job.state](job.title));
      }),
      jobs.subscribe((now, before) => {
        if (now.byId === before.byId) return;
        for (const [id, job] of now.byId) {
          const was = before.byId.get(id);
          if (was && was !== job && jobGroupOf(job) === 'needsYou' && jobGroupOf(was) !== 'needsYou')
            announcer.announce(panel.announceNeedsYou(job.title));
        }
      }),
    ];
    return () => {
      for (const each of off) each();
    };
  }, [jobs, app, announcer, onJobEnded]);
}
