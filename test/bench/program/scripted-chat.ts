import { randomUUID } from 'node:crypto';
import type { Client } from '../../../src/shared/contract/client.ts';
import type { MessageId, SessionId } from '../../../src/shared/domain/ids.ts';
import type { MessageView } from '../../../src/shared/domain/session.ts';
import { value } from '../../support/program/running-program.ts';

/** Room for everything the scripts below say, so that nothing is left out of a conversation. */
const contextTokens = 131_072;

/** Makes the scripted server answer in the chats of this program. */
export async function connectScripted(client: Client, baseUrl: string): Promise<void> {
  const { id: providerId } = value(
    await client.call('providers.save', { requestKey: randomUUID(), kind: 'openai_compatible', name: 'Scripted', baseUrl }),
  );
  value(await client.call('providers.choose', { role: 'chat', choice: { providerId, modelId: 'scripted', contextTokens } }));
}

export async function newChat(client: Client, title: string): Promise<SessionId> {
  return value(await client.call('sessions.create', { requestKey: randomUUID(), title })).id;
}

/** Sends a question; `ended` resolves with its answer once that has its last state. */
export async function ask(client: Client, sessionId: SessionId, text: string): Promise<{ readonly ended: Promise<MessageView> }> {
  const over = Promise.withResolvers<MessageView>();
  let asked: MessageId | null = null;
  const early: MessageView[] = [];
  const take = (message: MessageView): void => {
    if (asked === null) early.push(message);
    else if (message.id === asked && message.state !== 'pending' && message.state !== 'streaming') over.resolve(message);
  };
  const stopListening = client.onEvent('messages.changed', changed => changed.messages.forEach(take));
  asked = value(await client.call('messages.send', { sessionId, requestKey: randomUUID(), text })).answer.id;
  early.forEach(take);
  return {
    ended: over.promise.then(message => {
      stopListening();
      if (message.state !== 'completed')
        throw new Error(`The answer to "${text}" ended as ${message.state}: ${JSON.stringify(message.error)}`);
      return message;
    }),
  };
}
