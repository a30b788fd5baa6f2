import { describe, expect, test } from 'vitest';
import { isPlanOfAll } from './plans-of-all.ts';

describe('what all are going to do', () => {
  test.each([
    'Сдаём отчёт в среду.',
    'Да, старый сервер выключаем.',
    'От второго этажа отказываемся.',
    'Ужин в поезде, чай покупаем на станции.',
    "We're skipping the photos this year.",
    'Okay, we will paint the fence ourselves.',
    'The green version stays.',
    'No, the quiz is out.',
  ])('is settled: %s', text => {
    expect(isPlanOfAll(text)).toBe(true);
  });

  test.each([
    'Мы живём у реки.',
    'Ждём ответа поставщика.',
    'Сдаём отчёт в среду?',
    'Если успеем, сдаём отчёт в среду.',
    'Обычно сдаём отчёт в среду.',
    'Давайте сдаём отчёт в среду.',
    'Живём вдвоём, третьем этаже рады.',
    'С большим успехом прошёл вечер.',
    "We're waiting for the parts.",
    "We'll see on Monday.",
    'Maybe we will paint the fence.',
    'We are usually painting on Sundays.',
  ])('is not: %s', text => {
    expect(isPlanOfAll(text)).toBe(false);
  });
});
