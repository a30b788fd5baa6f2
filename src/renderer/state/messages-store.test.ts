import { describe, expect, test } from 'vitest';
import { settle, openWindow } from '../../../test/support/open-window.ts';

describe('the messages of the open chat', () => {
  test('a streaming answer replaces itself and another chat’s does not show', async () => {
    const { services, backend, main, empty } = await openWindow();
    const answer = backend.newMessage(main.id, 'assistant', 'a', { state: 'streaming' });
    backend.putMessages(answer);
    backend.putMessages({ ...answer, text: 'ab' });
    backend.putMessages(backend.newMessage(empty.id, 'assistant', 'other'));
    backend.putMessages({ ...answer, text: 'abc', state: 'completed' });
    const messages = services.messages.getState().transcript?.messages ?? [];
    expect(messages.at(-1)).toMatchObject({ text: 'abc', state: 'completed' });
    expect(messages.some(message => message.text === 'other')).toBe(false);
    expect(services.announcer.getState().text).toBe('Ответ готов');
  });

  test('a missed event is made good by the snapshot', async () => {
    const { services, backend, main } = await openWindow();
    const missed = backend.newMessage(main.id, 'assistant', 'missed');
    backend.messages.set(missed.id, missed);
    backend.skipEvent('messages.changed');
    backend.putMessages(backend.newMessage(main.id, 'assistant', 'next'));
    await settle();
    expect(
      services.messages
        .getState()
        .transcript?.messages.map(message => message.text)
        .slice(-2),
    ).toEqual(['missed', 'next']);
  });

  test('switching chats while one loads shows the chat that is open', async () => {
    const { services, backend, main, empty } = await openWindow();
    services.view.openSession(empty.id);
    await settle();
    backend.hold('messages.list');
    services.view.openSession(main.id);
    await settle();
    services.view.openSession(empty.id);
    backend.release();
    await settle();
    expect(services.messages.getState()).toMatchObject({ sessionId: empty.id, transcript: { messages: [] } });
  });
});
