import { expect, test } from 'vitest';
import { openWindow } from '../../../test/support/open-window.ts';

async function opened() {
  const { services, backend } = await openWindow();
  const { notices } = services;
  const titles = () => notices.getState().notices.map(({ title }) => title);
  return { notices, told: backend.told, titles, unread: () => notices.getState().unread };
}

test('the count follows what is told; the list is read while it is on the screen', async () => {
  const { notices, told, titles, unread } = await opened();
  told.put({ event: 'task_done', title: 'Раз' });
  await expect.poll(unread).toBe(1);
  expect(titles()).toEqual([]);
  notices.setListed(true);
  await expect.poll(titles).toEqual(['Раз']);
  told.put({ event: 'question', title: 'Два' });
  await expect.poll(titles).toEqual(['Два', 'Раз']);
  notices.setListed(false);
  told.put({ event: 'failed', title: 'Три' });
  await expect.poll(unread).toBe(3);
  expect(titles()).toEqual(['Два', 'Раз']);
});

test('what is answered elsewhere is unread no more, and one that is read stays in the list', async () => {
  const { notices, told, unread } = await opened();
  notices.setListed(true);
  const asked = told.put({ event: 'question', title: 'Вопрос' });
  const done = told.put({ event: 'task_done', title: 'Готово' });
  await expect.poll(unread).toBe(2);
  told.settle(asked.id);
  await expect.poll(unread).toBe(1);
  await expect.poll(() => notices.getState().notices.map(({ isOver }) => isOver)).toEqual([false, true]);
  expect(await notices.read([done.id])).toBeNull();
  expect(unread()).toBe(0);
  expect(notices.getState().notices).toMatchObject([{ isRead: true }, { isOver: true }]);
});

test('further pages go below, stay there when something new comes, and all are read at once', async () => {
  const { notices, told, titles, unread } = await opened();
  for (let n = 1; n <= 70; n += 1) told.put({ event: 'task_done', title: String(n) });
  notices.setListed(true);
  await expect.poll(() => titles().length).toBe(50);
  await notices.loadMore();
  expect(titles()).toEqual(Array.from({ length: 70 }, (_, at) => String(70 - at)));
  expect(notices.getState().next).toBeNull();
  told.put({ event: 'failed', title: 'новое' });
  await expect.poll(() => titles()[0]).toBe('новое');
  expect(titles().length).toBeGreaterThanOrEqual(50);
  expect(await notices.read(null)).toBeNull();
  await expect.poll(unread).toBe(0);
  expect(notices.getState().notices.every(({ isRead }) => isRead)).toBe(true);
});
