import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Client } from '../../src/shared/contract/client.ts';
import type { SessionId } from '../../src/shared/domain/ids.ts';
import type { MessageView } from '../../src/shared/domain/session.ts';
import { violationsInFile } from '../support/invariants/violations.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { openTestApp } from '../support/open-test-app.ts';
import { value } from '../support/program/running-program.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

/** What a restless person does while two answers come in. */
const switches = 100;

const materials = [
  'Кэш хранит результаты дорогих вычислений в памяти. Инвалидация кэша удаляет записи, которые устарели.',
  'Фотосинтез превращает свет в химическую энергию. Хлорофилл поглощает красный и синий свет.',
];
const questions = ['Что такое инвалидация кэша?', 'Что поглощает хлорофилл?'];

/** Two chats, each with a document of its own that has been read. */
async function twoChats(client: Client): Promise<SessionId[]> {
  const sessions: SessionId[] = [];
  for (const [n, text] of materials.entries()) {
    const { id } = value(await client.call('sessions.create', { requestKey: randomUUID() }));
    const { jobId } = value(
      await client.call('documents.add', { sessionId: id, requestKey: randomUUID(), from: { kind: 'text', name: `${n}.txt`, text } }),
    );
    if (jobId !== null) await ended(client, jobId);
    sessions.push(id);
  }
  return sessions;
}

function ended(client: Client, jobId: NonNullable<MessageView['jobId']>): Promise<void> {
  return new Promise((resolve, reject) => {
    client.openStream(
      'jobs.follow',
      { jobId },
      {
        onChunk: view => {
          if (view.id !== jobId) reject(new Error(`The stream of job ${jobId} told of job ${view.id}.`));
        },
        onEnd: error => {
          if (error === null) resolve();
          else reject(new Error(error.message));
        },
      },
    );
  });
}

async function messagesOf(client: Client, sessionId: SessionId): Promise<readonly MessageView[]> {
  return value(await client.call('messages.list', { sessionId })).messages;
}

/** Asks both chats at once and switches to and fro meanwhile; the text of each answer. */
async function ask(client: Client, sessions: readonly SessionId[], times: number): Promise<string[]> {
  const strays: string[] = [];
  const stop = client.onEvent('messages.changed', ({ sessionId, messages }) => {
    for (const message of messages) if (message.sessionId !== sessionId) strays.push(`${message.id} came with chat ${sessionId}`);
  });
  const asked = await Promise.all(
    sessions.map(async (sessionId, n) =>
      value(await client.call('messages.send', { sessionId, requestKey: randomUUID(), text: questions[n] ?? '', documentIds: [] })),
    ),
  );
  const streams = Promise.all(asked.flatMap(({ answer }) => (answer.jobId === null ? [] : [ended(client, answer.jobId)])));
  for (let n = 0; n < times; n += 1) {
    const sessionId = sessions[n % 2];
    if (sessionId === undefined) throw new Error('There are two chats.');
    for (const message of await messagesOf(client, sessionId))
      if (message.sessionId !== sessionId) strays.push(`${message.id} in chat ${sessionId}`);
  }
  await streams;
  stop();
  expect(strays).toEqual([]);
  const texts: string[] = [];
  for (const [n, sessionId] of sessions.entries()) {
    const answer = (await messagesOf(client, sessionId)).find(message => message.id === asked[n]?.answer.id);
    expect(answer).toMatchObject({ state: 'completed', sessionId });
    texts.push(answer?.text ?? '');
  }
  return texts;
}

test('switching a hundred times while two answers come in changes neither of them', async () => {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  const open = openTestApp(folder.path);
  onTestFinished(() => open.close());
  const sessions = await twoChats(open.client);
  const calm = await ask(open.client, sessions, 0);
  const restless = await ask(open.client, sessions, switches);
  expect(restless).toEqual(calm);
  expect(calm[0]).toMatch(/[Ии]нвалидация/u);
  expect(calm[1]).toMatch(/[Хх]лорофилл/u);
  await open.close();
  const known = { enqueued: [], liveLeases: new Set<string>(), artifacts: join(folder.path, 'artifacts') };
  expect(violationsInFile(join(folder.path, 'konspekt.db'), known)).toEqual([]);
});
