import { expect, test } from 'vitest';
import { headingTopicOf } from './heading-topics.ts';

test.each([
  ['Задачи', 'tasks'],
  ['2. Задачи на неделю:', 'tasks'],
  ['Поручения по итогам встречи', 'tasks'],
  ['Action items', 'tasks'],
  ['Tasks for next week', 'tasks'],
  ['Решения', 'decisions'],
  ['Решения совета', 'decisions'],
  ['Decisions made', 'decisions'],
  ['Открытые вопросы', 'questions'],
  ['Литература', 'noise'],
  ['Литература и источники', 'noise'],
  ['Комментарии (2)', 'noise'],
])('announces a list: %s', (heading, topic) => {
  expect(headingTopicOf(heading)).toBe(topic);
});

test.each([
  'Задача о долготе',
  'Задача трёх тел',
  'Задачи линейного программирования',
  'Решение квадратных уравнений',
  'Действия союзников',
  'Литература XIX века',
  'Источники энергии',
  'Decision trees',
  'Tasks of the kidney',
  'Resolution of a microscope',
])('names a matter: %s', heading => {
  expect(headingTopicOf(heading)).toBeNull();
});
