// The whole program with its real worker and a scripted model: what an answer asks outlives the program.
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { CallInput, CallName, CallOutput } from '../../src/shared/contract/contract.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { openTestApp, type TestApp } from '../support/open-test-app.ts';
import { patienceMs } from '../support/patience.ts';
import { startScriptedServer, type ScriptedServer } from '../support/scripted-models/scripted-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

let dataDir: string;
let server: ScriptedServer;
beforeEach(async ({ onTestFinished: afterwards }) => {
  const folder = tempFolder();
  dataDir = folder.path;
  server = await startScriptedServer({
    script: ({ body }) =>
      JSON.stringify(body).includes('За 2020')
        ? { kind: 'answer', text: 'Тогда за 2020 год.' }
        : {
            kind: 'answer',
            text: 'Уточню. ',
            toolCalls: [{ id: 'c1', name: 'ask_person', input: { question: 'За какой год?', choices: ['За 2020', 'За 2021'] } }],
          },
  });
  afterwards(async () => {
    await server.close();
    folder.remove();
  });
});

async function ok<N extends CallName>({ client }: TestApp, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const result = await client.call(name, input);
  if (!result.ok) throw new Error(`${name}: ${result.error.code}: ${result.error.message}`);
  return result.value;
}

test('an answer asks, waits over a restart without its worker, and goes on with what the person says', async ({ onTestFinished }) => {
  const first = openTestApp(dataDir);
  onTestFinished(() => first.close());
  const provider = await ok(first, 'providers.save', {
    kind: 'openai_compatible',
    name: 'Scripted',
    baseUrl: server.baseUrl,
    requestKey: randomUUID(),
  });
  await ok(first, 'providers.choose', {
    role: 'chat',
    choice: { providerId: provider.id, modelId: 'scripted', contextTokens: 32_768 },
  });
  const chat = await ok(first, 'sessions.create', { requestKey: randomUUID(), title: null });
  const { answer } = await ok(first, 'messages.send', { sessionId: chat.id, requestKey: randomUUID(), text: 'Сколько их было?' });
  const { jobId } = answer;
  if (jobId === null) throw new Error('An answer has a job.');
  await expect
    .poll(() => ok(first, 'approvals.list', {}).then(({ approvals }) => approvals), { timeout: patienceMs })
    .toMatchObject([{ jobId, sessionId: chat.id, type: 'question', tool: 'ask_person', title: 'За какой год?' }]);
  await expect
    .poll(() => ok(first, 'jobs.inspect', { jobId }), { timeout: patienceMs })
    .toMatchObject({
      job: { state: 'waiting', waitReason: 'answer' },
    });
  const asked = server.requests.length;
  await first.close();

  const second = openTestApp(dataDir);
  onTestFinished(() => second.close());
  const [approval] = (await ok(second, 'approvals.list', {})).approvals;
  if (approval === undefined) throw new Error('Nothing is asked after the restart.');
  const given = { approvalId: approval.id, decision: 'allow', answer: 'За 2020' } as const;
  await ok(second, 'approvals.answer', { ...given, requestKey: randomUUID() });
  expect(await second.client.call('approvals.answer', { ...given, requestKey: randomUUID() })).toMatchObject({
    ok: false,
    error: { code: 'already_answered' },
  });
  await expect
    .poll(() => ok(second, 'messages.list', { sessionId: chat.id }).then(({ messages }) => messages.at(-1)), { timeout: patienceMs })
    .toMatchObject({ id: answer.id, state: 'completed', text: expect.stringContaining('Тогда за 2020 год.') });
  // What the model had said before was recorded: it is called once more, and pays for nothing twice.
  expect(server.requests.length).toBe(asked + 1);
});
