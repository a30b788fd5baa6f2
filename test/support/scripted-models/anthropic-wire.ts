import { defaultUsage, finishOf, textOf, tokensOf, type ScriptedAnswer } from './script.ts';

const finishes = { stop: 'end_turn', 'tool-calls': 'tool_use', length: 'max_tokens', 'content-filter': 'refusal' } as const;
const head = { id: 'msg_scripted', type: 'message', role: 'assistant' } as const;

/** The events of a streamed message, each with its blank line; the last is `message_stop`. */
export function anthropicEvents(model: string, answer: ScriptedAnswer): readonly string[] {
  const { input, output } = answer.usage ?? defaultUsage;
  const blocks: { readonly start: object; readonly deltas: readonly object[] }[] = [];
  if (answer.reasoning !== undefined) {
    blocks.push({
      start: { type: 'thinking', thinking: '', signature: '' },
      deltas: [
        { type: 'thinking_delta', thinking: answer.reasoning },
        { type: 'signature_delta', signature: 'scripted' },
      ],
    });
  }
  const tokens = tokensOf(answer);
  if (tokens.length > 0) blocks.push({ start: { type: 'text', text: '' }, deltas: tokens.map(text => ({ type: 'text_delta', text })) });
  for (const call of answer.toolCalls ?? []) {
    const text = JSON.stringify(call.input);
    const half = Math.ceil(text.length / 2);
    blocks.push({
      start: { type: 'tool_use', id: call.id, name: call.name, input: {} },
      deltas: [text.slice(0, half), text.slice(half)].map(piece => ({ type: 'input_json_delta', partial_json: piece })),
    });
  }
  return [
    event('message_start', {
      message: {
        ...head,
        model,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: input, output_tokens: 1 },
      },
    }),
    event('ping', {}),
    ...blocks.flatMap(({ start, deltas }, index) => [
      event('content_block_start', { index, content_block: start }),
      ...deltas.map(delta => event('content_block_delta', { index, delta })),
      event('content_block_stop', { index }),
    ]),
    event('message_delta', {
      delta: { stop_reason: finishes[finishOf(answer)], stop_sequence: null },
      usage: { output_tokens: output },
    }),
    event('message_stop', {}),
  ];
}

export function anthropicBody(model: string, answer: ScriptedAnswer): object {
  const { input, output } = answer.usage ?? defaultUsage;
  const text = textOf(answer);
  return {
    ...head,
    model,
    content: [
      ...(answer.reasoning === undefined ? [] : [{ type: 'thinking', thinking: answer.reasoning, signature: 'scripted' }]),
      ...(text === '' ? [] : [{ type: 'text', text }]),
      ...(answer.toolCalls ?? []).map(call => ({ type: 'tool_use', id: call.id, name: call.name, input: call.input })),
    ],
    stop_reason: finishes[finishOf(answer)],
    stop_sequence: null,
    usage: { input_tokens: input, output_tokens: output },
  };
}

export function anthropicError(error: { readonly type?: string; readonly message: string }): object {
  return { type: 'error', error: { type: 'api_error', ...error } };
}

function event(type: string, fields: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}
