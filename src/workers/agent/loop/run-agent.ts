import type { AgentInput } from '../../../shared/contract/worker/agent-input.ts';
import type { TaskOutput } from '../../../shared/contract/worker/tasks.ts';
import type { AgentSetup } from '../../../shared/domain/agent.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { TaskFailure } from '../../../shared/domain/task-failure.ts';
import type { Agent } from '../agents/agent.ts';
import { addSource, sourceInput } from '../tools/add-source.ts';
import type { ExtraTools, OpenExtraTools, Tool } from '../tools/tool.ts';
import type { AgentContext } from './agent-context.ts';
import { agentSetup } from './agent-setup.ts';
import { createAnswerText } from './answer-text.ts';
import { createAnswerWriter } from './answer-writer.ts';
import type { Turn } from './model-prompt.ts';
import { readCall } from './read-call.ts';
import { createShownPassages } from './shown-passages.ts';
import { takeTurns } from './take-turns.ts';

const noExtraTools: ExtraTools = { tools: [], close: () => Promise.resolve() };

export interface AgentWith {
  readonly agents: readonly Agent[];
  readonly tools: readonly Tool[];
  readonly openExtraTools: OpenExtraTools;
}

/** As the output's schema bounds them. */
const sourceLimit = 50;

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
  const opensExtra = agent.takesExtraTools === 'of_its_task' || (agent.takesExtraTools && input.reach.mcpServers.length > 0);
  const extra = opensExtra ? await openExtraTools(input, context) : noExtraTools;
  const passages = createShownPassages();
  const answer = createAnswerText(number => passages.get(number));
  /** Ends a call that nobody waits for any more. */
  const over = new AbortController();
  const writer = createAnswerWriter(part => (showsText ? context.hostCall('answer.write', part) : Promise.resolve()));
  try {
    const setup = await agentSetupSoon(context, () => agentSetup({ agent, input, own, extra: extra.tools }));
    const tools = [...own, ...extra.tools];
    const turns = await takeTurns({
      input,
      context,
      ...setup,
      signal: AbortSignal.any([context.signal, over.signal]),
      tools,
      passages,
      answer,
      writer,
    });
    writer.begin();
    await writer.settle();
    const sources = agent.output === 'sources' ? sourcesOf(turns, input.language) : [];
    if (showsText) return { text: answer.whole().trimEnd(), citations: answer.citations(), sources };
    // In the chat a person has seen all of it; what a task in the background comes to is its last word.
    const last = createAnswerText(number => passages.get(number));
    last.push(turns.findLast(({ step }) => step.text.trim() !== '')?.step.text ?? '');
    last.endCall();
    return { text: last.whole().trimEnd(), citations: last.citations(), sources };
  } catch (error) {
    // A stopped task has no time left, and main takes nothing of it any more.
    if (!context.signal.aborted) {
      writer.append(answer.endCall());
      await writer.keep();
    }
    throw error;
  } finally {
    over.abort();
    writer.close();
    await extra.close();
  }
}

/**
 * What the agent works with, as soon as it is known. One that is made now is recorded while the model is asked already: its
 * first word waits for the network and not for the disk, too. Nothing of the answer is shown or recorded before it, since steps
 * are recorded one after the other; an attempt that ends before that begins with nothing, as if it had not asked.
 */
async function agentSetupSoon(
  context: Pick<AgentContext, 'step'>,
  make: () => AgentSetup,
): Promise<{ readonly setup: AgentSetup; readonly setupRecorded: Promise<unknown> | null }> {
  const made = Promise.withResolvers<AgentSetup>();
  const recorded = context.step('setup', () => {
    const setup = make();
    made.resolve(setup);
    return setup;
  });
  let isRecorded = false;
  recorded.then(setup => {
    isRecorded = true;
    made.resolve(setup);
  }, made.reject);
  const setup = await made.promise;
  return { setup, setupRecorded: isRecorded ? null : recorded };
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
