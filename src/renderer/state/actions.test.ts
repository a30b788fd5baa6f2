import { describe, expect, test } from 'vitest';
import { createActions } from './actions.ts';
import { uploadChunkBytes } from '../../shared/contract/documents.ts';
import { settle, openWindow } from '../../../test/support/open-window.ts';

describe('files that are added', () => {
  test('files are added in the order in which they were chosen, whichever is sent first', async () => {
    const { services } = await openWindow();
    const before = new Set(services.documents.getState().documents?.map(({ id }) => id));
    const files = [3 * uploadChunkBytes, 10, 10].map((size, at) => new File([new Uint8Array(size)], `${at}.txt`));
    await createActions(services).addFiles(files);
    await settle();
    const added = services.documents.getState().documents?.filter(({ id }) => !before.has(id));
    expect(added?.map(({ title }) => title)).toEqual(['0.txt', '1.txt', '2.txt']);
  });

  test('files dropped one after the other before there is a chat make one', async () => {
    const { services, main } = await openWindow();
    const actions = createActions(services);
    const before = services.sessions.getState().byId.size;
    const drop = (name: string) => actions.addFiles([new File(['text'], name)]);
    services.view.openSession(null);
    await Promise.all([drop('1.txt'), drop('2.txt')]);
    await settle();
    expect(services.sessions.getState().byId.size).toBe(before + 1);
    expect(services.documents.getState().documents?.map(({ title }) => title)).toEqual(['1.txt', '2.txt']);

    // What is dropped while a new chat is on its way is meant for it, and not for the one that is still open.
    services.view.openSession(main.id);
    await Promise.all([actions.newChat(), drop('3.txt')]);
    await settle();
    expect(services.documents.getState()).toMatchObject({ documents: [{ title: '3.txt' }] });
    expect(services.sessions.getState().byId.size).toBe(before + 2);
  });

  test('what is said after a file was chosen waits until the file is in the chat', async () => {
    const { services } = await openWindow({ onStart: true });
    const actions = createActions(services);
    const bytes = Promise.withResolvers<ArrayBuffer>();
    const adding = actions.addFiles([{ name: 'slow.txt', size: 3, slice: () => ({ arrayBuffer: () => bytes.promise }) }]);
    // As the composer does when Enter follows at once: the chat is on its way, and so is the file.
    const target = await actions.newChat();
    if (!target) throw new Error('There is no chat.');
    let isTold = false;
    const told = actions.whenAdded(target).then(() => (isTold = true));
    await settle();
    expect(isTold).toBe(false);
    bytes.resolve(new TextEncoder().encode('abc').buffer);
    await told;
    expect(services.documents.getState().documents).toMatchObject([{ title: 'slow.txt' }]);
    await adding;
    const other = await actions.newChat();
    if (other) await actions.whenAdded(other);
  });
});

test('what is typed at once after another chat was asked for is said there, and not in the one before', async () => {
  const { services, main } = await openWindow();
  const { drafts, view } = services;
  drafts.put(main.id, 'for the old chat');
  const made = createActions(services).leaveForNewChat();
  drafts.put(view.getState().sessionId, 'for the new one');
  const target = await made;
  if (!target) throw new Error('There is no chat.');
  expect(view.getState().sessionId).toBe(target);
  expect([main.id, target, null].map(id => drafts.of(id))).toEqual(['for the old chat', 'for the new one', '']);
});
