import { expect, test } from 'vitest';
import { isTalk } from './speakers.ts';

test('lines that name who speaks, some of them again, are a talk', () => {
  expect(isTalk('Планёрка\n\nАнна: Начнём.\nИгорь: Я готов.\nАнна: Тогда первый вопрос.\n')).toBe(true);
  expect(isTalk('[10:01] Tom: Is it blue?\n[10:02] Sarah Chen: It is.\n[10:03] Tom: Good.\n')).toBe(true);
});

test('an article is none, with a quotation, labels of its parts or labels that come once', () => {
  expect(isTalk('Маяк построили в 1871 году.\nСмотритель: это было давно.\nВолны били о камни всю ночь.\n')).toBe(false);
  expect(isTalk('Решение: построить.\nСрок: май.\nРешение: покрасить.\nСрок: июнь.\n')).toBe(false);
  expect(isTalk('Петербург: дожди.\nМосква: снег.\nКазань: ясно.\n')).toBe(false);
});
