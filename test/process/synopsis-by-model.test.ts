import { expect, onTestFinished, test } from 'vitest';
import { taskSpecs } from '../../src/shared/contract/worker/tasks.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { startScriptedServer } from '../support/scripted-models/scripted-server.ts';
import { agentInput } from '../support/workers/agent-input.ts';
import { snapshotOf, storeSnapshot, temporaryFolder } from '../support/workers/snapshot-file.ts';
import { synopsisTask, watch, type Watched } from '../support/workers/tasks.ts';
import { startTestSupervisor } from '../support/workers/test-supervisor.ts';

failOnLeaks();

const text = Array.from({ length: 120 }, (_, n) => `В отделе номер ${n + 100} за год закрыли ${n + 1000} заявок без единой жалобы.`).join(
  '\n',
);

/** Notes of each part it is shown; sections from the first notes. */
function answerTo(lastText: string): string {
  if (lastText.includes('часть длинного материала')) {
    const found = [...lastText.matchAll(/В отделе номер (\d+) за год закрыли \d+ заявок/gu)];
    return JSON.stringify({
      items: found.slice(0, 4).map(([quote, who]) => ({ kind: 'theses', text: `Отдел ${who}`, quotes: [{ source: 1, quote }] })),
    });
  }
  const numbers = [...lastText.matchAll(/^\[(\d+)\]/gmu)].map(([, number]) => Number(number));
  return JSON.stringify({ items: numbers.slice(0, 2).map(number => ({ text: `Из заметки ${number}`, notes: [number] })) });
}

/** Killed after so many steps of an attempt; two kills are fewer than the supervisor takes for a worker that cannot live. */
const stepsPerAttempt = 4;

test('a synopsis by a model whose worker is killed twice finishes, with no call paid for twice', async () => {
  const server = await startScriptedServer({ script: ({ lastText }) => ({ kind: 'answer', text: answerTo(lastText) }) });
  onTestFinished(() => server.close());
  const { runner, pids } = startTestSupervisor({
    entry: 'src/workers/synopsis/entry.ts',
    settings: { maxProcesses: 1, tasksPerProcess: 1 },
  });
  const input = JSON.stringify({
    title: 'Отделы',
    detail: 'short',
    template: 'article',
    language: 'ru',
    sections: ['summary', 'theses'],
    sources: [storeSnapshot(temporaryFolder(), snapshotOf(text))],
    coverage: [],
    stagingDir: '/nowhere',
    model: {
      models: [{ provider: 'P', connection: { ...agentInput(server.baseUrl).connection, contextTokens: 4_096 } }],
      instruction: null,
    },
  });
  const recorded: { name: string; output: string }[] = [];
  let output: string | null = null;
  let kills = 0;
  let tokens = 0;
  for (let attempt = 1; output === null && attempt < 5; attempt += 1) {
    const upTo = recorded.length + stepsPerAttempt;
    const watched: Watched = watch({
      onStep(step) {
        recorded.push({ name: step.name, output: step.output });
        tokens += step.usage?.tokens ?? 0;
        // Committed, and before the worker hears of it, its process dies.
        if (recorded.length === upTo && kills < 2) {
          kills += 1;
          process.kill(pids.at(-1) ?? 0, 'SIGKILL');
        }
        return Promise.resolve();
      },
    });
    const end = await runner.run(synopsisTask([], { worker: 'synopsis', input, attempt, recorded: [...recorded] }), watched).ended;
    if (end.type === 'done') ({ output } = end);
  }
  expect(taskSpecs['synopsis.make'].output.parse(JSON.parse(output ?? 'null')).issues).toEqual([]);
  expect(pids).toHaveLength(3);
  const calls = recorded.filter(({ name }) => name.startsWith('ask:'));
  expect(calls.length).toBeGreaterThan(4);
  expect(new Set(recorded.map(({ name }) => name)).size).toBe(recorded.length);
  expect(server.requests).toHaveLength(calls.length);
  expect(tokens).toBe(calls.length * 46);
  const sections = recorded
    .filter(({ name }) => name.startsWith('section:'))
    .map(step => taskSpecs['synopsis.make'].steps.section.parse(JSON.parse(step.output)));
  expect(sections.map(({ kind, items }) => [kind, items.length])).toEqual([
    ['summary', 2],
    ['theses', 2],
  ]);
});
