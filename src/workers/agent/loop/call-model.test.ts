import { afterEach, describe, expect, test } from 'vitest';
import type { Script } from '../../../../test/support/scripted-models/script.ts';
import { startScriptedServer, type ScriptedServer } from '../../../../test/support/scripted-models/scripted-server.ts';
import { agentInput } from '../../../../test/support/workers/agent-input.ts';
import type { Usage } from '../../../shared/domain/budget.ts';
import type { ModelPrice } from '../../../shared/domain/price.ts';
import { openModel } from '../models/open-model.ts';
import { callModel, type Patience } from './call-model.ts';

let server: ScriptedServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

interface Asked {
  readonly kind?: 'openai_compatible' | 'openai' | 'anthropic' | 'google';
  readonly patience?: Patience;
  readonly stop?: AbortController;
  readonly onText?: (text: string) => void;
  readonly usedIds?: readonly string[];
  readonly price?: ModelPrice | null;
  readonly mayCallTools?: boolean;
}
async function ask(
  script: Script,
  {
    kind = 'openai_compatible',
    patience,
    stop = new AbortController(),
    onText,
    usedIds = [],
    price = null,
    mayCallTools = true,
  }: Asked = {},
) {
  server ??= await startScriptedServer({ script });
  const connection = { ...agentInput(server.baseUrl).connection, kind, apiKey: 'k', price };
  const charged: number[] = [];
  const used: Partial<Usage>[] = [];
  let shown = '';
  const answer = callModel({
    model: openModel(connection),
    connection,
    prompt: [{ role: 'user', content: [{ type: 'text', text: 'Где журнал?' }] }],
    tools: [{ type: 'function', name: 'find', description: 'Finds.', inputSchema: { type: 'object', properties: {} } }],
    mayCallTools,
    usedIds: new Set(usedIds),
    number: 2,
    signal: stop.signal,
    ...(patience === undefined ? {} : { patience }),
    onText(text) {
      shown += text;
      onText?.(text);
    },
    charge(more) {
      used.push(more);
      charged.push(more.tokens ?? 0);
    },
  });
  return { answer, charged, used, shown: () => shown };
}
const said = { kind: 'answer', text: 'Журнал в архиве.', usage: { input: 7, output: 5 } } as const;

describe.for(['openai_compatible', 'openai', 'anthropic', 'google'] as const)('over %s', kind => {
  test('an answer, and what it used', async () => {
    const { answer, charged, shown } = await ask([said], { kind });
    expect(await answer).toEqual({
      text: 'Журнал в архиве.',
      calls: [],
      usage: { inputTokens: 7, cachedTokens: 0, outputTokens: 5, isEstimate: false, microUsd: null },
    });
    expect(shown()).toBe('Журнал в архиве.');
    expect(charged).toEqual([12]);
  });

  test('calls of tools, as they were written', async () => {
    const toolCalls = [
      { id: 'a', name: 'find', input: { q: 'журнал' } },
      { id: 'b', name: 'find', input: {} },
    ];
    const { answer } = await ask([{ kind: 'answer', text: 'Ищу.', toolCalls }], { kind, usedIds: ['b'] });
    expect(await answer).toMatchObject({
      text: 'Ищу.',
      calls: [
        { id: 'a', tool: 'find', input: '{"q":"журнал"}' },
        // An id that is taken says nothing.
        { id: 'call_2_1', tool: 'find', input: '{}' },
      ],
    });
  });

  test.for([
    [{ ...said, finish: 'length' }, 'answer_cut', false],
    [{ ...said, finish: 'content-filter' }, 'answer_blocked', false],
    [{ kind: 'answer', text: ' ' }, 'answer_empty', true],
    [{ kind: 'refusal', status: 401 }, 'unauthorized', false],
    [{ ...said, delivery: { cutAfterBytes: 300, cut: 'reset' } }, 'network', true],
  ] as const)('%j is a failure', async ([reply, code, retryable]) => {
    const { answer } = await ask([reply], { kind });
    const failure: unknown = await answer.catch((error: unknown) => error);
    expect(failure).toMatchObject({ retryable });
    // A reset is seen as one or the other, as the socket has it.
    expect([code, ...(code === 'network' ? ['stream_cut'] : [])]).toContain((failure as { code: string }).code);
  });
});

