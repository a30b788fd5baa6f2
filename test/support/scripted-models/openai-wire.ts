import { defaultUsage, finishOf, textOf, tokensOf, type ScriptedAnswer } from './script.ts';

const finishes = { stop: 'stop', 'tool-calls': 'tool_calls', length: 'length', 'content-filter': 'content_filter' } as const;
/** The same in every reply: a recording of one call equals a recording of the next. */
const head = { id: 'scripted', created: 1_767_225_600 } as const;

function usageOf({ usage = defaultUsage }: ScriptedAnswer) {
  return { prompt_tokens: usage.input, completion_tokens: usage.output, total_tokens: usage.input + usage.output };
}

function argumentPieces(input: unknown): readonly string[] {
  const text = JSON.stringify(input);
  const half = Math.ceil(text.length / 2);
  return [text.slice(0, half), text.slice(half)].filter(piece => piece !== '');
}

/** The events of a streamed chat completion, each with its blank line; the last is `[DONE]`. */
export function openaiEvents(model: string, answer: ScriptedAnswer): readonly string[] {
  const chunk = (delta: object, finish: string | null = null) =>
    event({ ...head, object: 'chat.completion.chunk', model, choices: [{ index: 0, delta, finish_reason: finish }] });
  const calls = (answer.toolCalls ?? []).flatMap((call, index) => [
    chunk({ tool_calls: [{ index, id: call.id, type: 'function', function: { name: call.name, arguments: '' } }] }),
    ...argumentPieces(call.input).map(piece => chunk({ tool_calls: [{ index, function: { arguments: piece } }] })),
  ]);
  return [
    chunk({ role: 'assistant', content: '' }),
    ...(answer.reasoning === undefined ? [] : [chunk({ reasoning_content: answer.reasoning })]),
    ...tokensOf(answer).map(token => chunk({ content: token })),
    ...calls,
    chunk({}, finishes[finishOf(answer)]),
    event({ ...head, object: 'chat.completion.chunk', model, choices: [], usage: usageOf(answer) }),
    'data: [DONE]\n\n',
  ];
}

export function openaiBody(model: string, answer: ScriptedAnswer): object {
  const calls = (answer.toolCalls ?? []).map(({ id, name, input }) => ({
    id,
    type: 'function',
    function: { name, arguments: JSON.stringify(input) },
  }));
  return {
    ...head,
    object: 'chat.completion',
    model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: textOf(answer) || null,
          ...(answer.reasoning === undefined ? {} : { reasoning_content: answer.reasoning }),
          ...(calls.length === 0 ? {} : { tool_calls: calls }),
        },
        finish_reason: finishes[finishOf(answer)],
      },
    ],
    usage: usageOf(answer),
  };
}

export function openaiError(error: { readonly type?: string; readonly code?: string; readonly message: string }): object {
  return { error: { type: 'invalid_request_error', code: null, param: null, ...error } };
}

function event(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}
