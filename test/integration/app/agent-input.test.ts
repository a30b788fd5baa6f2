import { expect, test } from 'vitest';
import { v7 } from 'uuid';
import { conversationLimit, type AgentInput } from '../../../src/shared/contract/worker/agent-input.ts';
import { jobId, providerId } from '../../../src/shared/domain/ids.ts';
import type { ModelConnection } from '../../../src/shared/domain/provider.ts';
import { createAgentInput } from '../../../src/main/app/agents/agent-input.ts';
import { addMessage, addSession, plainStore, testFolder } from '../store/store-fixture.ts';

const connection: ModelConnection = {
  providerId: providerId.parse(v7()),
  kind: 'openai_compatible',
  baseUrl: 'http://127.0.0.1:9/v1',
  apiKey: null,
  headers: {},
  modelId: 'scripted',
  contextTokens: 131_072,
  price: null,
};

/** What an agent is given for a chat of so many messages. */
function inputAfter(messages: number, text = (number: number) => `Word ${number}.`): AgentInput | null {
  const folder = testFolder();
  const { store, close } = plainStore(folder.root);
  try {
    const sessionId = addSession(store);
    store.inTransaction(() => {
      for (let number = 1; number <= messages; number += 1)
        addMessage(store, sessionId, text(number), { role: number % 2 === 1 ? 'person' : 'assistant' });
    });
    const inputFor = createAgentInput({
      store,
      models: { connectionFor: () => connection, connectionTo: () => connection },
      language: () => 'en',
      reachOf: () => ({ allowedHosts: [], webSearch: null, folders: [], mcpServers: [] }),
      wishes: () => '',
    });
    return inputFor({ jobId: jobId.parse(v7()), sessionId, agent: 'assistant', task: null, upTo: null, inPlan: false, depth: 0 });
  } finally {
    close();
    folder.remove();
  }
}

test('of a long chat the newest messages are given, and that more was said before', () => {
  const whole = inputAfter(conversationLimit);
  expect(whole?.conversation).toHaveLength(conversationLimit);
  expect(whole?.isCut).toBe(false);
  const cut = inputAfter(conversationLimit + 1);
  expect(cut?.conversation).toHaveLength(conversationLimit);
  expect(cut?.conversation.at(-1)?.text).toBe(`Word ${conversationLimit + 1}.`);
  expect(cut?.isCut).toBe(true);
});

test('what cannot fit into any context does not travel, and that is told, too', () => {
  const cut = inputAfter(4, () => 'x'.repeat(600_000));
  expect(cut?.conversation).toHaveLength(1);
  expect(cut?.isCut).toBe(true);
});
