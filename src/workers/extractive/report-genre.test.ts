import { describe, expect, test } from 'vitest';
import { isReport } from './report-genre.ts';

describe('a report', () => {
  test.each([
    [['Мост закрыли.', 'Как сообщили в администрации, ремонт займёт полгода.', 'Опору размыло.']],
    [['Во вторник лопнула труба.', 'Воды нет.', 'Цистерны ездят по улицам.']],
    [['The bridge is closed.', 'Repairs will last until May, the mayor said.', 'A ferry is running.']],
  ])('says who said it or on which day it was', sentences => {
    expect(isReport(sentences)).toBe(true);
  });

  test.each([
    [['Глазурь покрывает керамику.', 'Она плавится в печи.', 'Цвет дают окислы.']],
    [['Salt is added to the dough.', 'It slows the yeast.', 'Rest the loaf for an hour.']],
    [[]],
  ])('explaining prose is none', sentences => {
    expect(isReport(sentences)).toBe(false);
  });

  test('one voice in a long story makes none', () => {
    expect(isReport(['«Пора», — сказал он.', ...Array.from({ length: 12 }, () => 'Снег шёл весь день.')])).toBe(false);
  });
});
