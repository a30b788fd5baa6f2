import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPassageIndexer } from '../../../src/main/app/passage-indexer.ts';
import type { Reader } from '../../../src/main/store/reader.ts';
import { addSnapshot, open, snapshotOf, testFolder, type TestFolder } from '../store/store-fixture.ts';
import type { OpenedStore } from '../../../src/main/store/open-store.ts';

let folder: TestFolder;
let opened: OpenedStore;
beforeEach(() => {
  folder = testFolder();
  opened = open(folder.root);
});
afterEach(async () => {
  await opened.close();
  folder.remove();
});

const never = new AbortController().signal;
const paragraphs = Array.from({ length: 200 }, (_, n) => `Абзац ${n}. ${'Обычное предложение без особых слов. '.repeat(20)}`);

test('what storage refused is found once it is tried again', async () => {
  const snapshot = snapshotOf(['Маяк построили в 1871 году.']);
  await addSnapshot(opened.store, snapshot);
  const reported: unknown[] = [];
  let refuses = true;
  const reader: Reader = {
    ...opened.reader,
    preparePassages: query => (refuses ? Promise.reject(new Error('full')) : opened.reader.preparePassages(query)),
  };
  const indexer = createPassageIndexer({ store: opened.store, reader, report: (_, error) => reported.push(error) });
  await indexer.settled(never);
  expect(reported).toHaveLength(1);
  refuses = false;
  indexer.tryAgain();
  await indexer.settled(never);
  expect(opened.store.snapshots.isIndexed(snapshot.hash)).toBe(true);
  await indexer.close();
});

test('closes between two slices of a book, and does not keep an answer waiting for it', async () => {
  const snapshot = snapshotOf(paragraphs);
  await addSnapshot(opened.store, snapshot);
  const patience = new AbortController();
  let slices = 0;
  const closing: Promise<void>[] = [];
  const reader: Reader = {
    ...opened.reader,
    async preparePassages(query) {
      slices += 1;
      if (slices === 2) patience.abort();
      if (slices === 3) closing.push(indexer.close());
      return opened.reader.preparePassages(query);
    },
  };
  const indexer = createPassageIndexer({ store: opened.store, reader, report: () => undefined });
  await indexer.settled(patience.signal);
  expect(opened.store.snapshots.isIndexed(snapshot.hash)).toBe(false);
  await indexer.settled(never);
  await Promise.all(closing);
  expect(slices).toBe(3);
  expect(opened.store.snapshots.isIndexed(snapshot.hash)).toBe(false);
});
