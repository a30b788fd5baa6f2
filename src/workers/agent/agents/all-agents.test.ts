import { afterEach, describe, expect, test } from 'vitest';
import type { ScriptedReply } from '../../../../test/support/scripted-models/script.ts';
import { startScriptedServer, type ScriptedServer } from '../../../../test/support/scripted-models/scripted-server.ts';
import { agentDocumentId, agentInput, foundPassage, said } from '../../../../test/support/workers/agent-input.ts';
import { directContext } from '../../../../test/support/workers/direct-context.ts';
import { taskSpecs } from '../../../shared/contract/worker/tasks.ts';
import { type AgentInput } from '../../../shared/contract/worker/agent-input.ts';
import { type HostCallName } from '../../../shared/contract/worker/host-calls.ts';
import { agentNames, agentSetup, ownTools, type AgentName } from '../../../shared/domain/agent.ts';
import { agentRun } from '../run-with-model.ts';
import { allAgents } from './all-agents.ts';

let server: ScriptedServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

const call = (name: string, input: unknown, id = name): ScriptedReply => ({ kind: 'answer', toolCalls: [{ id, name, input }] });

/** A task in the background, with a model that follows the script. */
async function work(
  agent: AgentName,
  script: readonly [ScriptedReply, ...ScriptedReply[]],
  answerTo: (name: HostCallName, input: unknown) => unknown,
  over: Partial<AgentInput> = {},
) {
  server ??= await startScriptedServer({ script });
  const direct = directContext<'agent.run'>({ answerTo });
  const input = agentInput(server.baseUrl, { agent, task: 'Разберись с журналом.', depth: 1, ...over });
  const output = await agentRun(taskSpecs['agent.run'].input.parse(input), direct.context);
  expect(taskSpecs['agent.run'].output.parse(output)).toEqual(output);
  return { ...direct, output, setup: agentSetup.parse(direct.steps.get('setup')) };
}

test('everybody is there once, with prompts in both languages and tools that exist', () => {
  expect(allAgents.map(({ name }) => name)).toEqual([...agentNames]);
  for (const agent of allAgents) {
    expect(agent.prompt.ru).toMatch(/[а-я]/u);
    expect(agent.prompt.en).not.toMatch(/[а-я]/iu);
    expect(ownTools).toEqual(expect.arrayContaining([...agent.tools]));
    expect(new Set(agent.tools).size).toBe(agent.tools.length);
    // What a prompt tells of, the agent has.
    for (const tool of ownTools) {
      for (const text of [agent.prompt.ru, agent.prompt.en]) {
        if (text.includes(tool)) expect(agent.tools, `${agent.name}: ${tool}`).toContain(tool);
      }
    }
  }
});

test('the analyst answers from documents, with the places', async () => {
  const text = 'Журнал хранится девяносто дней.\n\nПосле этого записи удаляются автоматически, без восстановления.';
  const { output, calls } = await work(
    'analyst',
    [
      call('read_document', { documentId: agentDocumentId, start: 10 }),
      { kind: 'answer', text: '| Что | Сколько |\n|---|---|\n| Журнал | 90 дней [1] |' },
    ],
    (_name, input) => ({
      title: 'Регламент',
      text,
      start: 10,
      end: 10 + text.length,
      charCount: 1_000,
      page: 3,
      snapshotHash: 'a'.repeat(64),
      ...(input as object as { limit: never }),
      limit: undefined,
      documentId: undefined,
    }),
  );
  expect(output.text).toContain('90 дней [1]');
  expect(output.citations).toMatchObject([{ start: 10, page: 3, quote: text, support: 'verified' }]);
  expect(calls.map(({ name }) => name)).toEqual(['document.read']);
  expect(JSON.stringify(server?.requests[1]?.body)).toContain('read_document с start');
});

