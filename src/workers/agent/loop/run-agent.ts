import type { AgentInput, TaskOutput } from '../../../shared/contract/worker/tasks.ts';
import type { ToolStep } from '../../../shared/domain/agent.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { ProgressPhase } from '../../../shared/domain/progress.ts';
import { TaskFailure } from '../../../shared/domain/task-failure.ts';
import type { Agent } from '../agents/agent.ts';
import { ModelFailure } from '../models/model-failure.ts';
import { openModel } from '../models/open-model.ts';
import { orWaitForNetwork } from '../models/or-wait-for-network.ts';
import { addSource, sourceInput } from '../tools/add-source.ts';
import type { ExtraTools, OpenExtraTools, Tool } from '../tools/tool.ts';
import type { AgentContext } from './agent-context.ts';
import { agentSetup, modelTool } from './agent-setup.ts';
import { createAnswerText } from './answer-text.ts';
import { createAnswerWriter } from './answer-writer.ts';
import { callModel } from './call-model.ts';
import { callTool } from './call-tool.ts';
import { delimitedData } from './delimited-data.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { modelPrompt, type Turn } from './model-prompt.ts';
import { readCall } from './read-call.ts';
import { createShownPassages } from './shown-passages.ts';
import { systemPrompt } from './system-prompt.ts';

/** What a person is told while a tool is at work. */
const phaseOf: Readonly<Record<string, ProgressPhase>> = {
  search_material: 'searching',
  search_web: 'searching',
  fetch_page: 'fetching',
  read_document: 'reading',
  read_result: 'reading',
  read_file: 'reading',
  list_files: 'reading',
  write_file: 'saving',
};

const noExtraTools: ExtraTools = { tools: [], close: () => Promise.resolve() };

export interface AgentWith {
  readonly agents: readonly Agent[];
  readonly tools: readonly Tool[];
  readonly openExtraTools: OpenExtraTools;
}

/** Share of a context that is left for the answer, and the most of it: the longest answers have some 4,000 tokens. */
const answerShare = 0.25;
const mostAnswerTokens = 4_096;
/** As the output's schema bounds them. */
const sourceLimit = 50;

const closing: Readonly<Record<Language, string>> = {
  ru: 'Больше вызовов инструментов не будет. Ответь сейчас тем, что уже известно, и скажи, чего не хватило.',
  en: 'There will be no more calls of tools. Answer now with what is known, and say what was missing.',
};

/**
 * An agent at work: a call of the model, the tools it asks for, and again, until it answers without asking or has used up its
 * calls. Each call is a step: an attempt that follows a crash reads what is recorded, pays for none of it twice and goes on
 * where the last one ended. With `showsText` the answer is written into the chat as it comes.
 */
export async function runAgent(
  input: AgentInput,
  context: AgentContext,
  { agents, tools: own, openExtraTools }: AgentWith,
  { showsText }: { readonly showsText: boolean },
): Promise<TaskOutput<'agent.run'>> {
  const agent = agents.find(({ name }) => name === input.agent);
  if (agent === undefined) throw new TaskFailure('internal', `There is no agent "${input.agent}".`, { retryable: false });
  const extra = agent.takesExtraTools && input.reach.mcpServers.length > 0 ? await openExtraTools(input, context) : noExtraTools;
  const passages = createShownPassages();
  const answer = createAnswerText(number => passages.get(number));
  const writer = createAnswerWriter(part => (showsText ? context.hostCall('answer.write', part) : Promise.resolve()));
  try {
    const setup = await context.step('setup', () => agentSetup({ agent, input, own, extra: extra.tools }));
    // One that has gone since the job began is told as such when it is called.
    const offered = new Set(setup.tools);
    const tools = new Map([...own, ...extra.tools].filter(({ name }) => offered.has(name)).map(tool => [tool.name, tool]));
    const modelTools = [...tools.values()].map(tool => modelTool(tool, input));
    const data = delimitedData();
    const system = systemPrompt(setup.prompt, input, data);
    const { contextTokens } = input.connection;
    const room = contextTokens - Math.min(mostAnswerTokens, contextTokens * answerShare) - estimateTokens(JSON.stringify(modelTools));
    const conversation = input.task === null ? input.conversation.slice(0, -1) : input.conversation;
    const task = input.task ?? input.conversation.at(-1)?.text ?? '';
    const model = openModel(input.connection);
    const turns: Turn[] = [];
    const results = new Map<string, ToolStep>();

    for (let number = 1; ; number += 1) {
      const isLast = number >= setup.maxModelCalls;
      let isLive = false;
      const call = (budget: number) =>
        callModel({
          model,
          connection: input.connection,
          prompt: modelPrompt({
            system,
            conversation,
            task,
            turns,
            closing: isLast && turns.length > 0 ? closing[input.language] : null,
            language: input.language,
            delimit: data.delimit,
            contextTokens,
            budget,
          }),
          tools: modelTools,
          mayCallTools: !isLast,
          usedIds: new Set(turns.flatMap(({ step }) => step.calls.map(({ id }) => id))),
          number,
          signal: context.signal,
          onText: text => writer.append(answer.push(text)),
          charge: used => context.charge(used),
        });
      const step = await context.step(`model:${number}`, async () => {
        isLive = true;
        writer.begin();
        context.report({ phase: 'answering', label: null, done: null, total: null });
        const shown = answer.whole().length;
        return orWaitForNetwork(
          () =>
            call(room).catch((error: unknown) => {
              if (!isTooLong(error) || answer.whole().length > shown) throw error;
              // A context smaller than was said: once more with half of it.
              return call(room / 2);
            }),
          context,
        );
      });
      if (!isLive) writer.append(answer.push(step.text));
      writer.append(answer.endCall());
      if (isLive) await writer.settle();
      if (step.calls.length === 0) break;

      const before = turns.flatMap(turn => turn.step.calls);
      const turn: { step: typeof step; results: Turn['results'][number][] } = { step, results: [] };
      for (const [index, toolCall] of step.calls.entries()) {
        const place = `${number}.${index}`;
        if (isLive) context.report({ phase: phaseOf[toolCall.tool] ?? 'answering', label: null, done: null, total: null });
        const result = await callTool({
          call: toolCall,
          place,
          before: [...before, ...step.calls.slice(0, index)],
          tools,
          input,
          results,
          passages,
          context,
        });
        passages.add(result.passages ?? []);
        results.set(`r${place}`, result);
        turn.results.push({ call: toolCall, id: `r${place}`, result });
      }
      turns.push(turn);
    }
    writer.begin();
    await writer.settle();
    const whole = answer.whole();
    // In the chat a person has seen all of it; what a task in the background comes to is its last word.
    const text = (showsText ? whole : answer.last()).trimEnd();
    return { text, citations: answer.citations(), sources: agent.output === 'sources' ? sourcesOf(turns, input.language) : [] };
  } finally {
    writer.close();
    await extra.close();
  }
}

function isTooLong(error: unknown): boolean {
  return error instanceof ModelFailure && error.code === 'context_too_long';
}

function sourcesOf(turns: readonly Turn[], language: Language): TaskOutput<'agent.run'>['sources'] {
  const tools = new Map([[addSource.name, addSource]]);
  const sources = new Map<string, TaskOutput<'agent.run'>['sources'][number]>();
  for (const { call, result } of turns.flatMap(turn => turn.results)) {
    if (call.tool !== addSource.name || result.isError) continue;
    const read = readCall(call, tools, language);
    const source = 'problem' in read ? null : sourceInput.parse(read.input);
    if (source !== null) sources.set(source.url, source);
  }
  return [...sources.values()].slice(0, sourceLimit);
}
