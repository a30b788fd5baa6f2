import type { TaskInput, TaskOutput } from '../../shared/contract/worker/tasks.ts';
import type { TaskContext } from '../runtime/task-context.ts';
import { allAgents } from './agents/all-agents.ts';
import { runAgent, type AgentWith } from './loop/run-agent.ts';
import { openMcpTools } from './mcp/mcp-tools.ts';
import { allTools } from './tools/all-tools.ts';

const everything: AgentWith = {
  agents: allAgents,
  tools: allTools,
  openExtraTools: openMcpTools,
};

/** A task in the background. */
export function agentRun(input: TaskInput<'agent.run'>, context: TaskContext<'agent.run'>): Promise<TaskOutput<'agent.run'>> {
  return runAgent(input, context, everything, { showsText: false });
}

/** An answer in the chat, by a model. */
export async function answerWithModel(
  input: NonNullable<TaskInput<'chat.answer'>['model']>,
  context: TaskContext<'chat.answer'>,
): Promise<TaskOutput<'chat.answer'>> {
  const { text, citations } = await runAgent(input, context, everything, { showsText: true });
  return { note: null, text, citations };
}
