import { describe, expect, test } from 'vitest';
import { openWindow } from '../../../test/support/open-window.ts';
import { speech } from '../../../test/support/speech.ts';

test('tasks are said to be cancelled with a chat only when there were some', () => {
  expect(speech.ru.t.sidebar.removed('А', 0)).toBe('Чат «А» удалён.');
  expect(speech.ru.t.sidebar.removed('А', 2)).toBe('Чат «А» удалён, отменены 2 задачи.');
  expect(speech.en.t.sidebar.removed('A', 1)).toBe('The chat “A” is deleted and 1 task is cancelled.');
});

describe('the chats', () => {
  test('a removed chat comes back with its undo', async () => {
    const { services, main } = await openWindow();
    expect(await services.sessions.remove(main.id)).toMatchObject({ ok: true });
    expect(services.sessions.getState().sessions.some(session => session.id === main.id)).toBe(false);
    expect(await services.sessions.restore(main.id)).toBeNull();
    expect(services.sessions.getState().sessions.some(session => session.id === main.id)).toBe(true);
  });

  test('a search shows main’s matches, and a new chat does not slip in', async () => {
    const { services, backend } = await openWindow();
    await services.sessions.setSearch('договор');
    expect(services.sessions.getState().sessions.map(session => session.title)).toEqual(['Договор аренды мастерской']);
    backend.putSession(backend.newSession('Новое'));
    expect(services.sessions.getState().sessions).toHaveLength(1);
  });
});
