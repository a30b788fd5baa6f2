import type { AgentReach } from '../../shared/contract/worker/agent-input.ts';
import type { AgentName } from '../../shared/domain/agent.ts';
import type { McpRegistry } from './mcp/mcp-servers.ts';
import type { Reach } from '../store/reach/reach-repository.ts';
import { openFolders } from './reach/open-folders.ts';
import { searchConnection } from './reach/web-search-key.ts';
import type { Secrets } from './secrets/secrets.ts';

export interface AgentReachParams {
  /** Hosts in private networks that the person allows. */
  readonly allowedHosts: () => readonly string[];
  readonly dataDir: string;
  readonly mcp: Pick<McpRegistry, 'reachOf'>;
  readonly reach: Pick<Reach, 'webSearch' | 'folders'>;
  readonly secrets: Pick<Secrets, 'has' | 'read'>;
}

/**
 * What the tools of an agent may reach, asked anew for each attempt: what the person has taken back is gone with the next.
 * SECURITY: holds keys; for the input of a task alone.
 */
export type ReachOf = (agent: AgentName) => AgentReach;

export function createAgentReach({ allowedHosts, dataDir, reach, secrets, mcp }: AgentReachParams): ReachOf {
  return agent => ({
    allowedHosts: [...allowedHosts()],
    webSearch: searchConnection(reach, secrets),
    folders: openFolders(reach, dataDir),
    mcpServers: mcp.reachOf(agent),
  });
}
