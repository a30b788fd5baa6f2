import { onTestFinished, expect, test } from 'vitest';
import type { Task } from '../../src/main/engine/task-runner.ts';
import { taskSpecs } from '../../src/shared/contract/worker/tasks.ts';
import { failOnLeaks } from '../support/leaks.ts';
import type { ScriptedReply } from '../support/scripted-models/script.ts';
import { startScriptedServer } from '../support/scripted-models/scripted-server.ts';
import { agentInput, foundPassage } from '../support/workers/agent-input.ts';
import { chatTask, watch, type Watched } from '../support/workers/tasks.ts';
import { startTestSupervisor } from '../support/workers/test-supervisor.ts';

failOnLeaks();

/** Searches nine times, and then answers. */
const searches = 9;
function scripted(number: number): ScriptedReply {
  return number > searches
    ? { kind: 'answer', text: 'Девяносто дней [1].' }
    : {
        kind: 'answer',
        text: `Шаг ${number}.`,
        toolCalls: [{ id: `c${number}`, name: 'search_material', input: { query: `слово ${number}` } }],
      };
}

/** The twenty steps take two kills, fewer than the supervisor takes for a worker that cannot live. */
const stepsPerAttempt = 7;

/** Main's end of the host calls. Each search finds another passage. */
function hostCalls(written: { text: string }, onSearch: (query: string) => void) {
  return (name: string, input: string): Promise<string> => {
    const given = JSON.parse(input) as { query: string; at: number; text: string };
    if (name === 'passages.search') {
      onSearch(given.query);
      return Promise.resolve(JSON.stringify([foundPassage(`Срок — девяносто дней, ${given.query}.`, given.query.length * 10)]));
    }
    if (name === 'answer.write') written.text = written.text.slice(0, given.at) + given.text;
    return Promise.resolve('null');
  };
}

test('an agent of ten steps whose worker is killed twice finishes, with no step done twice', async () => {
  const server = await startScriptedServer({
    script: ({ body }) => scripted((body['messages'] as readonly { role: string }[]).filter(({ role }) => role === 'tool').length + 1),
  });
  onTestFinished(() => server.close());
  const { runner, pids } = startTestSupervisor({ entry: 'src/workers/agent/entry.ts' });
  const model = agentInput(server.baseUrl);
  const task: Partial<Task> = {
    input: JSON.stringify({
      sessionId: model.sessionId,
      messageId: model.conversation[0]?.id,
      question: 'Сколько хранится журнал?',
      language: 'ru',
      hasDocuments: true,
      documentsNotReady: 0,
      model,
    }),
  };
  const recorded: { name: string; output: string }[] = [];
  const searched: string[] = [];
  const written = { text: '' };
  let output: string | null = null;
  let usage = 0;
  for (let attempt = 1; output === null && attempt < 5; attempt += 1) {
    const upTo = recorded.length + stepsPerAttempt;
    const watched: Watched = watch({
      onHostCall: hostCalls(written, query => searched.push(query)),
      onStep(step) {
        recorded.push({ name: step.name, output: step.output });
        usage += step.usage?.tokens ?? 0;
        // Committed, and before the worker hears of it, its process dies.
        if (recorded.length === upTo) process.kill(pids.at(-1) ?? 0, 'SIGKILL');
        return Promise.resolve();
      },
    });
    const end = await runner.run(chatTask('', { ...task, attempt, recorded: [...recorded] }), watched).ended;
    if (end.type === 'done') ({ output } = end);
  }
  expect(taskSpecs['chat.answer'].output.parse(JSON.parse(output ?? 'null'))).toMatchObject({
    text: expect.stringMatching(/^Шаг 1\.\n\nШаг 2\.[^]*Шаг 9\.\n\nДевяносто дней \[1\]\.$/u),
    citations: [{ support: 'verified' }],
  });
  expect(written.text).toBe(taskSpecs['chat.answer'].output.parse(JSON.parse(output ?? 'null')).text);
  expect(pids.length).toBe(3);
  expect(new Set(recorded.map(({ name }) => name)).size).toBe(recorded.length);
  expect(server.requests).toHaveLength(searches + 1);
  expect(searched).toEqual(Array.from({ length: searches }, (_, index) => `слово ${index + 1}`));
  expect(usage).toBe((searches + 1) * 46);
});