describe('the planner', () => {
  const parts = {
    tasks: [
      { agent: 'analyst', title: 'Сроки', task: 'Найди сроки хранения.' },
      { agent: 'source_finder', title: 'Законы', task: 'Найди законы о хранении.' },
    ],
  };
  const script = [call('run_in_background', parts), { kind: 'answer', text: 'Итог: 90 дней.' }] as const;

  test('begins its parts together, waits for them, and puts their results together', async () => {
    const { output, calls, steps } = await work('planner', script, () => ({ jobId: null, state: 'done', text: 'Девяносто дней [4].' }));
    expect(output.text).toBe('Итог: 90 дней.');
    expect(calls).toMatchObject([
      {
        name: 'work.start',
        input: { key: expect.stringMatching(/^tool:1\.0:0:/u), work: { kind: 'agent', agent: 'analyst', isPart: true } },
      },
      {
        name: 'work.start',
        input: { key: expect.stringMatching(/^tool:1\.0:1:/u), work: { kind: 'agent', agent: 'source_finder', isPart: true } },
      },
    ]);
    // A number of nothing that the part was shown is removed.
    expect(steps.get('tool:1.0')).toMatchObject({ isError: false, text: expect.stringContaining('1. Сроки — готово\nДевяносто дней.') });
  });

  test('may cite what a part has cited, under a number of its own', async () => {
    const { source, snapshotHash, start, end, page, prefix, suffix } = foundPassage('Срок — 90 дней.');
    const citation = {
      source,
      snapshotHash,
      start,
      end,
      page,
      prefix,
      suffix,
      quote: 'Срок — 90 дней.',
      messageId: null,
      support: 'verified',
    };
    const cites = [call('run_in_background', parts), { kind: 'answer', text: 'Итог: 90 дней [1].' }] as const;
    const { output, steps } = await work('planner', cites, () => ({
      jobId: null,
      state: 'done',
      text: 'Девяносто дней [4]. Код: `a[4]`.',
      passages: [{ number: 4, citation }],
    }));
    expect(steps.get('tool:1.0')).toMatchObject({
      text: expect.stringContaining('Девяносто дней [1]. Код: `a[4]`.'),
      passages: [{ number: 1, citation: { quote: 'Срок — 90 дней.' } }],
    });
    expect(output).toMatchObject({ text: 'Итог: 90 дней [1].', citations: [{ quote: 'Срок — 90 дней.', support: 'verified' }] });
  });

  test('is told of a part that failed', async () => {
    const { steps } = await work('planner', script, (_name, input) =>
      (input as { key: string }).key.startsWith('tool:1.0:1:')
        ? { jobId: null, state: 'failed', text: 'Нет сети.' }
        : { jobId: null, state: 'done', text: 'Найдено.' },
    );
    expect(steps.get('tool:1.0')).toMatchObject({ isError: false, text: expect.stringContaining('2. Законы — не получилось\nНет сети.') });
  });

  test('that is parked asks for all its parts before it leaves', async () => {
    server = await startScriptedServer({ script });
    const asked: string[] = [];
    const direct = directContext<'agent.run'>({
      answerTo(_name, input) {
        asked.push((input as { key: string }).key);
        if (asked.length === 2) direct.abort.abort();
        return new Promise((_, reject) => {
          direct.abort.signal.addEventListener('abort', () => {
            reject(new DOMException('Parked.', 'AbortError'));
          });
          if (direct.abort.signal.aborted) reject(new DOMException('Parked.', 'AbortError'));
        });
      },
    });
    const input = agentInput(server.baseUrl, { agent: 'planner', task: 'Разберись.', depth: 1 });
    await expect(agentRun(input, direct.context)).rejects.toMatchObject({ name: 'AbortError' });
    expect(asked.map(key => key.slice(0, -9))).toEqual(['tool:1.0:0', 'tool:1.0:1']);
    expect([...direct.steps.keys()]).toEqual(['setup', 'model:1', 'part:1.0.0', 'part:1.0.1']);
  });
});

test('the source finder proposes what it found, and adds nothing itself', async () => {
  const source = { url: 'https://law.example/journal', title: 'Закон о журналах', why: 'Называет срок.' };
  const { output, calls } = await work(
    'source_finder',
    [
      call('add_source', source),
      call('add_source', { url: 'file:///etc/passwd', title: 'x', why: 'x' }, 'c2'),
      { kind: 'answer', text: 'Нашёл один.' },
    ],
    () => null,
  );
  expect(output.sources).toEqual([source]);
  expect(calls).toEqual([]);
});

test('the synopsis manager begins the synopsis once', async () => {
  const { output, calls } = await work(
    'synopsis_manager',
    [call('make_synopsis', {}), { kind: 'answer', text: 'Конспект делается.' }],
    () => ({
      jobId: null,
      state: 'started',
      text: '',
    }),
  );
  expect(output.text).toBe('Конспект делается.');
  expect(calls).toMatchObject([{ name: 'work.start', input: { key: 'tool:1.0', work: { kind: 'synopsis' } } }]);
});

test('the assistant hands long work to the background, and waits for nothing', async () => {
  const tasks = [{ agent: 'analyst', title: 'Сравнение', task: 'Сравни все договоры.' }];
  const { calls, output } = await work(
    'assistant',
    [call('run_in_background', { tasks }), { kind: 'answer', text: 'Начал в фоне.' }],
    () => ({ jobId: null, state: 'started', text: '' }),
  );
  expect(output.text).toBe('Начал в фоне.');
  expect(calls).toMatchObject([{ name: 'work.start', input: { work: { agent: 'analyst', isPart: false } } }]);
});

test('what could not begin in the background says why, so that the person can be told', async () => {
  const tasks = [{ agent: 'browser', title: 'Цены', task: 'Сравни цены.' }];
  const { steps } = await work('assistant', [call('run_in_background', { tasks }), { kind: 'answer', text: 'Нужен браузер.' }], () => ({
    jobId: null,
    state: 'failed',
    text: 'No Chrome, Edge or Chromium is installed here.',
  }));
  expect(steps.get('tool:1.0')).toMatchObject({
    isError: true,
    text: '1. Цены — не получилось: No Chrome, Edge or Chromium is installed here.',
  });
});

