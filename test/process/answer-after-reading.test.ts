import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { Client } from '../../src/shared/contract/client.ts';
import type { MessageId, SessionId } from '../../src/shared/domain/ids.ts';
import type { MessageView } from '../../src/shared/domain/session.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { openTestChat } from '../support/open-test-chat.ts';

failOnLeaks();

let client: Client;
let sessionId: SessionId;
beforeEach(async ({ onTestFinished }) => {
  ({ client, sessionId } = await openTestChat(onTestFinished));
});

const text = 'The lighthouse was built in 1871 on a bare rock. Its keeper kept bees and wrote letters to his sister.';
const add = (from: { kind: 'text'; name: string; text: string } | { kind: 'url'; url: string }) =>
  client.call('documents.add', { sessionId, requestKey: randomUUID(), from });

/** Resolves with the answer once it is over; listens before it is asked for. */
async function ask(question: string): Promise<{ readonly id: MessageId; readonly answered: Promise<MessageView> }> {
  const over = new Map<MessageId, MessageView>();
  const waiting = Promise.withResolvers<MessageView>();
  let wanted: MessageId | null = null;
  const look = () => {
    const found = wanted === null ? undefined : over.get(wanted);
    if (found === undefined) return;
    stop();
    waiting.resolve(found);
  };
  const stop = client.onEvent('messages.changed', ({ messages }) => {
    for (const message of messages) if (message.state !== 'pending' && message.state !== 'streaming') over.set(message.id, message);
    look();
  });
  const sent = await client.call('messages.send', { sessionId, requestKey: randomUUID(), text: question });
  if (!sent.ok) throw new Error(sent.error.message);
  wanted = sent.value.answer.id;
  look();
  return { id: wanted, answered: waiting.promise };
}

test('a question asked right after a document is answered from that document', async () => {
  await add({ kind: 'text', name: 'lighthouse.txt', text });
  const { answered } = await ask('When was the lighthouse built?');
  expect(await answered).toMatchObject({ state: 'completed', note: 'no_model' });
  expect((await answered).citations[0]?.quote).toContain('1871');
});

test('both wait out a pause of the queue, and the answer still comes after the document', async () => {
  await client.call('app.setPaused', { paused: true });
  await add({ kind: 'text', name: 'lighthouse.txt', text });
  const { answered } = await ask('When was the lighthouse built?');
  await client.call('app.setPaused', { paused: false });
  expect(await answered).toMatchObject({ state: 'completed', note: 'no_model' });
});

test('a document that cannot be read holds up nobody', async () => {
  await add({ kind: 'text', name: 'lighthouse.txt', text });
  await add({ kind: 'text', name: 'blank.txt', text: ' ' });
  const { answered } = await ask('When was the lighthouse built?');
  expect(await answered).toMatchObject({ state: 'completed', note: 'no_model' });
});

test('an answer that waits for documents can be stopped', async () => {
  await client.call('jobs.setKindPaused', { kind: 'document.import', paused: true });
  await add({ kind: 'text', name: 'lighthouse.txt', text });
  const parked = Promise.withResolvers<undefined>();
  const stopListening = client.onEvent('jobs.changed', ({ jobs }) => {
    if (jobs.some(job => job.kind === 'chat.answer' && job.state === 'waiting' && job.waitReason === 'children')) parked.resolve(undefined);
  });
  const { id, answered } = await ask('When was the lighthouse built?');
  await parked.promise;
  stopListening();
  await client.call('messages.stop', { messageId: id });
  expect(await answered).toMatchObject({ state: 'stopped' });
});
