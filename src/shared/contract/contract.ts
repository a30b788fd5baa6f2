import type { z } from 'zod';
import { appRoutes } from './app.ts';
import { approvalRoutes } from './approvals.ts';
import { auditRoutes } from './audits.ts';
import { autoExportRoutes } from './auto-exports.ts';
import { backupRoutes } from './backups.ts';
import { browserRoutes } from './browser.ts';
import { budgetRoutes } from './budgets.ts';
import { diagnosticRoutes } from './diagnostics.ts';
import { documentRoutes } from './documents.ts';
import { fileRoutes } from './files.ts';
import { healthRoutes } from './health.ts';
import { jobRoutes } from './jobs.ts';
import { noticeRoutes } from './notices.ts';
import { mcpRoutes } from './mcp.ts';
import { providerRoutes } from './providers.ts';
import { reachRoutes } from './reach.ts';
import type { BoundaryError, Result } from './result.ts';
import { searchRoutes } from './search.ts';
import { scheduleRoutes } from './schedules.ts';
import { sessionRoutes } from './sessions.ts';
import { synopsisRoutes } from './synopses.ts';
import { updateRoutes } from './updates.ts';

/** Everything the window and the command line can ask of main. There is no other door. */
export const contract = {
  ...appRoutes,
  ...sessionRoutes,
  ...documentRoutes,
  ...synopsisRoutes,
  ...auditRoutes,
  ...fileRoutes,
  ...autoExportRoutes,
  ...jobRoutes,
  ...noticeRoutes,
  ...approvalRoutes,
  ...scheduleRoutes,
  ...budgetRoutes,
  ...providerRoutes,
  ...mcpRoutes,
  ...reachRoutes,
  ...searchRoutes,
  ...healthRoutes,
  ...browserRoutes,
  ...backupRoutes,
  ...diagnosticRoutes,
  ...updateRoutes,
} as const;

type Contract = typeof contract;
type NamesOf<K extends string> = { [N in keyof Contract]: Contract[N] extends { kind: K } ? N : never }[keyof Contract];
export type CallName = NamesOf<'call'>;
export type EventName = NamesOf<'event'>;
export type StreamName = NamesOf<'stream'>;

/** What the caller writes, before zod's defaults and brands. */
export type CallInput<N extends CallName> = z.input<Contract[N]['input']>;
/** What a handler receives, after validation. */
export type CallArgs<N extends CallName> = z.output<Contract[N]['input']>;
export type CallOutput<N extends CallName> = z.output<Contract[N]['output']>;
export type CallError<N extends CallName> = Contract[N]['errors'][number] | BoundaryError;
export type CallResult<N extends CallName> = Result<CallOutput<N>, CallError<N>>;
export type EventPayload<N extends EventName> = z.output<Contract[N]['payload']>;
export type StreamInput<N extends StreamName> = z.input<Contract[N]['input']>;
export type StreamArgs<N extends StreamName> = z.output<Contract[N]['input']>;
export type StreamChunk<N extends StreamName> = z.output<Contract[N]['chunk']>;
export type StreamError<N extends StreamName> = Contract[N]['errors'][number] | BoundaryError;

function namesOf<K extends string>(kind: K): NamesOf<K>[] {
  return (Object.keys(contract) as (keyof Contract)[]).filter(name => contract[name].kind === kind) as NamesOf<K>[];
}
export const callNames: readonly CallName[] = namesOf('call');
export const eventNames: readonly EventName[] = namesOf('event');
export const streamNames: readonly StreamName[] = namesOf('stream');
