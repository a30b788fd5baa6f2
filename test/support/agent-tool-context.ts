import type { AgentInput } from '../../src/shared/contract/worker/agent-input.ts';
import type { ToolStep } from '../../src/shared/domain/agent.ts';
import type { ToolContext } from '../../src/workers/agent/tools/tool.ts';
import { agentInput } from './workers/agent-input.ts';

export interface ToolContextParams {
  readonly reach?: Partial<AgentInput['reach']>;
  readonly conversation?: AgentInput['conversation'];
  readonly results?: Readonly<Record<string, ToolStep>>;
  readonly language?: AgentInput['language'];
  readonly signal?: AbortSignal;
  readonly hostCall?: ToolContext['task']['hostCall'];
}

/** What a tool is called with; without `hostCall` it asks main for nothing. */
export function agentToolContext({
  reach = {},
  conversation = [],
  results = {},
  language = 'en',
  signal = new AbortController().signal,
  hostCall = name => Promise.reject(new Error(`This tool asks main for nothing, and it asked for ${name}.`)),
}: ToolContextParams = {}): ToolContext {
  const nothing = { allowedHosts: [], webSearch: null, folders: [], mcpServers: [] };
  return {
    task: {
      signal,
      log: () => undefined,
      hostCall,
    },
    input: agentInput('http://127.0.0.1:1/v1', { language, conversation, documents: [], reach: { ...nothing, ...reach } }),
    stepKey: 'tool:1.0',
    effectKey: null,
    results: new Map(Object.entries(results)),
    parts: [],
    passages: {
      numberOf() {
        throw new Error('This tool shows no passages.');
      },
    },
  };
}
