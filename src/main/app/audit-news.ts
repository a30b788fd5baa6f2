import type { EventHub } from '../ipc/event-hub.ts';
import type { JobViews } from '../store/jobs/job-views.ts';
import type { JobBus } from './job-bus.ts';
import { synopsisAuditPayload } from './kinds/synopsis-audit.ts';

export interface AuditNewsParams {
  readonly bus: JobBus;
  readonly jobViews: Pick<JobViews, 'payload'>;
  readonly events: Pick<EventHub, 'publish'>;
}

/** Tells windows that something is known of the claims of a version. */
export function tellAudits({ bus, jobViews, events }: AuditNewsParams): void {
  bus.subscribe('audits', event => {
    if (event.type !== 'ended' || event.kind !== 'synopsis.audit') return;
    const payload = synopsisAuditPayload.safeParse(jobViews.payload(event.jobId));
    if (payload.success) events.publish('audits.changed', payload.data);
  });
}
