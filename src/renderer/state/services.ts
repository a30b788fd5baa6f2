import type { Client } from '../../shared/contract/client.ts';
import type { JobView } from '../../shared/domain/job.ts';
import { noPageNotifier, type PageNotifier } from '../bridge/page-notifier.ts';
import { createAnnouncerStore } from './announcer-store.ts';
import { createAnswerStepsStore } from './answer-steps-store.ts';
import { createApprovalsStore } from './approvals-store.ts';
import { createAutoExportStore } from './auto-export-store.ts';
import { createAppStore, type Speaking } from './app-store.ts';
import { createBackupsStore } from './backups-store.ts';
import { createBrowserStore } from './browser-store.ts';
import { createBudgetsStore } from './budgets-store.ts';
import { createDraftStore } from './draft-store.ts';
import { createDocumentsStore } from './documents-store.ts';
import { createHealthStore } from './health-store.ts';
import { createJobsStore } from './jobs-store.ts';
import { createLibraryStore } from './library-store.ts';
import { createMcpStore } from './mcp-store.ts';
import { createMessagesStore, type NextFrame } from './messages-store.ts';
import { createModelsStore } from './models-store.ts';
import { createNoticesStore } from './notices-store.ts';
import { createReachStore } from './reach-store.ts';
import { createSchedulesStore } from './schedules-store.ts';
import { createSessionsStore } from './sessions-store.ts';
import { createSynopsisStore } from './synopsis-store.ts';
import { createToastStore } from './toast-store.ts';
import { createUpdatesStore } from './updates-store.ts';
import { createViewStore, type LayoutMemory } from './view-store.ts';

export interface ServicesParams {
  readonly client: Client;
  readonly speaking: Speaking;
  readonly layout: LayoutMemory;
  readonly drafts: LayoutMemory;
  /** Without one, what grows is shown in the next turn. */
  readonly nextFrame?: NextFrame;
  /** Of a page in a browser. */
  readonly pageNotifier?: PageNotifier;
}

/** All state of the window, made once. */
export function createServices({ client, speaking, layout, drafts, nextFrame, pageNotifier = noPageNotifier }: ServicesParams) {
  const ended = new Set<(job: JobView) => void>();
  const jobs = createJobsStore(client, job => {
    for (const listener of ended) listener(job);
  });
  return {
    client,
    approvals: createApprovalsStore(client),
    app: createAppStore(client, speaking),
    sessions: createSessionsStore(client),
    messages: createMessagesStore({ client, nextFrame, onJob: job => jobs.told([job]) }),
    documents: createDocumentsStore(client),
    drafts: createDraftStore(drafts),
    synopsis: createSynopsisStore(client),
    jobs,
    /** Called when a job this window knew as unfinished has ended. */
    onJobEnded(listener: (job: JobView) => void): () => void {
      ended.add(listener);
      return () => ended.delete(listener);
    },
    notices: createNoticesStore(client),
    pageNotifier,
    answerSteps: createAnswerStepsStore(client),
    browser: createBrowserStore(client),
    library: createLibraryStore(client),
    schedules: createSchedulesStore(client),
    budgets: createBudgetsStore(client),
    models: createModelsStore(client),
    mcp: createMcpStore(client),
    reach: createReachStore(client),
    autoExport: createAutoExportStore(client),
    backups: createBackupsStore(client),
    health: createHealthStore(client),
    updates: createUpdatesStore(client),
    view: createViewStore(layout),
    toasts: createToastStore(),
    announcer: createAnnouncerStore(),
  };
}

export type Services = ReturnType<typeof createServices>;
