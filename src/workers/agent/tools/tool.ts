import type { z } from 'zod';
import type { AgentInput } from '../../../shared/contract/worker/agent-input.ts';
import type { AskedAction } from '../../../shared/domain/asked-action.ts';
import type { ShownPassage, ToolStep } from '../../../shared/domain/agent.ts';
import type { FileChange } from '../../../shared/domain/file-change.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { TaskFailure } from '../../../shared/domain/task-failure.ts';
import type { Citation } from '../../../shared/domain/synopsis.ts';
import type { EffectFound } from '../../runtime/task-context.ts';
import type { AgentContext } from '../loop/agent-context.ts';

/** What came of a call. A failure that the model can learn from is a result with `isError`, never a throw. */
export interface ToolResult {
  /** Markdown or plain text; what is longer than `toolTextLimit` is cut when it is recorded. */
  readonly text: string;
  readonly isError?: boolean;
  /** Passages that `text` shows under numbers of `context.passages`: the model may cite them. */
  readonly passages?: readonly ShownPassage[];
}

/**
 * Who asks for a call: an agent, or a list of steps that has no model. SECURITY: a tool knows how long a result may be and nothing
 * else of a connection.
 */
export type ToolAsker = Omit<AgentInput, 'connection' | 'wishes'> & {
  readonly connection: Pick<AgentInput['connection'], 'contextTokens'>;
};

/** What a tool may do and know. */
export interface ToolContext {
  /** `hostCall` rejects, and `signal` is aborted, when the task is to stop: pass it on. */
  readonly task: Pick<AgentContext, 'hostCall' | 'signal' | 'log'>;
  readonly input: ToolAsker;
  /** Name of the step that records this call, the same after a restart: key of what is asked of main. */
  readonly stepKey: string;
  /** What the other side of an effect knows it by. Null for a call that changes nothing outside. */
  readonly effectKey: string | null;
  /** Whole results of earlier calls, by the id that the model was given with the excerpt. */
  readonly results: ReadonlyMap<string, ToolStep>;
  /** What the parts that this call begins are known by; see `Tool.parts`. */
  readonly parts: readonly string[];
  readonly passages: {
    /** The number to show the passage under: the one it has, or the next. */
    numberOf(citation: Citation): ShownPassage;
  };
}

/** What a person is asked before a call is made, beside its exact input. */
export interface ApprovalRequest {
  /** What will be done, to be worded for whoever reads it. */
  readonly action: AskedAction;
  /** Exactly where it goes to: an address, a path, a server. In no language: a yes holds for it to the letter. */
  readonly destination: string | null;
  /** Exactly what is done, as JSON text; the call's own input when absent. */
  readonly payload?: string;
}

/** As a method, so that a tool of one input stands in a list of tools of any. */
interface OfInput<I> {
  changesOutside(input: I, agent: ToolAsker): boolean;
}

/**
 * A tool of an agent. Its input comes from a model, which may have been talked into it by a page: the schema bounds it and
 * `run` trusts none of it. An `inputJsonSchema` is shown to the model instead of the one that `input` makes (for tools of
 * other programs, whose own program checks them).
 */
export interface Tool<I = unknown> {
  readonly name: string;
  /** For the model: what it does, when to take it and when not. */
  readonly description: Readonly<Record<Language, string>>;
  readonly input: z.ZodType<I>;
  /** What of `input` this agent is told; all of it when absent. What is not told costs none of a small context. */
  toldInput?(agent: Pick<AgentInput, 'agent' | 'depth'>): z.ZodType;
  readonly inputJsonSchema?: Readonly<Record<string, unknown>>;
  /** Such a call asks a person first, and is made once: after a crash `check` looks, or a person is asked. */
  readonly changesOutside: boolean | OfInput<I>['changesOutside'];
  /** A change outside whose every call looks itself whether a person has to be asked: `asksFirst` says so by its request alone. */
  readonly asksWhenNeeded?: boolean;
  /**
   * What a person is asked before the call; null for nothing. A call that changes something outside asks in any case. One
   * that only reads asks where it would carry words of the chat to a place that the person has not named.
   */
  asksFirst?(input: I, context: ToolContext): ApprovalRequest | null | Promise<ApprovalRequest | null>;
  /** Looks whether a call that was begun before a crash has happened. */
  check?(input: I, context: ToolContext): EffectFound<ToolResult> | Promise<EffectFound<ToolResult>>;
  /** How such a change is taken back, looked up before it is made; null where it cannot be. */
  undo?(input: I, context: ToolContext): Promise<FileChange | null>;
  /** How many parts of a plan the call begins: each is recorded before, so that the plan can take it back. */
  parts?(input: I, agent: ToolAsker): number;
  /**
   * What it throws is told to the model as a failure, by its message, unless the task is to stop. A change outside throws
   * `EffectNotDone` when it is sure that nothing happened (a retryable one repeats the attempt); whatever else it throws
   * leaves that open, and the next attempt looks or asks.
   */
  run(input: I, context: ToolContext): ToolResult | Promise<ToolResult>;
}

/** Ends the task instead of being a result: a plan whose parts belong together has lost one. */
export class PlanFailure extends TaskFailure {
  constructor(message: string) {
    super('part_failed', message, { retryable: false });
    this.name = 'PlanFailure';
  }
}

/** Tools beside the program's own, opened for one attempt. */
export interface ExtraTools {
  readonly tools: readonly Tool[];
  close(): Promise<void>;
}
/** What cannot be opened is left out and logged: an agent works without it. */
export type OpenExtraTools = (input: AgentInput, task: Pick<AgentContext, 'signal' | 'log'>) => Promise<ExtraTools>;
