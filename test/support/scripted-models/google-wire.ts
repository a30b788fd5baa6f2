import { defaultUsage, finishOf, textOf, tokensOf, type ScriptedAnswer } from './script.ts';

/** With calls it is `STOP`, too. */
const finishes = { stop: 'STOP', 'tool-calls': 'STOP', length: 'MAX_TOKENS', 'content-filter': 'SAFETY' } as const;

function usageOf({ usage = defaultUsage }: ScriptedAnswer): object {
  return { promptTokenCount: usage.input, candidatesTokenCount: usage.output, totalTokenCount: usage.input + usage.output };
}

function chunk(model: string, parts: readonly object[], rest: object = {}, more: object = {}): object {
  return { candidates: [{ index: 0, content: { role: 'model', parts }, ...rest }], modelVersion: model, responseId: 'scripted', ...more };
}

/** A call comes whole, with its signature; parts of one are sent by the newest models alone. */
const callParts = (answer: ScriptedAnswer): readonly object[] =>
  (answer.toolCalls ?? []).map(({ id, name, input }) => ({ functionCall: { id, name, args: input }, thoughtSignature: 'c2NyaXB0ZWQ=' }));

/** The events of `streamGenerateContent?alt=sse`, each with its blank line. There is no last event: the last chunk has the finish reason. */
export function googleEvents(model: string, answer: ScriptedAnswer): readonly string[] {
  return [
    ...(answer.reasoning === undefined ? [] : [chunk(model, [{ text: answer.reasoning, thought: true }])]),
    ...tokensOf(answer).map(text => chunk(model, [{ text }])),
    ...callParts(answer).map(part => chunk(model, [part])),
    chunk(model, [{ text: '' }], { finishReason: finishes[finishOf(answer)] }, { usageMetadata: usageOf(answer) }),
  ].map(value => `data: ${JSON.stringify(value)}\n\n`);
}

export function googleBody(model: string, answer: ScriptedAnswer): object {
  const text = textOf(answer);
  const parts = [
    ...(answer.reasoning === undefined ? [] : [{ text: answer.reasoning, thought: true }]),
    ...(text === '' ? [] : [{ text }]),
    ...callParts(answer),
  ];
  return chunk(model, parts, { finishReason: finishes[finishOf(answer)] }, { usageMetadata: usageOf(answer) });
}

export function googleError(error: { readonly type?: string; readonly code?: string; readonly message: string }, status = 400): object {
  return { error: { code: status, message: error.message, status: error.type ?? 'INVALID_ARGUMENT' } };
}
