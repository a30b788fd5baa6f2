import type { ModelStep, ToolCall, ToolStep } from '../../../shared/domain/agent.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { ModelFailure } from '../models/model-failure.ts';
import { withoutMarkers } from './cite-markers.ts';
import type { ModelPrompt } from './call-model.ts';
import type { Delimit } from './delimited-data.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { excerptOf, leastShown, shownLimit } from './excerpt.ts';

type PromptMessage = ModelPrompt[number];
type ToolResultOutput = Extract<Extract<PromptMessage, { role: 'tool' }>['content'][number], { type: 'tool-result' }>['output'];
type ToolCallPart = Extract<Extract<PromptMessage, { role: 'assistant' }>['content'][number], { type: 'tool-call' }>;

/** One call of the model and what came of the tools it called. */
export interface Turn {
  readonly step: ModelStep;
  readonly results: readonly { readonly call: ToolCall; readonly id: string; readonly result: ToolStep }[];
}

export interface PromptParams {
  readonly system: string;
  /** What was said before the task, oldest first. */
  readonly conversation: readonly { readonly role: 'person' | 'assistant'; readonly text: string }[];
  /** More was said before. */
  readonly isCut: boolean;
  readonly task: string;
  readonly turns: readonly Turn[];
  /** Said after everything else; null for nothing. */
  readonly closing: string | null;
  readonly language: Language;
  readonly delimit: Delimit;
  readonly contextTokens: number;
  /** Tokens of them that all of it may take. */
  readonly budget: number;
}

/** What the wire adds to a message: its role and brackets. */
const messageOverhead = 8;

const leftOut: Readonly<Record<Language, string>> = {
  ru: 'Начало разговора не поместилось и здесь опущено.',
  en: 'The beginning of the conversation did not fit and is left out here.',
};

const cutHere: Readonly<Record<Language, (count: number) => string>> = {
  ru: count => `[… здесь не поместилось ещё ${count} знаков …]`,
  en: count => `[… ${count} more characters did not fit here …]`,
};

/**
 * The conversation as the model gets it, within its context. Where it is too long, old results of tools are shortened first;
 * then the oldest messages are left out, the last question and its answer shortened and at last left out, too; then the oldest turns of the task
 * go, and at last the newest results are shortened. A
 * call always stays with its result. Throws `context_too_long` when the task itself does not fit.
 */
export function modelPrompt(params: PromptParams): ModelPrompt {
  const { budget, turns, language } = params;
  const cost = costOf();
  const longest = shownLimit(params.contextTokens);
  const task: PromptMessage = userMessage(params.task);
  const closing: PromptMessage[] = params.closing === null ? [] : [userMessage(params.closing)];
  const fixed = estimateTokens(params.system) + estimateTokens(leftOut[language]) + cost(task) + sum(closing.map(cost));

  const whole = messagesOf(params.conversation);
  let said = whole;
  let shown: readonly (readonly PromptMessage[])[] = turns.map(turn => turnMessages(turn, longest, params));
  const fits = () => fixed + sum(said.map(cost)) + sum(shown.flat().map(cost)) <= budget;

  if (!fits()) shown = turns.map((turn, index) => turnMessages(turn, index < turns.length - 1 ? leastShown : longest, params));
  // «Сделай короче» is said of the answer before it: that is shortened where it does not fit, and left out last.
  const latest = said.slice(said.findLastIndex(({ role }) => role === 'user'));
  while (!fits() && said.length > latest.length) said = withoutOldest(said);
  for (const limit of halvesOf(longestTextOf(latest)))
    if (!fits() && said.length > 0) said = latest.map(message => shortened(message, limit, language));
  if (!fits()) said = [];
  while (!fits() && shown.length > 1) shown = shown.slice(1);
  const last = turns.at(-1);
  for (const limit of halvesOf(longest)) if (!fits() && last !== undefined) shown = [turnMessages(last, limit, params)];
  if (!fits())
    throw new ModelFailure('context_too_long', `The task takes more than the ${budget} tokens that the model's context leaves for it.`);
  const isWhole = !params.isCut && said.length === whole.length && shown.length === turns.length;
  const system = isWhole ? params.system : `${params.system}\n\n${leftOut[language]}`;
  return [{ role: 'system', content: system }, ...said, task, ...shown.flat(), ...closing];
}

