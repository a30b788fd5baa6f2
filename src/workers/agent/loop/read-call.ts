import { z } from 'zod';
import type { ToolCall } from '../../../shared/domain/agent.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { Tool } from '../tools/tool.ts';

/** A call that can be made, or the sentence that tells the model why not. */
export type ReadCall = { readonly tool: Tool; readonly input: unknown } | { readonly problem: string };

const words = {
  ru: {
    noTool: (name: string, names: string) => `Инструмента «${name}» здесь нет. Есть: ${names}.`,
    noJson: (why: string) => `Вход этого вызова — не JSON: ${why}. Повтори вызов с правильным JSON-объектом.`,
    noFit: (what: string) => `Вход этого вызова не подходит к схеме инструмента:\n${what}\nИсправь и повтори вызов.`,
  },
  en: {
    noTool: (name: string, names: string) => `There is no tool "${name}" here. There are: ${names}.`,
    noJson: (why: string) => `The input of this call is not JSON: ${why}. Make the call again with a correct JSON object.`,
    noFit: (what: string) => `The input of this call does not fit the tool's schema:\n${what}\nCorrect it and make the call again.`,
  },
} as const satisfies Record<Language, unknown>;

const fence = '```';
/** Characters of what a schema says. */
const problemLimit = 1_500;

/** Finds the tool of a call and reads its input. What is wrong with either is told to the model, which may try again. */
export function readCall(call: ToolCall, tools: ReadonlyMap<string, Tool>, language: Language): ReadCall {
  const say = words[language];
  const tool = tools.get(call.tool);
  if (tool === undefined) return { problem: say.noTool(call.tool, [...tools.keys()].join(', ')) };
  let value: unknown;
  try {
    value = jsonOf(call.input);
  } catch (error) {
    return { problem: say.noJson(error instanceof Error ? error.message.slice(0, 200) : '?') };
  }
  const parsed = tool.input.safeParse(value);
  if (!parsed.success) return { problem: say.noFit(z.prettifyError(parsed.error).slice(0, problemLimit)) };
  return { tool, input: parsed.data };
}

/** Models put JSON into a fence, or into a string of JSON once more; nothing is not an input, and means an empty one. */
function jsonOf(input: string): unknown {
  const bare = withoutFence(input.trim());
  const value: unknown = bare === '' ? {} : JSON.parse(bare);
  if (typeof value !== 'string') return value ?? {};
  return JSON.parse(value);
}

/** Without a pattern: models that lose their way write blanks by the ten thousand, and one would look at each of them again and again. */
function withoutFence(text: string): string {
  if (text.length < 2 * fence.length || !text.startsWith(fence) || !text.endsWith(fence)) return text;
  return text.slice(fence.length, -fence.length).replace(/^json/u, '').trim();
}
