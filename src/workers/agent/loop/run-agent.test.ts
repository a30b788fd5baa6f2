import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Script, ScriptedReply } from '../../../../test/support/scripted-models/script.ts';
import { startScriptedServer, type ScriptedServer } from '../../../../test/support/scripted-models/scripted-server.ts';
import { agentInput, foundPassage } from '../../../../test/support/workers/agent-input.ts';
import { directContext, type DirectContextOptions } from '../../../../test/support/workers/direct-context.ts';
import { hostCallSpecs, type HostCallInput, type HostCallName } from '../../../shared/contract/worker/host-calls.ts';
import { taskSpecs } from '../../../shared/contract/worker/tasks.ts';
import { type AgentInput } from '../../../shared/contract/worker/agent-input.ts';
import { EffectNotDone } from '../../../shared/domain/task-failure.ts';
import { allAgents } from '../agents/all-agents.ts';
import type { Agent } from '../agents/agent.ts';
import { allTools } from '../tools/all-tools.ts';
import type { Tool } from '../tools/tool.ts';
import { runAgent } from './run-agent.ts';

let server: ScriptedServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

const fact = 'Срок хранения журнала составляет девяносто дней.';
const find: ScriptedReply = {
  kind: 'answer',
  text: 'Смотрю. ',
  toolCalls: [{ id: 'c1', name: 'search_material', input: { query: 'журнал' } }],
};
const told: ScriptedReply = { kind: 'answer', text: 'Девяносто дней [1]. Выдумка [9].' };
/** Finds the fact; allows everything. */
function helpful(name: HostCallName, _input: unknown): unknown {
  if (name === 'passages.search') return [foundPassage(fact)];
  if (name === 'person.ask') return { decision: 'allow', answer: null, by: 'person' };
  return null;
}

interface Run extends DirectContextOptions {
  readonly input?: Partial<AgentInput>;
  readonly tools?: readonly Tool[];
  readonly agents?: readonly Agent[];
  readonly showsText?: boolean;
}
/** Starts the server with the script once; a second run of a test talks to the same one. */
async function run(script: Script, { input = {}, tools = allTools, agents = allAgents, showsText = true, ...options }: Run = {}) {
  server ??= await startScriptedServer({ script });
  server.setScript(script);
  const direct = directContext<'agent.run'>({ answerTo: helpful, ...options });
  const running = runAgent(
    agentInput(server.baseUrl, input),
    direct.context,
    { agents, tools, openExtraTools: () => Promise.resolve({ tools: [], close: () => Promise.resolve() }) },
    { showsText },
  );
  return { direct, running };
}

/** What the message read in the end, as main puts it together. */
function written(calls: readonly { readonly name: HostCallName; readonly input: unknown }[], before = ''): string {
  return calls
    .filter(({ name }) => name === 'answer.write')
    .map(({ input }) => hostCallSpecs['answer.write'].input.parse(input))
    .reduce((text, part) => text.slice(0, part.at) + part.text, before);
}
const lastRequest = () => JSON.stringify(server?.requests.at(-1)?.body ?? null);
function asksOf(calls: readonly { readonly name: HostCallName; readonly input: unknown }[]): HostCallInput<'person.ask'>[] {
  return calls.filter(({ name }) => name === 'person.ask').map(({ input }) => hostCallSpecs['person.ask'].input.parse(input));
}

test('answers with a tool, and cites what it was shown', async () => {
  const { direct, running } = await run([find, told]);
  const output = await running;
  expect(output.text).toBe('Смотрю. \n\nДевяносто дней [1]. Выдумка.');
  expect(output.citations).toMatchObject([{ quote: fact, start: 100, page: 2, support: 'verified' }]);
  expect(taskSpecs['agent.run'].output.parse(output)).toEqual(output);
  expect(written(direct.calls)).toBe(output.text);
  expect([...direct.steps.keys()]).toEqual(['setup', 'model:1', 'tool:1.0', 'model:2']);
  for (const [name, step] of direct.steps) {
    const schemas: Readonly<Record<string, z.ZodType>> = taskSpecs['agent.run'].steps;
    expect(schemas[name.replace(/:.*/u, '')]?.parse(step)).toEqual(step);
  }
  expect(direct.charged).toEqual([46, 46]);
  expect(server?.requests[1]?.body).toMatchObject({
    messages: [
      { role: 'system' },
      { role: 'user' },
      { role: 'assistant', tool_calls: [{ id: 'c1' }] },
      { role: 'tool', tool_call_id: 'c1' },
    ],
  });
});

