import type { Approvals } from './approvals.ts';
import { createApprovals } from './approvals.ts';
import { createArtifactFiles } from './artifact-files.ts';
import type { Artifacts } from './artifacts.ts';
import { createArtifacts } from './artifacts.ts';
import { createKeptFiles, type KeptFiles } from './kept-files.ts';
import type { Database, Synchronous } from './connection.ts';
import { inWriteTransaction } from './connection.ts';
import type { DataFolder } from './data-folder.ts';
import type { Notices } from './notices.ts';
import { createNotices } from './notices.ts';
import type { Documents } from './documents.ts';
import { createDocuments } from './documents.ts';
import type { McpServers } from './mcp/mcp-server-repository.ts';
import { createMcpServers } from './mcp/mcp-server-repository.ts';
import type { Messages } from './messages.ts';
import { createMessages } from './messages.ts';
import type { Passages } from './passages.ts';
import { createPassageVectors, type PassageVectors } from './search/passage-vectors.ts';
import { createPassages } from './passages.ts';
import type { Providers } from './providers/provider-repository.ts';
import { createProviders } from './providers/provider-repository.ts';
import { createAutoExports, type AutoExports } from './auto-exports.ts';
import { createBrowserTasks, type BrowserTasks } from './browser-tasks.ts';
import { createBrowserLogins, type BrowserLogins } from './browser-logins.ts';
import { createBrowserRecipes, type BrowserRecipes } from './browser-recipes.ts';
import type { Reach } from './reach/reach-repository.ts';
import { createReach } from './reach/reach-repository.ts';
import type { Requests } from './requests.ts';
import { createRequests } from './requests.ts';
import type { Sessions } from './sessions.ts';
import { createSessions } from './sessions.ts';
import type { SettingsState } from './settings-state.ts';
import { createSettingsState } from './settings-state.ts';
import type { Snapshots } from './snapshots.ts';
import { createSnapshots } from './snapshots.ts';
import type { Staging } from './staging.ts';
import { createStaging } from './staging.ts';
import { createUsedModels, type UsedModels } from './jobs/used-models.ts';
import { createSynopsisAudits, type SynopsisAudits } from './synopsis-audits.ts';
import { createLibrary, type Library } from './synopses/library.ts';
import type { Synopses } from './synopses/synopses-port.ts';
import { createSynopses } from './synopses.ts';

/**
 * Everything of the database but jobs, one repository per aggregate; the jobs' repository is made from the same
 * connection. Reads return the views of `shared/domain`. Every write is a transaction of its own and joins the one it is
 * called in, so `inTransaction` commits a message together with the job that answers it. All of it is synchronous and
 * meant for the main process; heavy reads go through `reader.ts`.
 */
export interface Store {
  readonly sessions: Sessions;
  readonly messages: Messages;
  readonly documents: Documents;
  readonly snapshots: Snapshots;
  readonly passages: Passages;
  readonly passageVectors: PassageVectors;
  readonly synopses: Synopses;
  readonly synopsisAudits: SynopsisAudits;
  readonly usedModels: UsedModels;
  readonly library: Library;
  readonly notices: Notices;
  readonly settingsState: SettingsState;
  readonly providers: Providers;
  readonly mcpServers: McpServers;
  readonly approvals: Approvals;
  readonly reach: Reach;
  readonly autoExports: AutoExports;
  readonly browserTasks: BrowserTasks;
  readonly browserRecipes: BrowserRecipes;
  readonly browserLogins: BrowserLogins;
  readonly requests: Requests;
  readonly artifacts: Artifacts;
  readonly keptFiles: KeptFiles;
  readonly staging: Staging;
  /** Committed when `work` returns, undone when it throws; a promise is refused. */
  inTransaction<T>(work: () => Synchronous<T>): T;
}

/** `db` has the newest schema; `openStore` sees to it. */
export function createStore(db: Database, folder: Pick<DataFolder, 'artifacts' | 'staging' | 'setAside' | 'backups'>): Store {
  return {
    sessions: createSessions(db),
    messages: createMessages(db),
    documents: createDocuments(db),
    snapshots: createSnapshots(db),
    passages: createPassages(db),
    passageVectors: createPassageVectors(db),
    synopses: createSynopses(db),
    synopsisAudits: createSynopsisAudits(db),
    usedModels: createUsedModels(db),
    library: createLibrary(db),
    notices: createNotices(db),
    settingsState: createSettingsState(db),
    providers: createProviders(db),
    mcpServers: createMcpServers(db),
    approvals: createApprovals(db),
    reach: createReach(db),
    autoExports: createAutoExports(db),
    browserTasks: createBrowserTasks(db),
    browserRecipes: createBrowserRecipes(db),
    browserLogins: createBrowserLogins(db),
    requests: createRequests(db),
    keptFiles: createKeptFiles(db),
    artifacts: createArtifacts(db, createArtifactFiles(folder.artifacts, folder.staging), folder),
    staging: createStaging(folder.staging),
    inTransaction: work => inWriteTransaction(db, work),
  };
}
