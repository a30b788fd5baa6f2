import type { AgentReach } from '../../shared/contract/worker/tasks.ts';

export interface AgentReachParams {
  /** Hosts in private networks that the person allows. */
  readonly allowedHosts: () => readonly string[];
}

/**
 * What the tools of an agent may reach, asked anew for each attempt: what the person has taken back is gone with the next.
 * SECURITY: holds keys; for the input of a task alone.
 */
export type ReachOf = () => AgentReach;

export function createAgentReach({ allowedHosts }: AgentReachParams): ReachOf {
  return () => ({ allowedHosts: [...allowedHosts()], webSearch: null, folders: [], mcpServers: [] });
}
