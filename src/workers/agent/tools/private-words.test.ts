import { expect, test } from 'vitest';
import type { ToolStep } from '../../../shared/domain/agent.ts';
import { messageId } from '../../../shared/domain/ids.ts';
import { privateWordsIn } from './private-words.ts';

const id = messageId.parse('01920000-0000-7000-8000-000000000001');
const asked = (text: string) => ({ conversation: [{ id, role: 'person' as const, text }], task: null, isOwnTask: false });
const result = (tool: string, text: string, isError = false): ToolStep => ({ tool, callId: tool, isError, text });
const results = (...steps: readonly ToolStep[]) => new Map(steps.map((step, index) => [`r${index}.1`, step]));

test('words of a document that the person has not written are private', () => {
  const shown = results(result('read_document', 'Пациент Воронцов, диагноз — подагра.'));
  expect(privateWordsIn('подагра Воронцов лечение', asked('Как лечат подагру?'), shown)).toEqual(['подагра', 'воронцов']);
});

test('what the person wrote or a page showed is not, and neither are short words', () => {
  const shown = results(result('search_material', 'Gout of Vorontsov, the'), result('fetch_page', 'Gout is an arthritis.'));
  expect(privateWordsIn('gout of Vorontsov', asked('What has Vorontsov got?'), shown)).toEqual([]);
});

test('nothing private was read: nothing can be given away', () => {
  expect(privateWordsIn('anything at all', asked('x'), results(result('search_web', 'anything')))).toEqual([]);
  expect(privateWordsIn('failed words', asked('x'), results(result('read_file', 'failed words', true)))).toEqual([]);
});

test('a task that the person has sent to the background is their own words, and one that a model has worded is not', () => {
  const shown = results(result('read_document', 'Patient Vorontsov'));
  const task = { conversation: [], task: 'Ask about Vorontsov.' };
  expect(privateWordsIn('Vorontsov', { ...task, isOwnTask: true }, shown)).toEqual([]);
  expect(privateWordsIn('Vorontsov', { ...task, isOwnTask: false }, shown)).toEqual(['vorontsov']);
});
