import { expect, test } from 'vitest';
import { eventDetail } from './event-detail.ts';
import { wordsFor } from './words.ts';

const said = (type: string, detail: string | null, language: 'ru' | 'en' = 'ru') =>
  eventDetail({ type, detail }, wordsFor(language), language);

test.each([
  ['step', 'section:terms', 'Раздел: Термины'],
  ['step', 'setup', 'Подготовка'],
  ['step', 'model:2', 'Обращение к модели 2'],
  ['step', 'ask:notes-0123456789abcdef', 'Вопрос модели: заметки'],
  ['step', 'ask:terms-again-0123456789abcdef', 'Вопрос модели: Термины'],
  ['undone', 'undo:file:1', 'Файл 1'],
  ['returned', 'worker_exit: it ended with signal SIGKILL', 'рабочий процесс неожиданно закрылся'],
  ['returned', 'program_ended: The program ended while this job was running.', 'программа закрылась во время работы'],
  ['retry', 'time_limit: The attempt ran longer than 5 ms.', 'работа заняла слишком много времени'],
  ['failed', 'bad_output: The result does not fit.', 'рабочий процесс вернул не то, что должен был'],
  ['failed', 'some_new_code: A sentence.', 'ошибка «some_new_code» — подробности в журнале'],
  ['waiting', 'network', 'сети'],
  ['wait_expired', 'fail', 'задача завершена с ошибкой'],
  ['decided', 'repeat: file:1', 'Файл 1 (вы решили повторить)'],
  ['done', 'citation_missing, too_little_text', 'не все цитаты найдены в источниках, в источниках слишком мало текста'],
])('%s, %s', (type, detail, words) => {
  expect(said(type, detail)).toBe(words);
  // Nothing of the sentences that are for the log.
  expect(said(type, detail)).not.toMatch(/[a-z]{3,} [a-z]{2,}/u);
  expect(said(type, detail, 'en')).not.toMatch(/[а-яё]/iu);
});

test('a step is about what it is about, where that is known', () => {
  expect(eventDetail({ type: 'dispatched', detail: 'file:1' }, wordsFor('ru'), 'ru', { 'file:1': 'Пруды' })).toBe('Файл: Пруды');
  expect(eventDetail({ type: 'undone', detail: 'undo:file:1' }, wordsFor('en'), 'en', { 'file:1': 'Ponds' })).toBe('File: Ponds');
});

test.each([
  ['returned', 'The program is closing.'],
  ['held', 'kind:agent.run'],
  ['end_hook_failed', 'Something threw.'],
  ['decided', 'perhaps: file:1'],
  ['started', null],
  ['valueOf', 'x'],
])('%s, %s: nothing that a person could use', (type, detail) => {
  expect(said(type, detail)).toBeNull();
});
