import type { AgentInput } from '../../src/shared/contract/worker/tasks.ts';
import type { ToolStep } from '../../src/shared/domain/agent.ts';
import { providerId, sessionId } from '../../src/shared/domain/ids.ts';
import type { ToolContext } from '../../src/workers/agent/tools/tool.ts';

export interface ToolContextParams {
  readonly reach?: Partial<AgentInput['reach']>;
  readonly conversation?: AgentInput['conversation'];
  readonly results?: Readonly<Record<string, ToolStep>>;
  readonly language?: AgentInput['language'];
  readonly signal?: AbortSignal;
}

/** What a tool is called with; it asks main for nothing. */
export function agentToolContext({
  reach = {},
  conversation = [],
  results = {},
  language = 'en',
  signal = new AbortController().signal,
}: ToolContextParams = {}): ToolContext {
  return {
    task: { signal, log: () => undefined, hostCall: name => Promise.reject(new Error(`This tool asks main for nothing, and it asked for ${name}.`)) },
    input: {
      agent: 'assistant',
      language,
      connection: {
        providerId: providerId.parse('01920000-0000-7000-8000-000000000001'),
        kind: 'openai_compatible',
        baseUrl: 'http://127.0.0.1:1/v1',
        apiKey: null,
        headers: {},
        modelId: 'scripted',
        contextTokens: 4_096,
      },
      sessionId: sessionId.parse('01920000-0000-7000-8000-000000000002'),
      conversation,
      task: null,
      documents: [],
      reach: { allowedHosts: [], webSearch: null, folders: [], mcpServers: [], ...reach },
      depth: 0,
    },
    stepKey: 'tool:1.0',
    effectKey: null,
    results: new Map(Object.entries(results)),
    passages: {
      numberOf() {
        throw new Error('This tool shows no passages.');
      },
    },
  };
}