test('speaks the wire of Anthropic, too', async () => {
  server = await startScriptedServer({ script: [find, told] });
  const connection = { ...agentInput(server.baseUrl).connection, kind: 'anthropic' as const, apiKey: 'k' };
  const { running } = await run([find, told], { input: { connection } });
  expect((await running).text).toContain('Девяносто дней [1]');
});

test('cut in any pieces it is the same answer', async () => {
  for (const chunkBytes of [1, 2, 7, 64]) {
    const { direct, running } = await run(({ number }) => ({ ...(number % 2 === 1 ? find : told), delivery: { chunkBytes } }));
    const output = await running;
    expect(output.text).toBe('Смотрю. \n\nДевяносто дней [1]. Выдумка.');
    expect(written(direct.calls)).toBe(output.text);
  }
});

test('whatever part of an answer has come, a cut is a failure of the attempt, and what it showed is not doubled', async () => {
  const whole = (await (await run([told])).running).text;
  const length = Buffer.byteLength(await scriptedBody());
  for (let cutAfterBytes = 0; cutAfterBytes < length; cutAfterBytes += 13) {
    const first = await run([{ ...told, delivery: { cutAfterBytes } }]);
    await expect(first.running).rejects.toMatchObject({ retryable: true });
    expect([...first.direct.steps.keys()]).toEqual(['setup']);
    const second = await run([told], { recorded: first.direct.steps });
    expect((await second.running).text).toBe(whole);
    expect(written(second.direct.calls, written(first.direct.calls))).toBe(whole);
  }
  // Two runs for each of some hundred places: a busy machine takes its time.
}, 30_000);

