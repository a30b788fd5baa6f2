import { randomUUID } from 'node:crypto';
import { destinationLimit, toolTextLimit, type ToolCall, type ToolStep } from '../../../shared/domain/agent.ts';
import { actionWords } from '../../../shared/domain/asked-action.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { EffectNotDone } from '../../../shared/domain/task-failure.ts';
import { PlanFailure, type ApprovalRequest, type Tool, type ToolAsker, type ToolContext, type ToolResult } from '../tools/tool.ts';
import type { AgentContext } from './agent-context.ts';
import { questionExpiresInMs } from './question-expiry.ts';
import { readCall } from './read-call.ts';
import type { ShownPassages } from './shown-passages.ts';

/** Calls with the same input, one after the other, of which the last is not made. */
const repeatLimit = 3;
/** Enough to tell the runs of one part of one job from each other. */
const freshLetters = 8;
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
    elsewhere: 'с тех пор как человек разрешил этот вызов, он вёл бы в другое место. Сделай вызов ещё раз, и человека спросят.',
    tooLong: `Ничего не сделано: адрес назначения длиннее ${destinationLimit} символов, человеку его не показать целиком. Возьми короче.`,
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
    elsewhere: 'since the person allowed this call, it would go to another place. Make the call again, and the person is asked.',
    tooLong: `Nothing was done: where it goes has more than ${destinationLimit} characters, and cannot be shown to the person as a whole. Take a shorter one.`,
  },
} as const satisfies Record<Language, unknown>;

export interface CallToolParams {
  readonly call: ToolCall;
  /** `<n>.<i>`: the model's call and the place of this one in it. */
  readonly place: string;
  /** Calls before this one, oldest first. */
  readonly before: readonly ToolCall[];
  readonly tools: ReadonlyMap<string, Tool>;
  readonly input: ToolAsker;
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
  const { tool, input: given } = read;
  const parts: string[] = [];
  const toolContext = (key: string, effectKey: string | null): ToolContext => ({
    task: context,
    input,
    stepKey: key,
    effectKey,
    results: params.results,
    parts,
    passages: params.passages,
  });

  const changes = typeof tool.changesOutside === 'function' ? tool.changesOutside(given, input) : tool.changesOutside;
  const asking = async (key: string) => (await tool.asksFirst?.(given, toolContext(key, null))) ?? null;

  async function resultInside(): Promise<ToolStep> {
    try {
      const request = await asking(stepKey);
      const refusal = request === null ? null : await refusalOf(request, params);
      return record(refusal ?? (await tool.run(given, toolContext(stepKey, null))));
    } catch (error) {
      context.signal.throwIfAborted();
      if (error instanceof PlanFailure) throw error;
      return record(failed(say.failed, error));
    }
  }
  async function decision(): Promise<ToolStep> {
    const asked = await asking(stepKey);
    if (asked === null && tool.asksWhenNeeded === true) return { ...record({ text: say.allowed }), allowed: { destination: null } };
    const request = asked ?? { action: { does: 'run' as const, tool: tool.name }, destination: null };
    const refusal = await refusalOf(request, params);
    if (refusal !== null) return record(refusal);
    const { destination, payload } = request;
    return { ...record({ text: say.allowed }), allowed: { destination, ...(payload === undefined ? {} : { payload }) } };
  }

  // Each before it begins: whatever becomes of the plan then, it knows its parts. One that is taken back and run again has another key.
  for (let number = 0; number < (tool.parts?.(given, input) ?? 0); number += 1) {
    const fresh = `${stepKey}:${number}:${randomUUID().slice(0, freshLetters)}`;
    const compensate = { name: 'take-back-part', data: { key: fresh } } as const;
    parts.push((await context.step(`part:${place}.${number}`, () => ({ key: fresh }), { compensate })).key);
  }

  // The decision is a record of its own, so that it is asked for once: what follows may be done once only.
  const first = await context.step(stepKey, changes ? decision : resultInside);
  const { allowed } = first;
  // SECURITY: by the record alone. Whether a tool changes something may have been said otherwise since (the mark of an MCP
  // server's tool): a result of before is no yes, and the call is not made again.
  if (allowed === undefined) return first;
  const effectName = `act:${place}` as const;
  const { check } = tool;
  /**
   * SECURITY: a folder or a server of the same name may be another one by now; the yes was for what the person saw. What asks
   * for nothing any more has been marked since by the person, for the very place that it has now.
   */
  async function isAllowedPlace(): Promise<boolean> {
    const request = await asking(effectName);
    return request === null || (request.destination === allowed?.destination && request.payload === allowed.payload);
  }
  const undo = input.inPlan && tool.undo !== undefined ? await tool.undo(given, toolContext(effectName, null)) : null;
  return context.effect(effectName, {
    ...(undo === null ? {} : { compensate: { name: 'restore-file', data: undo } as const }),
    assumed: record({ text: say.allowed }),
    ...(check === undefined
      ? {}
      : {
          check: async ({ key }: { readonly key: string }) => {
            if (!(await isAllowedPlace())) return { happened: 'unknown' as const };
            const found = await check.call(tool, given, toolContext(effectName, key));
            return found.happened === true ? { happened: true, output: record(found.output) } : found;
          },
        }),
    async run({ key }) {
      if (!(await isAllowedPlace())) return record({ text: `${say.notDone}: ${say.elsewhere}`, isError: true });
      try {
        return record(await tool.run(given, toolContext(effectName, key)));
      } catch (error) {
        if (error instanceof EffectNotDone && !error.retryable) return record(failed(say.notDone, error));
        throw error;
      }
    },
  });
}

/** Asks the person; null when they allow it. */
async function refusalOf(request: ApprovalRequest, { call, place, context, input }: CallToolParams): Promise<ToolResult | null> {
  const say = words[input.language];
  // SECURITY: a yes is for all of where it goes, so all of it is shown, or nobody is asked and nothing is done.
  if ((request.destination?.length ?? 0) > destinationLimit) return { text: say.tooLong, isError: true };
  const { decision, answer, by } = await context.hostCall('person.ask', {
    key: `approve:${place}`,
    type: 'approval',
    tool: call.tool,
    title: actionWords(request.action, input.language).slice(0, 1_000),
    action: request.action,
    destination: request.destination,
    payload: request.payload ?? call.input,
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
