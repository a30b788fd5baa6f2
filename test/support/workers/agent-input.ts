import type { AgentInput } from '../../../src/shared/contract/worker/agent-input.ts';
import type { HostCallOutput } from '../../../src/shared/contract/worker/host-calls.ts';
import { documentId, messageId, providerId, sessionId, sha256Hex } from '../../../src/shared/domain/ids.ts';

/** Of the one document in `agentInput`. */
export const agentDocumentId = documentId.parse('01920000-0000-7000-8000-0000000000d1');

/** What an agent is given: a question in a chat with one document, for a model at `baseUrl`. */
export function agentInput(baseUrl: string, over: Partial<AgentInput> = {}): AgentInput {
  return {
    agent: 'assistant',
    language: 'ru',
    connection: {
      providerId: providerId.parse('01920000-0000-7000-8000-000000000001'),
      kind: 'openai_compatible',
      baseUrl,
      apiKey: null,
      headers: {},
      modelId: 'scripted',
      contextTokens: 32_768,
      price: null,
    },
    sessionId: sessionId.parse('01920000-0000-7000-8000-0000000000c1'),
    wishes: '',
    conversation: [said(1, 'person', 'Сколько хранится журнал?')],
    isCut: false,
    task: null,
    isOwnTask: false,
    documents: [{ documentId: agentDocumentId, title: 'Регламент', charCount: 1_000, isReady: true }],
    reach: { allowedHosts: [], webSearch: null, folders: [], mcpServers: [] },
    inPlan: false,
    depth: 0,
    ...over,
  };
}

export function said(number: number, role: 'person' | 'assistant', text: string): AgentInput['conversation'][number] {
  return { id: messageId.parse(`01920000-0000-7000-8000-${String(number).padStart(12, '0')}`), role, text };
}

/** A passage of that document, as a search finds it. */
export function foundPassage(text: string, start = 100): HostCallOutput<'passages.search'>[number] {
  return {
    source: { kind: 'document', documentId: agentDocumentId },
    title: 'Регламент',
    snapshotHash: sha256Hex.parse('a'.repeat(64)),
    start,
    end: start + text.length,
    page: 2,
    text,
    prefix: '',
    suffix: '',
    score: -3,
  };
}