async function scriptedBody(): Promise<string> {
  const response = await fetch(`${server?.baseUrl}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'scripted', stream: true, messages: [] }),
  });
  return response.text();
}

test.for([
  ['length', 'answer_cut'],
  ['content-filter', 'answer_blocked'],
] as const)('an answer that ends with "%s" keeps all of its text', async ([finish, code]) => {
  const text = Array.from({ length: 200 }, (_, at) => `слово${at} `).join('');
  const { direct, running } = await run([{ kind: 'answer', text, finish }]);
  await expect(running).rejects.toMatchObject({ code });
  expect(written(direct.calls)).toBe(text);
});

describe('an attempt that follows a crash', () => {
  test('calls neither the model nor a tool again for what is recorded, and writes all of the text', async () => {
    const first = await run([find, { ...told, delivery: { cutAfterBytes: 400 } }]);
    await expect(first.running).rejects.toMatchObject({ code: 'stream_cut' });
    const before = server?.requests.length ?? 0;
    const second = await run([told], { recorded: first.direct.steps });
    const output = await second.running;
    expect((server?.requests.length ?? 0) - before).toBe(1);
    expect(second.direct.calls.map(({ name }) => name)).not.toContain('passages.search');
    expect(output.text).toBe('Смотрю. \n\nДевяносто дней [1]. Выдумка.');
    // Main may have lost what it had not stored yet.
    expect(written(second.direct.calls)).toBe(output.text);
    expect(output.citations).toHaveLength(1);
  });

  test('with everything recorded it only says what was said', async () => {
    const first = await run([find, told]);
    const output = await first.running;
    const before = server?.requests.length;
    const second = await run([{ kind: 'refusal', status: 500 }], { recorded: first.direct.steps });
    expect(await second.running).toEqual(output);
    expect(server?.requests).toHaveLength(before ?? 0);
    expect(second.direct.charged).toEqual([]);
  });

  test('uses the words and tools it began with', async () => {
    const first = await run([{ kind: 'refusal', status: 503 }]);
    await expect(first.running).rejects.toMatchObject({ code: 'provider_error' });
    const changed = allAgents.map(agent => ({ ...agent, version: 2, prompt: { ru: 'НОВОЕ', en: 'NEW' }, tools: [] }));
    await (
      await run([told], { recorded: first.direct.steps, agents: changed })
    ).running;
    expect(lastRequest()).toContain('Ты — Конспект');
    expect(lastRequest()).toContain('search_material');
  });
});

describe('a tool', () => {
  const calling = (name: string, input: unknown, times = 1): ScriptedReply => ({
    kind: 'answer',
    toolCalls: Array.from({ length: times }, (_, index) => ({ id: `c${index}`, name, input })),
  });
  const done: ScriptedReply = { kind: 'answer', text: 'Готово.' };
  let sent: unknown[] = [];
  const send: Tool<{ to: string; text: string }> = {
    name: 'mcp__mail__send',
    description: { ru: 'Отправляет письмо.', en: 'Sends a letter.' },
    input: z.strictObject({ to: z.string(), text: z.string() }),
    changesOutside: true,
    asksFirst: ({ to }) => ({ action: { does: 'run', tool: 'send_letter' }, destination: to }),
    run(input) {
      sent.push(input);
      return { text: 'Отправлено.' };
    },
  };
  const withSend = {
    tools: [...allTools, send],
    agents: allAgents.map(agent => ({ ...agent, tools: [...agent.tools, send.name as 'read_file'] })),
    input: { reach: { allowedHosts: [], webSearch: null, folders: [{ path: '/x', mayWrite: true }], mcpServers: [] } },
  } as const satisfies Run;
  /** The same, marked by the person as changing nothing. */
  const harmless: typeof send = { ...send, changesOutside: false, asksFirst: () => null };
  const letter = calling(send.name, { to: 'a@b.example', text: 'секрет' });
  afterEach(() => {
    sent = [];
  });

  test('that changes something outside is done once and after a yes', async () => {
    const { direct, running } = await run([letter, done], withSend);
    expect((await running).text).toBe('Готово.');
    expect(sent).toEqual([{ to: 'a@b.example', text: 'секрет' }]);
    expect(asksOf(direct.calls)).toMatchObject([
      {
        key: 'approve:1.0',
        type: 'approval',
        destination: 'a@b.example',
        payload: '{"to":"a@b.example","text":"секрет"}',
        whenExpired: 'deny',
      },
    ]);
    expect([...direct.steps.keys()]).toEqual(['setup', 'model:1', 'tool:1.0', 'act:1.0', 'model:2']);
    // The attempt after it neither asks nor sends again.
    const second = await run([done], { ...withSend, recorded: direct.steps });
    await second.running;
    expect(asksOf(second.direct.calls)).toEqual([]);
    expect(sent).toHaveLength(1);
  });

  test('that would go to a place too long to be shown whole is not made, and nobody is asked', async () => {
    const far = calling(send.name, { to: `https://example.org/${'a'.repeat(5_000)}`, text: 'x' });
    const { direct, running } = await run([far, done], withSend);
    expect((await running).text).toBe('Готово.');
    expect(sent).toEqual([]);
    expect(asksOf(direct.calls)).toEqual([]);
    expect(direct.steps.get('tool:1.0')).toMatchObject({ isError: true, text: expect.stringContaining('длиннее 4096 символов') });
  });

  test('whose mark was taken away after it was called is not called again', async () => {
    const first = await run([letter, done], { ...withSend, tools: [...allTools, harmless] });
    await first.running;
    expect(sent).toHaveLength(1);
    const second = await run([done], { ...withSend, recorded: first.direct.steps });
    expect((await second.running).text).toBe('Готово.');
    expect(sent).toHaveLength(1);
    expect([...second.direct.steps.keys()]).toEqual([]);
  });

  test('that was allowed is done also when its mark was given meanwhile', async () => {
    const first = await run([letter, done], withSend);
    await first.running;
    const recorded = new Map([...first.direct.steps].filter(([name]) => ['setup', 'model:1', 'tool:1.0'].includes(name)));
    const second = await run([done], { ...withSend, tools: [...allTools, harmless], recorded });
    await second.running;
    expect(sent).toHaveLength(2);
    expect(second.direct.steps.get('act:1.0')).toMatchObject({ text: 'Отправлено.' });
  });

  test('that would go to another place than the person allowed is not run', async () => {
    const first = await run([letter, done], withSend);
    await first.running;
    const recorded = new Map([...first.direct.steps].filter(([name]) => ['setup', 'model:1', 'tool:1.0'].includes(name)));
    const moved = {
      ...send,
      asksFirst: () => ({ action: { does: 'run' as const, tool: 'x' }, destination: 'c@d.example' }),
      check: () => ({ happened: false as const }),
    };
    const second = await run([done], { ...withSend, tools: [...allTools, moved], recorded });
    await second.running;
    expect(sent).toHaveLength(1);
    expect(second.direct.steps.get('act:1.0')).toMatchObject({ isError: true, text: expect.stringContaining('в другое место') });
    const begun = await run([done], { ...withSend, tools: [...allTools, moved], recorded, inFlight: new Set(['act:1.0']) });
    await expect(begun.running).rejects.toThrow('Nobody can tell');
    expect(sent).toHaveLength(1);
  });

  test('is not run when the person says no, and the model is told', async () => {
    const deny = () => ({ decision: 'deny', answer: 'Не туда', by: 'person' });
    const { direct, running } = await run([letter, done], {
      ...withSend,
      answerTo: name => (name === 'person.ask' ? deny() : null),
    });
    await running;
    expect(sent).toEqual([]);
    expect(direct.steps.get('tool:1.0')).toMatchObject({ isError: true, text: expect.stringContaining('не разрешил') });
    expect(direct.steps.has('act:1.0')).toBe(false);
    expect(lastRequest()).toContain('Не туда');
  });

  test('of which nobody knows whether it happened is not sent again', async () => {
    const first = await run([letter, { kind: 'refusal', status: 503 }], withSend);
    await expect(first.running).rejects.toMatchObject({ code: 'provider_error' });
    const recorded = new Map([...first.direct.steps].filter(([name]) => name !== 'act:1.0'));
    const again = await run([done], { ...withSend, recorded, inFlight: new Set(['act:1.0']) });
    await expect(again.running).rejects.toThrow('Nobody can tell');
    expect(sent).toHaveLength(1);
    const checked = { ...send, check: () => ({ happened: true as const, output: { text: 'Было отправлено.' } }) };
    const looked = await run([done], { ...withSend, tools: [...allTools, checked], recorded, inFlight: new Set(['act:1.0']) });
    await looked.running;
    expect(sent).toHaveLength(1);
    expect(lastRequest()).toContain('Было отправлено');
  });

  test('that is sure to have done nothing says so to the model', async () => {
    const refused: Tool<{ to: string; text: string }> = {
      ...send,
      run() {
        throw new EffectNotDone('no_such_address', 'Такого адреса нет.', { retryable: false });
      },
    };
    const { running } = await run([letter, done], { ...withSend, tools: [...allTools, refused] });
    await running;
    expect(lastRequest()).toContain('Ничего не сделано: Такого адреса нет.');
  });

  test('whose input is wrong is told what is wrong with it', async () => {
    const bad: ScriptedReply = {
      kind: 'answer',
      toolCalls: [
        { id: 'c1', name: 'search_material', input: { q: 'журнал' } },
        { id: 'c2', name: 'no such tool', input: {} },
      ],
    };
    const { direct, running } = await run([bad, done]);
    await running;
    expect(direct.steps.get('tool:1.0')).toMatchObject({ isError: true, text: expect.stringContaining('query') });
    expect(direct.steps.get('tool:1.1')).toMatchObject({ isError: true, text: expect.stringContaining('no_such_tool') });
  });

  test('whose input is no JSON is told so, and the conversation goes on', async () => {
    const piece = (delta: object, finish: string | null = null) =>
      `data: ${JSON.stringify({ id: 'x', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
    const broken = { index: 0, id: 'c1', type: 'function', function: { name: 'search_material', arguments: '{"query": "жур' } };
    const body = `${piece({ tool_calls: [broken] })}${piece({}, 'tool_calls')}data: [DONE]\n\n`;
    const { direct, running } = await run([{ kind: 'bytes', body }, done]);
    expect((await running).text).toBe('Готово.');
    expect(direct.steps.get('tool:1.0')).toMatchObject({ isError: true, text: expect.stringContaining('не JSON') });
    expect(lastRequest()).toContain('not_an_object');
  });

  test('that is never called so that it can be read is offered no more, and the model answers with what there is', async () => {
    const { direct, running } = await run(({ number, body }) =>
      body['tool_choice'] === 'none'
        ? { kind: 'answer', text: 'Больше не знаю.' }
        : { kind: 'answer', toolCalls: [{ id: `c${number}`, name: 'search_material', input: { words: `журнал ${number}` } }] },
    );
    expect((await running).text).toBe('Больше не знаю.');
    expect([...direct.steps.keys()].filter(name => name.startsWith('model:'))).toHaveLength(4);
    expect(lastRequest()).toContain('Больше вызовов инструментов не будет');
  });

  test('called three times in a row with the same input is told so', async () => {
    const { direct, running } = await run([calling('search_material', { query: 'журнал' }, 4), done]);
    await running;
    expect(direct.calls.filter(({ name }) => name === 'passages.search')).toHaveLength(2);
    expect(direct.steps.get('tool:1.2')).toMatchObject({ isError: true, text: expect.stringContaining('3 раза подряд') });
  });

  test('that fails is a result', async () => {
    const { direct, running } = await run([find, done], {
      answerTo(name) {
        if (name === 'passages.search') throw new Error('Поиск закрыт.');
        return null;
      },
    });
    await running;
    expect(direct.steps.get('tool:1.0')).toMatchObject({ isError: true, text: 'Не получилось: Поиск закрыт.' });
  });

  test('with a long result shows an excerpt, and the rest is read on', async () => {
    const text = Array.from({ length: 5_000 }, (_, index) => `слово${index}`).join(' ');
    const long: Tool<Record<string, never>> = {
      name: 'list_files',
      description: { ru: 'Много.', en: 'Much.' },
      input: z.strictObject({}),
      changesOutside: false,
      run: () => ({ text }),
    };
    const start = 7_500;
    const { direct, running } = await run([calling('list_files', {}), calling('read_result', { id: 'r1.0', start }), done], {
      ...withSend,
      tools: [...allTools, long],
    });
    await running;
    expect(direct.steps.get('tool:1.0')).toMatchObject({ text });
    expect(lastRequest()).toMatch(/слово0 .*read_result с \{\\+"id\\+":\\+"r1\.0\\+"/u);
    expect(direct.steps.get('tool:2.0')).toMatchObject({ text: expect.stringContaining(text.slice(start, start + 1_000)) });
    expect(lastRequest()).not.toContain('слово4999');
  });
});

describe('the first call of a job', () => {
  /** Records nothing before `commit`, one step after the other, as main does. */
  function slowlyRecorded(direct: ReturnType<typeof directContext<'agent.run'>>) {
    const committed = Promise.withResolvers<undefined>();
    let last: Promise<unknown> = Promise.resolve();
    const context = {
      ...direct.context,
      step(name: string, make: () => unknown) {
        const mine = last.then(async () => {
          const output = await make();
          await committed.promise;
          direct.steps.set(name, output);
          return output;
        });
        last = mine.catch(() => {});
        return mine;
      },
    } as typeof direct.context;
    return { context, commit: () => committed.resolve(undefined), refuse: (error: Error) => committed.reject(error) };
  }
  async function begin() {
    const asked = Promise.withResolvers<undefined>();
    server ??= await startScriptedServer({ script: [told] });
    server.setScript(() => {
      asked.resolve(undefined);
      return told;
    });
    const direct = directContext<'agent.run'>({ answerTo: helpful });
    const slow = slowlyRecorded(direct);
    const running = runAgent(
      agentInput(server.baseUrl),
      slow.context,
      { agents: allAgents, tools: allTools, openExtraTools: () => Promise.resolve({ tools: [], close: () => Promise.resolve() }) },
      { showsText: true },
    );
    running.catch(() => {});
    await asked.promise;
    return { direct, slow, running };
  }

  test('is made while the setup is being recorded, and nothing of it is shown before', async () => {
    const { direct, slow, running } = await begin();
    expect(direct.steps.size).toBe(0);
    expect(direct.calls).toEqual([]);
    slow.commit();
    expect((await running).text).toBe('Девяносто дней. Выдумка.');
    expect([...direct.steps.keys()]).toEqual(['setup', 'model:1']);
    expect(written(direct.calls)).toBe('Девяносто дней. Выдумка.');
    expect(server?.requests).toHaveLength(1);
  });

  test('is ended when the setup is not recorded', async () => {
    const { direct, slow, running } = await begin();
    slow.refuse(new Error('The lease was lost.'));
    await expect(running).rejects.toThrow('The lease was lost.');
    expect(direct.calls).toEqual([]);
  });
});
