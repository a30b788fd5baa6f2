import type { AutoExportFolder } from '../../shared/domain/auto-export.ts';
import type { Engine } from '../engine/engine-api.ts';
import type { EventHub } from '../ipc/event-hub.ts';
import type { JobViews } from '../store/jobs/job-views.ts';
import type { Store } from '../store/store.ts';
import { autoExportRequest } from './auto-export-request.ts';
import type { JobBus } from './job-bus.ts';
import { synopsisAutoexportPayload } from './kinds/synopsis-autoexport.ts';

export interface FollowAutoExportsParams {
  readonly store: Pick<Store, 'autoExports'>;
  readonly engine: Pick<Engine, 'enqueue'>;
  readonly events: Pick<EventHub, 'subscribe'>;
  readonly bus: JobBus;
  readonly jobViews: Pick<JobViews, 'view' | 'payload'>;
  readonly changed: () => void;
  readonly now: () => number;
  readonly report: (error: unknown) => void;
}

/** Begins a job for each folder that something new belongs into: now, and whenever a version is finished or made by the person. */
export function followAutoExports({ store, engine, events, bus, jobViews, changed, now, report }: FollowAutoExportsParams): {
  stop(): void;
} {
  function wake(): void {
    try {
      for (const folder of store.autoExports.list()) begin(folder);
    } catch (error) {
      report(error);
    }
  }
  function begin(folder: AutoExportFolder): void {
    if (store.autoExports.due(folder.id, { isAgain: false, limit: 1 }).length === 0) return;
    engine.enqueue(autoExportRequest(folder, null)).catch(report);
  }

  const stop = events.subscribe(frame => {
    if (frame.route === 'synopses.changed') wake();
  });
  bus.subscribe('auto-export', event => {
    if ((event.type !== 'ended' && event.type !== 'scheduled') || event.kind !== 'synopsis.autoexport') return;
    const job = jobViews.view(event.jobId);
    const payload = synopsisAutoexportPayload.safeParse(jobViews.payload(event.jobId));
    // While it waits to be tried again, the folder already says why.
    if (event.type === 'scheduled' && payload.success && job?.error != null)
      store.autoExports.setLast(payload.data.folderId, { atMs: now(), errorCode: job.error.code });
    changed();
    // What was finished while it was at work, and what one job does not take.
    if (event.type === 'ended' && job?.state === 'done') wake();
  });
  wake();
  return { stop };
}