test('where no tool may be called, calls beside an answer are passed over, and calls instead of one are told', async () => {
  const toolCalls = [{ id: 'a', name: 'find', input: {} }];
  const beside = await ask(
    [
      { ...said, toolCalls },
      { kind: 'answer', toolCalls },
    ],
    { mayCallTools: false },
  );
  expect(await beside.answer).toMatchObject({ text: said.text, calls: [] });
  const instead = await ask([said], { mayCallTools: false });
  await expect(instead.answer).rejects.toMatchObject({ code: 'answer_only_calls', retryable: false });
});

test('what a refused provider asks for is passed on', async () => {
  const { answer, charged } = await ask([{ kind: 'refusal', status: 429, retryAfter: '120' }]);
  await expect(answer).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 120_000, retryable: true });
  expect(charged).toEqual([]);
});

test('an endpoint that does not count is counted for', async () => {
  const { answer, charged } = await ask([{ kind: 'answer', text: 'Журнал в архиве.', usage: { input: 0, output: 0 } }]);
  const { usage } = await answer;
  expect(usage.isEstimate).toBe(true);
  expect(usage.inputTokens).toBeGreaterThan(0);
  expect(usage.outputTokens).toBe(8);
  expect(charged).toEqual([usage.inputTokens + usage.outputTokens]);
});

test('money is charged by the price, for an answer that is cut by estimate; without a price the tokens say so', async () => {
  const price = { input: 2, output: 10, cached: null, upToInputTokens: null };
  const whole = await ask([said], { price });
  expect((await whole.answer).usage).toMatchObject({ inputTokens: 7, outputTokens: 5, microUsd: 64 });
  expect(whole.used).toEqual([{ tokens: 12, moneyMinor: 0.0064 }]);
  server?.setScript([{ ...said, delivery: { cutAfterBytes: 500 } }]);
  const cut = await ask([said], { price });
  await expect(cut.answer).rejects.toMatchObject({ code: 'stream_cut' });
  expect(cut.used).toHaveLength(1);
  expect(cut.used[0]?.moneyMinor).toBeGreaterThan(0);
  server?.setScript([said]);
  const unknown = await ask([said]);
  expect((await unknown.answer).usage.microUsd).toBeNull();
  expect(unknown.used).toEqual([{ tokens: 12, unpricedTokens: 12 }]);
});

test('an answer that is cut has cost something, too', async () => {
  const { answer, charged, shown } = await ask([{ ...said, delivery: { cutAfterBytes: 500 } }]);
  await expect(answer).rejects.toMatchObject({ code: 'stream_cut' });
  expect(shown()).not.toBe('');
  expect(charged).toHaveLength(1);
});

test.for([[{ kind: 'hang' }], [{ ...said, delivery: { stallAfterBytes: 400 } }]] as const)(
  'a silent model is given up: %j',
  async ([reply]) => {
    const { answer } = await ask([reply], { patience: { firstPieceMs: 50, nextPieceMs: 50 } });
    await expect(answer).rejects.toMatchObject({ code: 'model_timeout', retryable: true });
  },
);

test('a stop is no failure of the model', async () => {
  const stop = new AbortController();
  const { answer } = await ask([{ ...said, delivery: { stallAfterBytes: 500 } }], {
    stop,
    onText: () => {
      stop.abort(new DOMException('Stopped.', 'AbortError'));
    },
  });
  await expect(answer).rejects.toMatchObject({ name: 'AbortError', message: 'Stopped.' });
});

test('a thought before the answer is not shown', async () => {
  const { answer, shown } = await ask([{ kind: 'answer', text: ['<th', 'ink>Хм.</thi', 'nk>', '\n\nДа.'] }]);
  expect((await answer).text).toBe('\n\nДа.');
  expect(shown()).toBe('\n\nДа.');
});

test('a thought without end is ended, and charged', async () => {
  const thought = 'х'.repeat(1_500_000);
  const { answer, charged } = await ask([{ kind: 'answer', text: ['<think>', thought, thought, thought] }]);
  await expect(answer).rejects.toMatchObject({ code: 'answer_cut', retryable: false });
  expect(charged).toHaveLength(1);
});

test('a question that was taken and never answered is charged for', async () => {
  const { answer, charged } = await ask([{ ...said, delivery: { stallAfterBytes: 1 } }], {
    patience: { firstPieceMs: 500, nextPieceMs: 500 },
  });
  await expect(answer).rejects.toMatchObject({ code: 'model_timeout' });
  expect(charged).toHaveLength(1);
  expect(charged[0]).toBeGreaterThan(5);
});

test('an answer that its limit cut off is charged by what the provider says', async () => {
  const { answer, charged } = await ask([{ ...said, finish: 'length' }]);
  await expect(answer).rejects.toMatchObject({ code: 'answer_cut' });
  expect(charged).toEqual([12]);
});
