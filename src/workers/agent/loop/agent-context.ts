import type { ToolStep } from '../../../shared/domain/agent.ts';
import type { Effect, TaskContext } from '../../runtime/task-context.ts';

/** What an agent needs of its task, of either kind of job that one works in. */
export interface AgentContext extends Pick<TaskContext<'agent.run'>, 'step' | 'hostCall' | 'charge' | 'signal' | 'log' | 'report'> {
  effect(name: `act:${string}`, effect: Omit<Effect<'agent.run', ToolStep>, 'compensate'>): Promise<ToolStep>;
}
