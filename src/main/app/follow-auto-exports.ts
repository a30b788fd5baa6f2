import { synopsisRoutes } from '../../shared/contract/synopses.ts';
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
  function begin(hasDue: (folder: AutoExportFolder) => boolean): void {
    try {
      for (const folder of store.autoExports.list()) if (hasDue(folder)) engine.enqueue(autoExportRequest(folder, null)).catch(report);
    } catch (error) {
      report(error);
    }
  }
  /** Looks at all synopses there are. */
  const wake = (): void => {
    begin(({ id }) => store.autoExports.due(id, { isAgain: false, limit: 1 }).length > 0);
  };

  const stop = events.subscribe(frame => {
    if (frame.route !== 'synopses.changed') return;
    const { sessionId, state } = synopsisRoutes['synopses.changed'].payload.parse(frame.payload);
    // One that is being made says so with each of its sections.
    if (state !== 'making') begin(({ id }) => store.autoExports.hasDue(id, sessionId));
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
