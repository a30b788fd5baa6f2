import type { Migration } from '../migrate.ts';
import { migration as jobs } from './0010-jobs.ts';
import { migration as sessions } from './0020-sessions.ts';
import { migration as documents } from './0030-documents.ts';
import { migration as messages } from './0040-messages.ts';
import { migration as synopses } from './0050-synopses.ts';
import { migration as app } from './0060-app.ts';
import { migration as jobIndexes } from './0065-job-indexes.ts';
import { migration as jobWaits } from './0070-job-waits.ts';
import { migration as jobGates } from './0080-job-gates.ts';
import { migration as jobEffects } from './0090-job-effects.ts';
import { migration as schedules } from './0100-schedules.ts';
import { migration as budgets } from './0105-budgets.ts';
import { migration as steadyMerges } from './0106-steady-merges.ts';
import { migration as jobFamilies } from './0110-job-families.ts';
import { migration as jobCounts } from './0115-job-counts.ts';
import { migration as providers } from './0120-providers.ts';
import { migration as chatBranches } from './0130-chat-branches.ts';
import { migration as approvals } from './0140-approvals.ts';
import { migration as reach } from './0150-reach.ts';
import { migration as mcpServers } from './0160-mcp-servers.ts';
import { migration as leanJobs } from './0170-lean-jobs.ts';
import { migration as prices } from './0180-prices.ts';
import { migration as messageModel } from './0181-message-model.ts';
import { migration as documentFormats } from './0185-document-formats.ts';
import { migration as synopsisAudits } from './0190-synopsis-audits.ts';
import { migration as versions } from './0200-versions.ts';
import { migration as library } from './0205-library.ts';
import { migration as claimLabels } from './0215-claim-labels.ts';
import { migration as autoExport } from './0220-auto-export.ts';
import { migration as passageVectors } from './0225-passage-vectors.ts';
import { migration as vectorRows } from './0240-vector-rows.ts';
import { migration as browserTasks } from './0250-browser-tasks.ts';
import { migration as browserLogins } from './0260-browser-logins.ts';
import { migration as keptFiles } from './0275-kept-files.ts';
import { migration as notices } from './0280-notices.ts';
import { migration as pinnedChats } from './0290-pinned-chats.ts';
import { migration as stepBudgets } from './0291-step-budgets.ts';
import { migration as unwantedNotices } from './0292-unwanted-notices.ts';
import { migration as askedActions } from './0330-asked-actions.ts';

/** Every schema this build knows, oldest first. A released one is never edited or removed. */
export const migrations: readonly Migration[] = [
  jobs,
  sessions,
  documents,
  messages,
  synopses,
  app,
  jobIndexes,
  jobWaits,
  jobGates,
  jobEffects,
  schedules,
  budgets,
  steadyMerges,
  jobFamilies,
  jobCounts,
  providers,
  chatBranches,
  approvals,
  reach,
  mcpServers,
  leanJobs,
  prices,
  messageModel,
  documentFormats,
  synopsisAudits,
  versions,
  library,
  claimLabels,
  autoExport,
  passageVectors,
  vectorRows,
  browserTasks,
  browserLogins,
  keptFiles,
  notices,
  pinnedChats,
  stepBudgets,
  unwantedNotices,
  askedActions,
];
