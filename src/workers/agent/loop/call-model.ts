import type { ModelStep, ToolCall } from '../../../shared/domain/agent.ts';
import { modelTextLimit, toolInputLimit } from '../../../shared/domain/agent.ts';
import type { Usage } from '../../../shared/domain/budget.ts';
import { microUsdOf, usageOf as usageFor, type CallTokens } from '../../../shared/domain/price.ts';
import type { ModelConnection } from '../../../shared/domain/provider.ts';
import { finishFailure, ModelFailure, modelFailure } from '../models/model-failure.ts';
import type { OpenedModel } from '../models/open-model.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { withoutThought } from './without-thought.ts';

type CallOptions = Parameters<OpenedModel['doStream']>[0];
export type ModelPrompt = CallOptions['prompt'];
/** A tool as a model is told of it; the package's type of a JSON schema is not among its dependencies. */
export interface ModelTool {
  readonly type: 'function';
  readonly name: string;
  readonly description: string;
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

export interface Patience {
  readonly firstPieceMs: number;
  readonly nextPieceMs: number;
}
/**
 * Until the first piece: a local program may have to load tens of gigabytes first. Between two: the slowest machine writes a
 * word in a second or two, but some providers send nothing while the model thinks.
 */
export const usualPatience: Patience = { firstPieceMs: 300_000, nextPieceMs: 120_000 };

/** Characters of one answer with its thoughts: several times what any model may write, and little to hold in memory. */
const writtenLimit = 4_000_000;

/** Calls of tools in one answer, as the record's schema bounds them. */
const callLimit = 64;
const idLimit = 64;
/** As the record's schema bounds it; a signature has some thousand. */
const providerDataLimit = 100_000;

export interface ModelCall {
  readonly model: OpenedModel;
  readonly connection: ModelConnection;
  readonly prompt: ModelPrompt;
  readonly tools: readonly ModelTool[];
  /** False for the last call: tools are named, since the conversation holds calls of them, and may not be called. */
  readonly mayCallTools: boolean;
  /** Ids that calls before this one have. */
  readonly usedIds: ReadonlySet<string>;
  /** 1-based, for ids of our own. */
  readonly number: number;
  readonly signal: AbortSignal;
  /** How long the model may be silent; `usualPatience` when absent. */
  readonly patience?: Patience;
  onText(text: string): void;
  charge(used: Partial<Usage>): void;
}

/**
 * One call of the model, streamed. By the model's own interface and not by `streamText`, which parses the inputs of calls and
 * loses what was written where that fails. Resolves when the answer has ended whole; whatever else happens is a
 * `ModelFailure`, or the abort of the task. What a call that was cut off or stopped has used up is charged by estimate.
 */
export async function callModel(call: ModelCall): Promise<ModelStep> {
  const { patience = usualPatience } = call;
  const stall = new AbortController();
  const thought = withoutThought();
  let timer: ReturnType<typeof setTimeout> | null = null;
  function waitAtMost(ms: number): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      stall.abort(new DOMException(`The model was silent for ${ms / 1_000} s.`, 'TimeoutError'));
    }, ms);
  }
  let text = '';
  /** All that was written, thoughts and inputs of tools with it: what a failed call is charged by. */
  let output = '';
  /** The provider has taken the question and reads it, whatever becomes of the answer. */
  let isTaken = false;
  let isCharged = false;
  function written(piece: string): void {
    output += piece;
    if (output.length > writtenLimit)
      throw new ModelFailure(
        'answer_cut',
        `The model has written more than ${writtenLimit} characters, thoughts included, and was stopped.`,
      );
  }
  function say(piece: string): void {
    if (piece === '') return;
    text += piece;
    if (text.length > modelTextLimit) throw new ModelFailure('answer_cut', `The answer has more than ${modelTextLimit} characters.`);
    call.onText(piece);
  }
  try {
    waitAtMost(patience.firstPieceMs);
    const { stream } = await call.model.doStream({
      prompt: call.prompt,
      abortSignal: AbortSignal.any([call.signal, stall.signal]),
      ...(call.tools.length === 0 ? {} : { tools: [...call.tools], toolChoice: { type: call.mayCallTools ? 'auto' : 'none' } }),
    });
    isTaken = true;
    const calls: ToolCall[] = [];
    for await (const part of stream) {
      waitAtMost(patience.nextPieceMs);
      if (part.type === 'error') throw part.error;
      if (part.type === 'text-delta') {
        written(part.delta);
        say(thought.push(part.delta));
      } else if (part.type === 'reasoning-delta' || part.type === 'tool-input-delta') written(part.delta);
      else if (part.type === 'tool-call' && part.providerExecuted !== true && calls.length < callLimit) {
        calls.push(recordedCall(part, call, calls));
      } else if (part.type === 'finish') {
        say(thought.flush());
        const usage = usageOf(part.usage, call, output);
        call.charge(usageFor(call.connection.price, usage));
        isCharged = true;
        const failure = finishFailure(part.finishReason.unified);
        if (failure !== null) throw failure;
        if (text.trim() === '' && calls.length === 0) throw new ModelFailure('answer_empty', 'The model has answered with nothing.');
        if (call.mayCallTools) return { text, calls, usage };
        if (text.trim() === '')
          throw new ModelFailure(
            'answer_only_calls',
            `The model called ${calls.map(({ tool }) => tool).join(', ')} where no tool may be called any more, and said nothing.`,
          );
        return { text, calls: [], usage };
      }
    }
    throw new ModelFailure('stream_cut', 'The answer ended before it was finished.');
  } catch (error) {
    if (isTaken && !isCharged) {
      const estimate = { inputTokens: promptTokens(call), cachedTokens: 0, outputTokens: estimateTokens(output) };
      call.charge(usageFor(call.connection.price, estimate));
    }
    call.signal.throwIfAborted();
    throw modelFailure(stall.signal.aborted ? stall.signal.reason : error, call.connection);
  } finally {
    if (timer !== null) clearTimeout(timer);
  }
}

