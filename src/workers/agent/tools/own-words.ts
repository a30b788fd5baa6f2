import type { AgentInput } from '../../../shared/contract/worker/agent-input.ts';

/**
 * What the person has written themselves: their messages, and a task that is one.
 * SECURITY: what an assistant said, a document, or a task that a model has worded is not among it.
 */
export function ownWords({ conversation, task, isOwnTask }: Pick<AgentInput, 'conversation' | 'task' | 'isOwnTask'>): readonly string[] {
  const said = conversation.filter(({ role }) => role === 'person').map(({ text }) => text);
  return isOwnTask && task !== null ? [...said, task] : said;
}