test('a question waits for the person and comes back with their words', async () => {
  const { calls, steps } = await work(
    'assistant',
    [call('ask_person', { question: 'За какой год?', choices: ['2024', '2025'] }), { kind: 'answer', text: 'Хорошо.' }],
    () => ({ decision: 'allow', answer: '2025', by: 'person' }),
  );
  expect(calls).toMatchObject([{ name: 'person.ask', input: { type: 'question', key: 'question:tool:1.0', choices: ['2024', '2025'] } }]);
  expect(steps.get('tool:1.0')).toMatchObject({ text: 'Ответ человека: 2025' });
});

describe('tools are offered where they are of use', () => {
  const done: ScriptedReply = { kind: 'answer', text: 'Да.' };
  test('and where they fit', async () => {
    const bare = await work('assistant', [done], () => null, { documents: [], depth: 2 });
    expect(bare.setup.tools).not.toContain('read_document');
    expect(bare.setup.tools).not.toContain('run_in_background');
    const { connection } = agentInput(server?.baseUrl ?? '');
    const small = await work('assistant', [done], () => null, { connection: { ...connection, contextTokens: 4_096 }, depth: 0 });
    expect(small.setup.tools.slice(0, 2)).toEqual(['search_material', 'read_document']);
    const tiny = await work('assistant', [done], () => null, { connection: { ...connection, contextTokens: 1_700 }, depth: 0 });
    expect(tiny.setup.tools).toEqual(['search_material']);
    const roomy = await work('assistant', [done], () => null, { depth: 0 });
    expect(small.setup.tools.length).toBeLessThan(roomy.setup.tools.length);
    expect(roomy.setup.tools).toContain('schedule_job');
  });
});

test('a long conversation is fitted into a small context, the newest kept', async () => {
  server = await startScriptedServer({ script: [{ kind: 'answer', text: 'Да.' }] });
  const conversation = Array.from({ length: 200 }, (_, index) =>
    said(index + 1, index % 2 === 0 ? 'person' : 'assistant', `Сообщение ${index} [${index}]. ${'слово '.repeat(40)}`),
  );
  const connection = { ...agentInput(server.baseUrl).connection, contextTokens: 4_096 };
  await work('assistant', [{ kind: 'answer', text: 'Да.' }], () => [foundPassage('x')], { conversation, connection });
  const body = JSON.stringify(server.requests[0]?.body);
  expect(body).toContain('Разберись с журналом.');
  expect(body).toContain('Сообщение 199.');
  expect(body).not.toContain('Сообщение 0.');
  expect(body).toContain('опущено');
  expect(body).toMatch(/^[^]*"role":"system"[^]*?"role":"user"/u);
  // The numbers of an earlier answer mean nothing here.
  expect(body).not.toMatch(/Сообщение 19[79] \[/u);
});

describe('a model that calls no tools', () => {
  const passage = foundPassage('Срок хранения журнала составляет девяносто дней.');
  const answer: ScriptedReply = { kind: 'answer', text: 'Девяносто [1].' };

  test('is given what the words of the task find', async () => {
    const refusal: ScriptedReply = {
      kind: 'refusal',
      status: 400,
      error: { message: 'registry.ollama.ai/library/gemma:2b does not support tools' },
    };
    server = await startScriptedServer({ script: ({ body }) => ('tools' in body ? refusal : answer) });
    const { output, steps } = await work('assistant', [answer], () => [passage]);
    expect(output).toMatchObject({ text: 'Девяносто [1].', citations: [{ quote: passage.text }] });
    expect([...steps.keys()]).toEqual(['setup', 'tool:0.0', 'model:2']);
    expect(server.requests[1]?.lastText).toContain(passage.text);
    // An attempt that follows says the same.
    const direct = directContext<'agent.run'>({ recorded: steps });
    const again = await agentRun(agentInput(server.baseUrl, { task: 'Разберись с журналом.', depth: 1 }), direct.context);
    expect(again).toEqual(output);
  });
});

test('a task that does not fit at all says so', async () => {
  server = await startScriptedServer({ script: [{ kind: 'answer', text: 'Да.' }] });
  const connection = { ...agentInput(server.baseUrl).connection, contextTokens: 4_096 };
  await expect(
    work('analyst', [{ kind: 'answer', text: 'Да.' }], () => null, { task: 'слово '.repeat(3_000), connection }),
  ).rejects.toMatchObject({
    code: 'context_too_long',
    retryable: false,
  });
  expect(server.requests).toEqual([]);
});

test('at its limit an agent has one last call, in which it may call nothing', async () => {
  const search = (number: number): ScriptedReply => ({
    kind: 'answer',
    text: `Шаг ${number}.`,
    toolCalls: [{ id: `c${number}`, name: 'search_material', input: { query: `слово ${number}` } }],
  });
  server = await startScriptedServer({ script: ({ number }) => search(number) });
  const { output } = await work('synopsis_manager', [search(1)], () => []);
  expect(output.text).toBe('Шаг 10.');
  expect(server.requests).toHaveLength(10);
  expect(server.requests[9]?.body).toMatchObject({ tool_choice: 'none' });
  expect(server.requests[9]?.lastText).toContain('Больше вызовов инструментов не будет');
});