/** As it fits its record: models invent names and repeat ids. */
function recordedCall(
  part: { toolCallId: string; toolName: string; input: string; providerMetadata?: unknown },
  { usedIds, number }: ModelCall,
  before: readonly ToolCall[],
): ToolCall {
  const isUsable = /^[\w-]+$/u.test(part.toolCallId) && part.toolCallId.length <= idLimit;
  const isNew = !usedIds.has(part.toolCallId) && before.every(({ id }) => id !== part.toolCallId);
  const data = part.providerMetadata === undefined ? undefined : JSON.stringify(part.providerMetadata);
  return {
    id: isUsable && isNew ? part.toolCallId : `call_${number}_${before.length}`,
    tool: part.toolName.replaceAll(/[^\w-]/gu, '_').slice(0, 64) || '_',
    input: part.input.slice(0, toolInputLimit),
    ...(data === undefined || data.length > providerDataLimit ? {} : { providerData: data }),
  };
}

interface SaidUsage {
  readonly inputTokens: { readonly total: number | undefined; readonly cacheRead: number | undefined };
  readonly outputTokens: { readonly total: number | undefined };
}

/** What the endpoint said, or an estimate where it said nothing (local servers). */
function usageOf({ inputTokens, outputTokens }: SaidUsage, call: ModelCall, output: string): ModelStep['usage'] & CallTokens {
  const [input, written] = [whole(inputTokens.total), whole(outputTokens.total)];
  const counted =
    input > 0
      ? { inputTokens: input, cachedTokens: Math.min(input, whole(inputTokens.cacheRead)), outputTokens: written }
      : { inputTokens: promptTokens(call), cachedTokens: 0, outputTokens: written > 0 ? written : estimateTokens(output) };
  return { ...counted, isEstimate: input === 0, microUsd: microUsdOf(call.connection.price, counted) };
}

/** In an estimate, for a picture of the size that is sent: as long as the 1,600 tokens that providers count for one. */
const pictureStandIn = '-'.repeat(5_000);

const whole = (count: number | undefined): number => (count !== undefined && count > 0 && Number.isFinite(count) ? Math.round(count) : 0);

const promptTokens = ({ prompt, tools }: ModelCall): number =>
  estimateTokens(JSON.stringify(prompt, (_key, value: unknown) => (value instanceof Uint8Array ? pictureStandIn : value))) +
  estimateTokens(JSON.stringify(tools));
