import { streamText } from 'ai';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { providerId } from '../../../src/shared/domain/ids.ts';
import type { ModelConnection } from '../../../src/shared/domain/provider.ts';
import { ModelFailure } from '../../../src/workers/agent/models/model-failure.ts';
import { openModel } from '../../../src/workers/agent/models/open-model.ts';
import { anthropicEvents } from '../../support/scripted-models/anthropic-wire.ts';
import { googleEvents } from '../../support/scripted-models/google-wire.ts';
import { openaiEvents } from '../../support/scripted-models/openai-wire.ts';
import type { Delivery, ScriptedAnswer } from '../../support/scripted-models/script.ts';
import { startScriptedServer, type ScriptedServer } from '../../support/scripted-models/scripted-server.ts';

/** Everything a wire has: reasoning, text with wide letters and what looks like an end, two calls at once. */
const answer = {
  kind: 'answer',
  reasoning: 'Думаю',
  text: ['Журнал ', '90 дней 🗂️', '\ndata: [DONE]\n\n'],
  toolCalls: [
    { id: 'call_1', name: 'find', input: { query: 'срок "хранения"\n' } },
    { id: 'call_2', name: 'find', input: { query: 'журнал' } },
  ],
} as const satisfies ScriptedAnswer;
const wires = { openai_compatible: openaiEvents, openai: openaiEvents, anthropic: anthropicEvents, google: googleEvents } as const;
const kinds = ['openai_compatible', 'openai', 'anthropic', 'google'] as const;
type Kind = (typeof kinds)[number];

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer({ script: [{ kind: 'hang' }] });
});
afterAll(() => server.close());

function connection(kind: Kind): ModelConnection {
  const id = providerId.parse('01920000-0000-7000-8000-000000000001');
  return { providerId: id, kind, baseUrl: server.baseUrl, apiKey: 'k', modelId: 'm', contextTokens: 4_096, price: null, headers: {} };
}

const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'x' }] }];
const tools = [{ type: 'function' as const, name: 'find', inputSchema: { type: 'object' as const } }];

/** What one call came to: everything of a whole answer, or the codes of its failures. */
async function outcome(kind: Kind, fetch?: typeof globalThis.fetch, abortSignal?: AbortSignal) {
  let text = '';
  const calls: unknown[] = [];
  const errors: string[] = [];
  let finish: string | null = null;
  const failed = (error: unknown) => errors.push(error instanceof Error && 'code' in error ? String(error.code) : String(error));
  try {
    const { stream } = await openModel(connection(kind), fetch).doStream({
      prompt,
      tools,
      ...(abortSignal === undefined ? {} : { abortSignal }),
    });
    for await (const part of stream) {
      if (part.type === 'text-delta' || part.type === 'reasoning-delta') text += part.delta;
      if (part.type === 'tool-call') calls.push([part.toolCallId, part.toolName, JSON.parse(part.input)]);
      if (part.type === 'error') failed(part.error);
      if (part.type === 'finish') finish = part.finishReason.unified;
    }
  } catch (error) {
    failed(error);
  }
  return { text, calls, errors, isWhole: errors.length === 0 && (finish === 'stop' || finish === 'tool-calls'), finish };
}

/** A server of one body, in the given pieces. */
function replaying(...pieces: readonly Uint8Array[]): typeof globalThis.fetch {
  return async () =>
    new Response(
      new ReadableStream({
        start(controller) {
          for (const piece of pieces) if (piece.byteLength > 0) controller.enqueue(piece);
          controller.close();
        },
      }),
      { headers: { 'content-type': 'text/event-stream' } },
    );
}

describe.for(kinds)('%s', kind => {
  const recording = Buffer.from(wires[kind]('m', answer).join(''));
  const overTheWire = (delivery: Delivery) => {
    server.setScript([{ kind: 'bytes', body: recording, delivery }]);
    return outcome(kind);
  };

  test('is whole when all of it came', async () => {
    const whole = await overTheWire({});
    expect(whole).toEqual({
      isWhole: true,
      finish: 'tool-calls',
      errors: [],
      // OpenAI's own chat completions never tell the reasoning.
      text: `${kind === 'openai' ? '' : answer.reasoning}${answer.text.join('')}`,
      calls: answer.toolCalls.map(call => [call.id, call.name, call.input]),
    });
  });

  test('every prefix is a failure', async () => {
    const taken: unknown[] = [];
    for (let end = 0; end < recording.byteLength; end += 1) {
      const { isWhole, finish, errors } = await outcome(kind, replaying(recording.subarray(0, end)));
      if (isWhole || finish !== null || errors.length !== 1) taken.push({ end, finish, errors });
    }
    expect(taken).toEqual([]);
  });

  test('a prefix is a failure however the connection ends', async () => {
    // Over real connections each takes some milliseconds: a stride meets every part of an event.
    for (let end = 1; end < recording.byteLength; end += 53)
      for (const cut of ['clean', 'reset'] as const)
        expect({ end, cut, ...(await overTheWire({ cutAfterBytes: end, cut })) }).toMatchObject({ isWhole: false, errors: ['stream_cut'] });
  });

  test('every chunking gives the same', async () => {
    const whole = await outcome(kind, replaying(recording));
    const different: number[] = [];
    for (let at = 1; at < recording.byteLength; at += 1) {
      const cut = await outcome(kind, replaying(recording.subarray(0, at), recording.subarray(at)));
      if (!isDeepStrictEqual(cut, whole)) different.push(at);
    }
    expect(different).toEqual([]);
    const bytes = Array.from(recording, (_, at) => recording.subarray(at, at + 1));
    expect(await outcome(kind, replaying(...bytes))).toEqual(whole);
    for (const chunkBytes of [1, 2, 7, 64]) expect(await overTheWire({ chunkBytes })).toEqual(whole);
  });
});

