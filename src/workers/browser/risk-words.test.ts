import { expect, test } from 'vitest';
import { riskOfName } from './risk-words.ts';

test.each([
  ['Купить сейчас', 'pay'],
  ['Оплатить 1 200 ₽', 'pay'],
  ['Place order', 'pay'],
  ['Удалить навсегда', 'delete'],
  ['Remove item', 'delete'],
  ['Отправить', 'send'],
  ['Publish…', 'send'],
  ['Подробнее', null],
  ['Следующая страница', null],
  ['Next', null],
  ['Подключить', null],
  ['Poster', null],
] as const)('“%s” is %s', (name, risk) => {
  expect(riskOfName(name)).toBe(risk);
});
