import { expect, test } from 'vitest';
import type { DocumentView } from '../../shared/domain/document.ts';
import { createMemoryBackend } from '../../../test/support/memory-backend.ts';
import { chatTitleFromDocuments, synopsisTitle } from './synopsis-title.ts';

const backend = createMemoryBackend({ nowMs: 1_700_000_000_000, systemLocale: 'ru' });
const session = backend.newSession('x').id;
const document = (title: string, state: DocumentView['state'] = 'ready'): DocumentView => ({
  ...backend.newDocument(session, title),
  title,
  state,
});

test('a chat is named after the document that was added first, not the one that was read first', () => {
  expect(chatTitleFromDocuments([document('a.pdf', 'importing'), document('B')])).toBeNull();
  expect(chatTitleFromDocuments([document('A'), document('B')])).toBe('A');
  expect(chatTitleFromDocuments([document('broken', 'failed'), document('B')])).toBe('B');
  expect(chatTitleFromDocuments([document('broken', 'failed')])).toBeNull();
});

test('a synopsis of several documents is named after the first and counts the others, unless the chat has a name', () => {
  const several = [document('Лекция'), document('Встреча'), document('x', 'failed'), document('Отчёт')];
  expect(synopsisTitle('Лекция', several, 'ru')).toBe('Лекция и ещё 2');
  expect(synopsisTitle(null, several, 'en')).toBe('Лекция and 2 more');
  expect(synopsisTitle('К экзамену', several, 'ru')).toBe('К экзамену');
  expect(synopsisTitle('К экзамену', [document('Лекция')], 'ru')).toBe('Лекция');
  expect(synopsisTitle(null, [], 'ru')).toBe('…');
  const files = [document('lecture.srt'), document('B'), document('C')];
  expect(synopsisTitle('lecture', files, 'ru')).toBe('lecture и ещё 2');
  expect(chatTitleFromDocuments(files)).toBe('lecture');
  expect(synopsisTitle(null, [document('д'.repeat(500)), document('Б')], 'ru')).toHaveLength(500);
});