function messagesOf(conversation: PromptParams['conversation']): readonly PromptMessage[] {
  const messages = conversation
    .filter(({ text }) => text.trim() !== '')
    .map(({ role, text }): PromptMessage =>
      role === 'person' ? userMessage(text) : { role: 'assistant', content: [{ type: 'text', text: withoutMarkers(text) }] },
    );
  return fromPerson(messages);
}

/** A conversation begins with the person: some wires refuse any other. */
function fromPerson(messages: readonly PromptMessage[]): readonly PromptMessage[] {
  const first = messages.findIndex(({ role }) => role === 'user');
  return first === -1 ? [] : messages.slice(first);
}
/** Shorter and shorter, down to the least that says anything. */
function halvesOf(longest: number): readonly number[] {
  const limits: number[] = [];
  for (let limit = Math.floor(longest / 2); limit > leastShown; limit = Math.floor(limit / 2)) limits.push(limit);
  return [...limits, leastShown];
}

/** Characters of the end of a message that is shortened, as a share of what is kept: what it came to stands there. */
const endShare = 1 / 3;

function shortened(message: PromptMessage, limit: number, language: Language): PromptMessage {
  const cut = (text: string): string => {
    if (text.length <= limit) return text;
    const end = Math.floor(limit * endShare);
    return [text.slice(0, limit - end), cutHere[language](text.length - limit), text.slice(-end)].join('\n').toWellFormed();
  };
  if (message.role === 'user') return userMessage(textsOf(message).map(cut).join(''));
  return { role: 'assistant', content: textsOf(message).map(text => ({ type: 'text', text: cut(text) })) };
}

/** Of what was said in the chat, which has nothing but texts. */
function textsOf({ content }: PromptMessage): readonly string[] {
  return typeof content === 'string' ? [content] : content.flatMap(part => (part.type === 'text' ? [part.text] : []));
}

const longestTextOf = (messages: readonly PromptMessage[]): number => Math.max(0, ...messages.flatMap(textsOf).map(({ length }) => length));

const withoutOldest = (messages: readonly PromptMessage[]): readonly PromptMessage[] => fromPerson(messages.slice(1));

function turnMessages({ step, results }: Turn, limit: number, { language, delimit }: PromptParams): readonly PromptMessage[] {
  const said: PromptMessage = {
    role: 'assistant',
    content: [...(step.text === '' ? [] : [{ type: 'text' as const, text: step.text }]), ...step.calls.map(callPart)],
  };
  const heard: PromptMessage = {
    role: 'tool',
    content: results.map(({ call, id, result }) => ({
      type: 'tool-result' as const,
      toolCallId: call.id,
      toolName: call.tool,
      output: outputOf(result, delimit(call.tool, excerptOf(result.text, { limit, id, language }))),
    })),
  };
  return results.length === 0 ? [said] : [said, heard];
}

function outputOf({ isError }: ToolStep, value: string): ToolResultOutput {
  return { type: isError ? 'error-text' : 'text', value };
}

function callPart({ id, tool, input, providerData }: ToolCall): ToolCallPart {
  return {
    type: 'tool-call',
    toolCallId: id,
    toolName: tool,
    input: objectOf(input),
    // What the provider gave goes back to it as it was.
    ...(providerData === undefined ? {} : { providerOptions: JSON.parse(providerData) as NonNullable<ToolCallPart['providerOptions']> }),
  };
}

/** As every wire takes it back; what is none is shown to the model, which is told so in the result. */
function objectOf(input: string): object {
  try {
    const value: unknown = JSON.parse(input === '' ? '{}' : input);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Told with the result.
  }
  return { not_an_object: input.slice(0, leastShown) };
}

const userMessage = (text: string): PromptMessage => ({ role: 'user', content: [{ type: 'text', text }] });

/** Each message is measured once: a chat holds hundreds, and the last of them change. */
function costOf(): (message: PromptMessage) => number {
  const known = new WeakMap<PromptMessage, number>();
  return message => {
    const cost = known.get(message) ?? estimateTokens(JSON.stringify(message.content)) + messageOverhead;
    known.set(message, cost);
    return cost;
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
