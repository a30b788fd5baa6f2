import type { AgentInput } from '../../../shared/contract/worker/agent-input.ts';
import type { ToolStep } from '../../../shared/domain/agent.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { searchMaterial } from '../tools/search-material.ts';
import type { AgentContext } from './agent-context.ts';
import type { Delimit } from './delimited-data.ts';
import { excerptOf, shownLimit } from './excerpt.ts';
import type { ShownPassages } from './shown-passages.ts';

/** As the host call bounds it. */
const queryLimit = 2_000;

const words: Readonly<Record<Language, string>> = {
  ru: 'Инструментов в этот раз нет: не вызывай их, ответь сам. Вот отрывки документов чата, найденные по словам задачи:',
  en: 'There are no tools this time: call none and answer yourself. Here are passages of the documents of the chat, found by the words of the task:',
};

/**
 * What a model that calls no tools is given instead: passages found by the words of the task. A step of its own, `tool:0.0`,
 * so that its numbers stay the same.
 */
export async function findMaterial(
  task: string,
  { input, context, passages, delimit }: { input: AgentInput; context: AgentContext; passages: ShownPassages; delimit: Delimit },
): Promise<string> {
  if (!input.documents.some(({ isReady }) => isReady) || task.trim() === '') return '';
  const found = await context.step('tool:0.0', async (): Promise<ToolStep> => {
    const query = task.trim().slice(0, queryLimit);
    const own = { task: context, input, stepKey: 'tool:0.0', effectKey: null, results: new Map<string, ToolStep>(), parts: [], passages };
    const { text, passages: shown = [] } = await searchMaterial.run({ query }, own);
    return { tool: searchMaterial.name, callId: 'task', isError: false, text, passages: [...shown] };
  });
  passages.add(found.passages ?? []);
  const limit = shownLimit(input.connection.contextTokens);
  return `\n\n${words[input.language]}\n${delimit(found.tool, excerptOf(found.text, { limit, id: 'r0.0', language: input.language }))}`;
}
