import { expect, test } from 'vitest';
import { directContext } from '../../../test/support/workers/direct-context.ts';
import { hashOf } from '../../../test/support/workers/snapshot-file.ts';
import { taskSpecs, type TaskInput } from '../../shared/contract/worker/tasks.ts';
import { type HostCallOutput } from '../../shared/contract/worker/host-calls.ts';
import { documentId, messageId, sessionId } from '../../shared/domain/ids.ts';
import { answer } from './answer.ts';

const id = '01920000-0000-7000-8000-000000000001';
function question(text: string, over: Partial<TaskInput<'chat.answer'>> = {}): TaskInput<'chat.answer'> {
  return {
    sessionId: sessionId.parse(id),
    messageId: messageId.parse(id),
    question: text,
    language: 'ru',
    hasDocuments: true,
    documentsNotReady: 0,
    model: null,
    ...over,
  };
}
function passage(text: string, chat = false): HostCallOutput<'passages.search'>[number] {
  const source = chat ? { kind: 'chat' as const } : { kind: 'document' as const, documentId: documentId.parse(id) };
  return {
    source,
    title: 't',
    snapshotHash: hashOf(text),
    start: 100,
    end: 100 + text.length,
    page: 2,
    text,
    prefix: '',
    suffix: '',
    score: -3,
  };
}
const fact = 'Срок хранения журнала составляет девяносто дней. После этого записи журнала удаляются автоматически.';

test('answers in the words of the material, with their places', async () => {
  const { context, asked } = directContext<'chat.answer'>({ answer: [passage(fact)] });
  const output = await answer(question('Какой срок хранения журнала?'), context);
  expect(asked).toEqual([{ sessionId: id, query: 'Какой срок хранения журнала?', limit: 20 }]);
  expect(output.note).toBe('no_model');
  expect(output.text).toContain('[1]');
  expect(output.citations[0]).toMatchObject({ quote: 'Срок хранения журнала составляет девяносто дней.', start: 100, page: 2 });
  expect(taskSpecs['chat.answer'].output.parse(output)).toEqual(output);
});

test('does not take the question itself for its answer', async () => {
  const asked = 'Срок хранения журнала составляет сколько дней, скажи.';
  const { context } = directContext<'chat.answer'>({ answer: [passage(asked, true)] });
  expect(await answer(question(asked), context)).toEqual({ note: 'no_model_nothing_found', text: '', citations: [] });
});

test.for([
  [{ hasDocuments: false }, 'no_model_no_documents', 0],
  [{ hasDocuments: false, documentsNotReady: 2 }, 'documents_not_ready', 0],
  [{}, 'no_model_nothing_found', 1],
  [{ documentsNotReady: 1 }, 'documents_not_ready', 1],
] as const)('says why there is no answer: %j', async ([over, note, calls]) => {
  const { context, asked } = directContext<'chat.answer'>({ answer: [] });
  expect(await answer(question('Что такое кэш?', over), context)).toEqual({ note, text: '', citations: [] });
  expect(asked).toHaveLength(calls);
});

test('searches for the beginning of a pasted text', async () => {
  const { context, asked } = directContext<'chat.answer'>({ answer: [] });
  await answer(question('а'.repeat(5_000)), context);
  expect(asked).toMatchObject([{ query: 'а'.repeat(2_000) }]);
});
