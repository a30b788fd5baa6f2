import type { Status } from '../../shared/contract/app.ts';
import type { BudgetReleases } from '../engine/budget-releases.ts';
import type { Budgets } from '../engine/budgets.ts';
import type { Schedules } from '../engine/schedules.ts';
import type { CallHandlers } from '../ipc/handlers.ts';
import type { Database } from '../store/connection.ts';
import type { AppOptions } from './app-api.ts';
import type { CallContext } from './calls/call-context.ts';
import type { DamagedSnapshots } from './damaged-snapshots.ts';
import type { WhatIsSeen } from './what-is-seen.ts';
import type { KeptOriginals } from './files/kept-originals.ts';
import { fileCalls, type FileCallsParams } from './calls/file-calls.ts';
import { healthCalls } from './calls/health-calls.ts';
import { approvalCalls } from './calls/approval-calls.ts';
import { auditCalls } from './calls/audit-calls.ts';
import { autoExportCalls } from './calls/auto-export-calls.ts';
import { backupCalls, type BackupCallsParams } from './calls/backup-calls.ts';
import { diagnosticCalls } from './calls/diagnostic-calls.ts';
import { browserCalls, type BrowserCallsParams } from './calls/browser-calls.ts';
import { budgetCalls } from './calls/budget-calls.ts';
import { messageCalls } from './calls/message-calls.ts';
import { sessionCalls } from './calls/session-calls.ts';
import { sourceCalls } from './calls/source-calls.ts';
import { synopsisCalls } from './calls/synopsis-calls.ts';
import { noticeCalls } from './calls/notice-calls.ts';
import type { Announcer } from './notices/announcer.ts';
import type { NoticeDesk } from './notices/notice-desk.ts';
import { updateCalls } from './calls/update-calls.ts';
import { traceCalls } from './calls/trace-calls.ts';
import { documentCalls, uploadCalls } from './calls/document-calls.ts';
import { appCalls, type Notice } from './calls/app-calls.ts';
import { jobCalls } from './calls/job-calls.ts';
import { mcpCalls, type McpCallsParams } from './calls/mcp-calls.ts';
import { providerCalls, type ProviderCallsParams } from './calls/provider-calls.ts';
import { reachCalls, type ReachCallsParams } from './calls/reach-calls.ts';
import { searchCalls, type SearchCallsParams } from './calls/search-calls.ts';
import { scheduleCalls, schedulesOfLogin, schedulesOfRecipe } from './calls/schedule-calls.ts';
import type { SendPerson } from './send-person.ts';
import { createReadTrace } from './trace/read-trace.ts';
import { createJobTraceRows } from '../store/jobs/job-trace-rows.ts';

export interface AllCallsParams {
  readonly context: CallContext;
  readonly options: AppOptions;
  /** A window of this locale has opened; null where it did not say. */
  readonly windowOpened: (locale: string | null) => void;
  readonly status: () => Status;
  readonly seen: WhatIsSeen;
  readonly notices: NoticeDesk;
  readonly announcer: Pick<Announcer, 'test'>;
  readonly openingNotices: readonly Notice[];
  readonly sendPerson: SendPerson;
  readonly damagedSnapshots: DamagedSnapshots;
  readonly originals: Pick<KeptOriginals, 'look'>;
  readonly budgets: Budgets;
  readonly releases: Pick<BudgetReleases, 'release'>;
  readonly schedules: Schedules;
  readonly search: Omit<SearchCallsParams, 'damagedSnapshots'>;
  readonly connection: Database;
  readonly providers: ProviderCallsParams;
  readonly mcp: McpCallsParams;
  readonly reach: ReachCallsParams;
  readonly browser: Omit<BrowserCallsParams, 'schedulesOf' | 'schedulesOfLogin'>;
  readonly files: (readTrace: ReturnType<typeof createReadTrace>) => FileCallsParams;
  readonly updates: Parameters<typeof updateCalls>[0];
  readonly health: Parameters<typeof healthCalls>[0];
  readonly backups: BackupCallsParams;
  readonly gatherDiagnostics: Parameters<typeof diagnosticCalls>[1];
}

/** The handlers of the whole contract. */
export function allCalls({
  context,
  options,
  windowOpened,
  status,
  seen,
  sendPerson,
  notices,
  announcer,
  openingNotices,
  damagedSnapshots,
  originals,
  budgets,
  releases,
  schedules,
  search,
  connection,
  providers,
  mcp,
  reach,
  browser,
  files,
  health,
  backups,
  gatherDiagnostics,
  updates,
}: AllCallsParams): CallHandlers {
  const readTrace = createReadTrace({
    jobViews: context.jobViews,
    rowsOf: createJobTraceRows(connection),
    spentOf: id => budgets.ofJob(id)?.spent ?? null,
    now: context.now,
  });
  return {
    ...appCalls({
      context,
      host: options.host,
      version: options.version,
      systemLocale: options.systemLocale,
      windowOpened,
      status,
      seen,
      sendPerson,
      openExternal: options.openExternal,
      lookedAt: notices.seen,
      notices: openingNotices,
    }),
    ...sessionCalls(context),
    ...messageCalls(context),
    ...uploadCalls(context),
    ...documentCalls(context),
    ...sourceCalls(context, damagedSnapshots, originals),
    ...synopsisCalls(context),
    ...auditCalls(context),
    ...fileCalls(context, files(readTrace)),
    ...jobCalls(context, budgets),
    ...approvalCalls(context),
    ...noticeCalls(context, notices, announcer),
    ...budgetCalls(context, { budgets, releases }),
    ...scheduleCalls(context, schedules),
    ...providerCalls(context, providers),
    ...mcpCalls(context, mcp),
    ...reachCalls(context, reach),
    ...autoExportCalls(context, { dataDir: reach.dataDir }),
    ...browserCalls(context, {
      ...browser,
      schedulesOf: recipeId => schedulesOfRecipe(schedules, recipeId),
      schedulesOfLogin: login => schedulesOfLogin(schedules, login),
    }),
    ...traceCalls(context, { readTrace, version: options.version }),
    ...searchCalls(context, { ...search, damagedSnapshots }),
    ...healthCalls(health),
    ...backupCalls(context, backups),
    ...diagnosticCalls(context, gatherDiagnostics),
    ...updateCalls(updates),
  };
}
