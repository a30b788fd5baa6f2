import type { AgentInput } from '../../../shared/contract/worker/tasks.ts';
import { toolTextLimit, type ToolCall, type ToolStep } from '../../../shared/domain/agent.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { EffectNotDone } from '../../../shared/domain/task-failure.ts';
import type { ApprovalRequest, Tool, ToolContext, ToolResult } from '../tools/tool.ts';
import type { AgentContext } from './agent-context.ts';
import { questionExpiresInMs } from './question-expiry.ts';
import { readCall } from './read-call.ts';
import type { ShownPassages } from './shown-passages.ts';

/** Calls with the same input, one after the other, of which the last is not made. */
const repeatLimit = 3;
/** Characters of an error's own words. */
const errorLimit = 1_000;

const words = {
  ru: {
    repeated: `Этот же вызов с тем же входом сделан ${repeatLimit} раза подряд и больше не выполняется: результат будет тем же. Попробуй иначе или ответь с тем, что есть.`,
    denied: 'Человек не разрешил этот вызов.',
    expired: 'Человек не ответил вовремя, поэтому вызов не сделан.',
    policy: 'Этот вызов запрещён настройками.',
    afterDenial: 'Не добивайся того же другим путём; скажи, что осталось несделанным.',
    allowed: 'Разрешено.',
    failed: 'Не получилось',
    notDone: 'Ничего не сделано',
    approve: (tool: string) => `Выполнить ${tool}?`,
  },
  en: {
    repeated: `The same call with the same input was made ${repeatLimit} times in a row and is not run any more: its result would be the same. Try another way, or answer with what there is.`,
    denied: 'The person did not allow this call.',
    expired: 'The person did not answer in time, so the call was not made.',
    policy: 'The settings forbid this call.',
    afterDenial: 'Do not reach for the same by another way; say what was left undone.',
    allowed: 'Allowed.',
    failed: 'It failed',
    notDone: 'Nothing was done',
    approve: (tool: string) => `Run ${tool}?`,
  },
} as const satisfies Record<Language, unknown>;

export interface CallToolParams {
  readonly call: ToolCall;
  /** `<n>.<i>`: the model's call and the place of this one in it. */
  readonly place: string;
  /** Calls before this one, oldest first. */
  readonly before: readonly ToolCall[];
  readonly tools: ReadonlyMap<string, Tool>;
  readonly input: AgentInput;
  readonly results: ReadonlyMap<string, ToolStep>;
  readonly passages: ShownPassages;
  readonly context: Pick<AgentContext, 'step' | 'effect' | 'hostCall' | 'signal' | 'log'>;
}

/**
 * Makes one call of a tool, as a recorded step. Whatever goes wrong is a result that the model reads; only the end of the
 * task is thrown, and what leaves open whether a change outside has happened.
 */
export async function callTool(params: CallToolParams): Promise<ToolStep> {
  const { call, place, context, input } = params;
  const say = words[input.language];
  const stepKey = `tool:${place}` as const;
  const record = (result: ToolResult): ToolStep => recorded(call, result);
  const refuse = (text: string) => context.step(stepKey, () => record({ text, isError: true }));

  const read = readCall(call, params.tools, input.language);
  if ('problem' in read) return refuse(read.problem);
  if (isRepeated(call, params.before)) return refuse(say.repeated);
  const { tool } = read;
  const toolContext = (key: string, effectKey: string | null): ToolContext => ({
    task: context,
    input,
    stepKey: key,
    effectKey,
    results: params.results,
    passages: params.passages,
  });

  const changes = typeof tool.changesOutside === 'function' ? tool.changesOutside(read.input, input) : tool.changesOutside;
  if (!changes) {
    return context.step(stepKey, async () => {
      const own = toolContext(stepKey, null);
      try {
        const request = (await tool.asksFirst?.(read.input, own)) ?? null;
        const refusal = request === null ? null : await refusalOf(request, params);
        return record(refusal ?? (await tool.run(read.input, own)));
      } catch (error) {
        context.signal.throwIfAborted();
        return record(failed(say.failed, error));
      }
    });
  }

  // The decision is a record of its own, so that it is asked for once: what follows may be done once only.
  const decided = await context.step(stepKey, async () => {
    const request = (await tool.asksFirst?.(read.input, toolContext(stepKey, null))) ?? {
      title: say.approve(tool.name),
      destination: null,
    };
    return record((await refusalOf(request, params)) ?? { text: say.allowed });
  });
  if (decided.isError) return decided;
  const effectName = `act:${place}` as const;
  const { check } = tool;
  return context.effect(effectName, {
    assumed: record({ text: say.allowed }),
    ...(check === undefined
      ? {}
      : {
          check: async ({ key }: { readonly key: string }) => {
            const found = await check.call(tool, read.input, toolContext(effectName, key));
            return found.happened === true ? { happened: true, output: record(found.output) } : found;
          },
        }),
    async run({ key }) {
      try {
        return record(await tool.run(read.input, toolContext(effectName, key)));
      } catch (error) {
        if (error instanceof EffectNotDone && !error.retryable) return record(failed(say.notDone, error));
        throw error;
      }
    },
  });
}

/** Asks the person; null when they allow it. */
async function refusalOf(
  { title, destination }: ApprovalRequest,
  { call, place, context, input }: CallToolParams,
): Promise<ToolResult | null> {
  const say = words[input.language];
  const { decision, answer, by } = await context.hostCall('person.ask', {
    key: `approve:${place}`,
    type: 'approval',
    tool: call.tool,
    title: title.slice(0, 1_000),
    destination: destination?.slice(0, 4_096) ?? null,
    payload: call.input,
    choices: [],
    expiresInMs: questionExpiresInMs,
    whenExpired: 'deny',
  });
  if (decision === 'allow') return null;
  const reason = { person: say.denied, expiry: say.expired, policy: say.policy }[by];
  return { text: [reason, ...(answer === null ? [] : [`«${answer}»`]), say.afterDenial].join(' '), isError: true };
}

function recorded(call: ToolCall, { text, isError = false, passages = [] }: ToolResult): ToolStep {
  return {
    tool: call.tool,
    callId: call.id,
    isError,
    text: text.slice(0, toolTextLimit),
    ...(passages.length === 0 ? {} : { passages: [...passages] }),
  };
}

function failed(what: string, error: unknown): ToolResult {
  return { text: `${what}: ${(error instanceof Error ? error.message : String(error)).slice(0, errorLimit)}`, isError: true };
}

function isRepeated(call: ToolCall, before: readonly ToolCall[]): boolean {
  const last = before.slice(1 - repeatLimit);
  return last.length === repeatLimit - 1 && last.every(({ tool, input }) => tool === call.tool && input === call.input);
}
