// The whole program with its real worker: the model that a run has begun with goes on with it, and an answer is signed by who wrote it.
import { randomUUID } from 'node:crypto';
import { expect, test, type TestContext } from 'vitest';
import { isOver, openAnsweringChat } from '../support/answering-chat.ts';
import { failOnLeaks } from '../support/leaks.ts';
import type { Script } from '../support/scripted-models/script.ts';
import { startScriptedServer } from '../support/scripted-models/scripted-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

async function open({ onTestFinished }: TestContext, script: Script) {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  const server = await startScriptedServer({ script });
  onTestFinished(() => server.close());
  const chat = await openAnsweringChat(folder.path, undefined, server.baseUrl);
  onTestFinished(() => chat.program.close());
  const first = (await chat.ok('providers.list', {})).choices.chat?.providerId;
  if (first === undefined) throw new Error('No model is chosen.');
  /** Another provider with another model is chosen for the chat. */
  async function chooseAnother(): Promise<void> {
    const provider = await chat.ok('providers.save', {
      requestKey: randomUUID(),
      kind: 'openai_compatible',
      name: 'Another',
      baseUrl: server.baseUrl,
      key: { is: 'kept' },
    });
    await chat.ok('providers.choose', { role: 'chat', choice: { providerId: provider.id, modelId: 'another', contextTokens: 16_384 } });
  }
  const modelsAsked = () => server.requests.map(({ model }) => model);
  return { chat, first, chooseAnother, modelsAsked };
}

const asksYear: Script = ({ body }) =>
  JSON.stringify(body).includes('In 2020')
    ? { kind: 'answer', text: 'Twelve.' }
    : {
        kind: 'answer',
        toolCalls: [{ id: 'c1', name: 'ask_person', input: { question: 'Which year?', choices: ['In 2020', 'In 2021'] } }],
      };

test('a run that has waited goes on with the model it has begun with, whatever was chosen meanwhile', async context => {
  const { chat, chooseAnother, modelsAsked } = await open(context, asksYear);
  const { answer } = await chat.send('How many?');
  if (answer.jobId === null) throw new Error('An answer has a job.');
  await chat.job(answer.jobId, ({ waitReason }) => waitReason === 'answer');
  await chooseAnother();
  const [asked] = (await chat.ok('approvals.list', {})).approvals;
  if (asked === undefined) throw new Error('Nothing is asked.');
  await chat.ok('approvals.answer', { approvalId: asked.id, decision: 'allow', answer: 'In 2020', requestKey: randomUUID() });
  const told = await chat.message(answer.id, isOver);
  expect(told).toMatchObject({ state: 'completed', model: { provider: 'Scripted', modelId: 'scripted' } });
  expect(modelsAsked()).toEqual(['scripted', 'scripted']);
});

test('whose model has been removed meanwhile goes on with the one chosen now, and says so', async context => {
  const { chat, first, chooseAnother, modelsAsked } = await open(context, asksYear);
  const { answer } = await chat.send('How many?');
  if (answer.jobId === null) throw new Error('An answer has a job.');
  await chat.job(answer.jobId, ({ waitReason }) => waitReason === 'answer');
  await chooseAnother();
  await chat.ok('providers.remove', { providerId: first });
  const [asked] = (await chat.ok('approvals.list', {})).approvals;
  if (asked === undefined) throw new Error('Nothing is asked.');
  await chat.ok('approvals.answer', { approvalId: asked.id, decision: 'allow', answer: 'In 2020', requestKey: randomUUID() });
  const told = await chat.message(answer.id, isOver);
  expect(told).toMatchObject({ state: 'completed', model: { provider: 'Another', modelId: 'another' } });
  expect(modelsAsked()).toEqual(['scripted', 'another']);
});

test('who asks again by hand asks the model chosen now, and the answer is signed with it', async context => {
  const { chat, chooseAnother, modelsAsked } = await open(context, ({ model }) =>
    model === 'another' ? { kind: 'answer', text: 'Here.' } : { kind: 'refusal', status: 400, error: { message: 'No.' } },
  );
  const { answer } = await chat.send('Are you there?');
  expect(await chat.message(answer.id, isOver)).toMatchObject({ state: 'failed', model: { modelId: 'scripted' } });
  await chooseAnother();
  await chat.ok('messages.retry', { messageId: answer.id, requestKey: randomUUID() });
  const told = await chat.message(answer.id, ({ state }) => state === 'completed');
  expect(told).toMatchObject({ text: 'Here.', model: { provider: 'Another', modelId: 'another' } });
  expect(modelsAsked().at(-1)).toBe('another');
});
