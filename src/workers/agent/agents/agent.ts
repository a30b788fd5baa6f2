import type { AgentName, OwnTool } from '../../../shared/domain/agent.ts';
import type { Language } from '../../../shared/domain/language.ts';

/** Who works on a task. All of it is recorded with the job's first step. */
export interface Agent {
  readonly name: AgentName;
  /** Raised with each change of anything here: it is in the records of every job. */
  readonly version: number;
  readonly prompt: Readonly<Record<Language, string>>;
  /** The ones it can least do without come first: a small context has room for few. */
  readonly tools: readonly OwnTool[];
  /** Those of them that a person has a button for as well: where room is short they give way to tools that the person has added. */
  readonly giveWay?: readonly OwnTool[];
  /** Whether it is given the tools of other programs, too; or those that its task itself opens, and no program's. */
  readonly takesExtraTools: boolean | 'of_its_task';
  /** Calls of the model, the closing one included. */
  readonly maxModelCalls: number;
  /** `sources`: what it proposes with `add_source` is its result, and is added when the person says so. */
  readonly output: 'text' | 'sources';
}
