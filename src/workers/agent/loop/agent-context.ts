import type { ToolStep } from '../../../shared/domain/agent.ts';
import type { Compensate, Effect, TaskContext } from '../../runtime/task-context.ts';

type AgentEffect = Omit<Effect<'agent.run', ToolStep>, 'compensate'> & { readonly compensate?: Compensate<'agent.run'> };

/** What an agent needs of its task, of either kind of job that one works in. */
export interface AgentContext extends Pick<TaskContext<'agent.run'>, 'step' | 'hostCall' | 'charge' | 'signal' | 'log' | 'report'> {
  effect(name: `act:${string}`, effect: AgentEffect): Promise<ToolStep>;
}
