import { expect, test } from 'vitest';
import { documentId } from '../../../shared/domain/ids.ts';
import { speechIn } from '../../i18n/format.ts';
import { addedSince } from './added-since.ts';

const id = (n: number) => documentId.parse(`01920000-0000-7000-8000-00000000000${n}`);
const version = {
  createdAtMs: 10,
  coverage: [
    {
      source: { kind: 'document' as const, documentId: id(1) },
      title: 'a',
      snapshotHash: null,
      state: 'used' as const,
      reason: null,
      charCount: 1,
      pageCount: null,
      pagesRead: null,
      warnings: [],
    },
  ],
};
const said = (text: string, createdAtMs: number, role: 'person' | 'assistant' = 'person') => ({ text, createdAtMs, role });

test('what came later is counted: documents that can be read, and messages that are material', () => {
  const documents = [
    { id: id(1), state: 'ready' as const },
    { id: id(2), state: 'ready' as const },
    { id: id(3), state: 'importing' as const },
    { id: id(4), state: 'failed' as const },
  ];
  const messages = [
    said('Срок сдали вчера.', 5),
    said('Сдали в срок.', 15),
    said('Когда сдали?', 20),
    said('Ответ из документа.', 21, 'assistant'),
  ];
  expect(addedSince(version, null, documents, messages)).toEqual({ documents: 2, messages: 1 });
  // It waited for its documents and took its material later.
  expect(addedSince(version, { startedAtMs: 16 }, documents, messages)).toEqual({ documents: 2, messages: 0 });
});

test('it is said with both counts, or with the one there is', () => {
  expect(speechIn('ru').t.synopsis.addedSince(3, 0)).toBe('После этого добавлено: 3 документа.');
  expect(speechIn('ru').t.synopsis.addedSince(1, 2)).toBe('После этого добавлено: 1 документ, 2 сообщения.');
  expect(speechIn('en').t.synopsis.addedSince(0, 1)).toBe('Added since: 1 message.');
});