describe.for(kinds)('%s, other faults', kind => {
  const recording = Buffer.from(wires[kind]('m', { kind: 'answer', text: 'Да' }).join(''));

  test.for([undefined, { stallAfterBytes: 5 }])('HTML with a success says that the address is wrong, %j', async delivery => {
    server.setScript([
      { kind: 'bytes', body: '<html>Sign in</html>', contentType: 'Text/HTML; charset=utf-8', ...(delivery ? { delivery } : {}) },
    ]);
    expect(await outcome(kind)).toMatchObject({ isWhole: false, errors: ['wrong_address'] });
  });

  test('an event that is no JSON is a failure, and what follows is not waited for', async () => {
    const broken = recording.toString().replace('{"', '{');
    server.setScript([{ kind: 'bytes', body: broken }]);
    expect(await outcome(kind)).toMatchObject({ isWhole: false, errors: ['bad_answer'] });
  });

  test.for([
    ['seconds', 120_000, (): string => '120'],
    ['a date', 60_000, (): string => new Date(Date.now() + 60_000).toUTCString()],
  ] as const)('429 says when to come again, in %s, and is not asked twice', async ([, aboutMs, retryAfter]) => {
    server.setScript([{ kind: 'refusal', status: 429, retryAfter: retryAfter() }]);
    const before = server.requests.length;
    let thrown: unknown = null;
    const { stream } = streamText({ model: openModel(connection(kind)), prompt: 'x', onError() {} });
    for await (const part of stream) if (part.type === 'error') thrown = part.error;
    if (!(thrown instanceof ModelFailure)) throw new Error(`${String(thrown)} is no failure of a model.`);
    expect(thrown).toMatchObject({ code: 'rate_limited', retryable: true });
    expect(thrown.retryAfterMs).toBeGreaterThan(aboutMs - 30_000);
    expect(thrown.retryAfterMs).toBeLessThanOrEqual(aboutMs);
    expect(server.requests.length - before).toBe(1);
  });

  test('a stall ends when the caller gives up', async () => {
    server.setScript([{ kind: 'bytes', body: recording, delivery: { stallAfterBytes: recording.byteLength - 5 } }]);
    const giveUp = new AbortController();
    const asked = outcome(kind, undefined, giveUp.signal);
    giveUp.abort();
    expect((await asked).isWhole).toBe(false);
  });

  test('a line of ten million characters is read', async () => {
    const text = 'а'.repeat(10_000_000);
    const body = wires[kind]('m', { kind: 'answer', text: [text] }).join('');
    expect((await outcome(kind, replaying(Buffer.from(body)))).text).toHaveLength(text.length);
  });

  test('half a surrogate pair does no harm', async () => {
    const body = recording.toString().replace('"Да"', String.raw`"\ud83d!"`);
    expect(await outcome(kind, replaying(Buffer.from(body)))).toMatchObject({ isWhole: true, text: '\ud83d!' });
  });
});

test.for([
  ['openai_compatible', 'data: {"error":{"message":"Rate limit reached","type":"rate_limit_error"}}\n\ndata: [DONE]\n\n', 'rate_limited'],
  ['openai_compatible', 'data: {"error":{"message":"The server is overloaded","code":503}}\n\ndata: [DONE]\n\n', 'provider_error'],
  ['anthropic', 'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n', 'provider_error'],
] as const)('%s: an error inside a success is a failure: %s', async ([kind, body, code]) => {
  const [start = ''] = wires[kind]('m', { kind: 'answer', text: 'Да' });
  for (const before of ['', start])
    expect(await outcome(kind, replaying(Buffer.from(`${before}${body}`)))).toMatchObject({ isWhole: false, errors: [code] });
});
