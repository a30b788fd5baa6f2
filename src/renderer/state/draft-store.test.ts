import { expect, test } from 'vitest';
import { openWindow } from '../../../test/support/open-window.ts';
import { createDraftStore } from './draft-store.ts';

function openDrafts() {
  const written: string[] = [];
  const due: (() => void)[] = [];
  const drafts = createDraftStore({ read: () => null, write: text => void written.push(text) }, fn => {
    due.push(fn);
    return () => void due.splice(due.indexOf(fn), 1);
  });
  return { drafts, written, due };
}

test('what is typed is there at once and written once in a while', () => {
  const { drafts, written, due } = openDrafts();
  for (const text of ['a', 'ab', 'abc']) drafts.put(null, text);
  expect(drafts.of(null)).toBe('abc');
  expect([written, due.length]).toEqual([[], 1]);
  due[0]?.();
  expect([written, due.length]).toEqual([['[["new","abc"]]'], 0]);
  drafts.put(null, 'abcd');
  expect(due).toHaveLength(1);
});

test('a flush writes what is not written yet, and nothing twice', () => {
  const { drafts, written, due } = openDrafts();
  drafts.flush();
  drafts.put(null, 'a');
  drafts.flush();
  drafts.flush();
  expect([written, due.length]).toEqual([['[["new","a"]]'], 0]);
});

test('what was sent or deleted is forgotten at once', () => {
  const { drafts, written, due } = openDrafts();
  drafts.put(null, 'a');
  drafts.put(null, '');
  expect([written, due.length]).toEqual([['[]'], 0]);
});

test('drafts are each chat’s own and outlive the window; a spoilt memory is no draft', async () => {
  const { main } = await openWindow();
  let written = '';
  const memory = { read: () => written, write: (text: string) => void (written = text) };
  const drafts = createDraftStore(memory);
  drafts.put(null, 'nowhere yet');
  drafts.put(main.id, 'here');
  drafts.flush();
  const again = createDraftStore(memory);
  expect([again.of(null), again.of(main.id)]).toEqual(['nowhere yet', 'here']);
  again.put(main.id, '');
  expect(createDraftStore(memory).of(main.id)).toBe('');
  written = '[["x"], 5, {';
  expect(createDraftStore(memory).of(null)).toBe('');
});
