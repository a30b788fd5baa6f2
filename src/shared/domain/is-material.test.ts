import { expect, test } from 'vitest';
import { isMaterial } from './is-material.ts';

test.each([
  'О чём это?',
  'what is this about?',
  'Привет! О чём этот документ?',
  'Кто автор? И когда написано?!',
  'Что значит «кэш?»',
  'Спасибо',
  'ok.',
  '???',
  '',
])('%j asks and states nothing', text => expect(isMaterial(text)).toBe(false));

test.each([
  'Склад переезжает в понедельник.',
  'Мы переехали в понедельник. Кто теперь отвечает за склад?',
  'встреча перенесена',
  'Анна: когда сдаём?\nПётр: в пятницу вечером.',
  'The budget is 3.5 million.',
])('%j states something', text => expect(isMaterial(text)).toBe(true));
