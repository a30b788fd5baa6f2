import { generateText, streamText } from 'ai';
import { describe, expect, test } from 'vitest';
import { providerId } from '../../../shared/domain/ids.ts';
import type { ModelConnection } from '../../../shared/domain/provider.ts';
import { openModel } from './open-model.ts';

const connection: ModelConnection = {
  providerId: providerId.parse('01920000-0000-7000-8000-000000000001'),
  kind: 'openai_compatible',
  baseUrl: 'http://127.0.0.1:1/v1',
  apiKey: 'sk-secret-0123456789',
  modelId: 'm',
  contextTokens: 4_096,
  price: null,
  headers: {},
};
const chunk = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: 'c', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const whole = `${chunk({ content: 'Привет' })}${chunk({}, 'stop')}data: [DONE]\n\n`;
const sse = (text: string) => new Response(text, { headers: { 'content-type': 'text/event-stream' } });

async function partsOf(model: ReturnType<typeof openModel>) {
  const parts = [];
  for await (const part of streamText({ model, prompt: 'x', onError() {} }).stream) parts.push(part);
  return parts;
}

test('streams an answer', async () => {
  const parts = await partsOf(openModel(connection, async () => sse(whole)));
  expect(parts.flatMap(part => (part.type === 'text-delta' ? part.text : [])).join('')).toBe('Привет');
  expect(parts.at(-1)).toMatchObject({ type: 'finish', finishReason: 'stop' });
});

test('an answer that was cut off after its finish reason is none', async () => {
  const parts = await partsOf(openModel(connection, async () => sse(whole.slice(0, -1))));
  expect(parts.find(part => part.type === 'error')).toMatchObject({ error: { name: 'ModelFailure', code: 'stream_cut', retryable: true } });
  expect(parts.some(part => part.type === 'finish' && part.finishReason !== 'error')).toBe(false);
});

describe('a refusal', () => {
  test.for([
    [429, {}, 'rate_limited', true],
    [429, { code: 'insufficient_quota', message: 'You exceeded your quota' }, 'no_credit', false],
    [401, {}, 'unauthorized', false],
    [404, { message: 'model "m" not found, try pulling it first' }, 'model_not_found', false],
    [404, {}, 'wrong_address', false],
    [307, {}, 'wrong_address', false],
    [400, { code: 'context_length_exceeded', message: 'too long' }, 'context_too_long', false],
    [400, { message: 'temperature must be at most 2' }, 'refused_request', false],
    [503, {}, 'provider_error', true],
    [529, { type: 'overloaded_error', message: 'Overloaded' }, 'provider_error', true],
  ] as const)('%i %j is %s', async ([status, error, code, retryable]) => {
    let calls = 0;
    const fetch = async () => {
      calls += 1;
      return Response.json({ error: { message: 'said', ...error } }, { status, headers: { 'retry-after': '120' } });
    };
    const thrown: unknown = await generateText({ model: openModel(connection, fetch), prompt: 'x' }).catch((caught: unknown) => caught);
    expect(thrown).toMatchObject({ name: 'ModelFailure', code, retryable, retryAfterMs: retryable ? 120_000 : null });
    expect(calls).toBe(1);
  });

  test('does not repeat the key', async () => {
    const fetch = async () => Response.json({ error: { message: 'Bad key sk-secret-0123456789, sk-sec*****6789' } }, { status: 401 });
    const thrown: unknown = await generateText({ model: openModel(connection, fetch), prompt: 'x' }).catch((caught: unknown) => caught);
    expect(String(thrown)).not.toMatch(/sk-sec|0123456/u);
    expect(JSON.stringify(thrown)).not.toMatch(/sk-sec|0123456/u);
  });
});

test('a server that is not there is a network fault', async () => {
  const fetch = async () => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) });
  };
  await expect(generateText({ model: openModel(connection, fetch), prompt: 'x' })).rejects.toMatchObject({
    code: 'network',
    retryable: true,
  });
});
