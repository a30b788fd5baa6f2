import { describe, expect, test } from 'vitest';
import { isOwnIgnorance, isRhetorical, isUnsettled } from './unsettled.ts';

describe('what nobody knows or has settled', () => {
  test.each([
    'Не знаем пока, где ставить ёлку.',
    'Куда пропала вторая тетрадь, никто не знает.',
    'Кто повезёт детей, мы ещё не решили.',
    'Неизвестно, сколько рыбы осталось в озере.',
    'Остаётся непонятным, нужна ли вторая дверь.',
    'Причина пожара пока не установлена.',
    'Как назвать улицу, предстоит решить совету.',
    "We haven't worked out where to put the tree.",
    "I don't understand why the lamp flickers.",
    'What became of the second notebook remains a mystery.',
    'Nobody can say how many fish are left.',
    'The name of the street has yet to be chosen.',
    'The question of the second door was left open.',
  ])('is open: %s', text => {
    expect(isUnsettled(text)).toBe(true);
  });

  test.each([
    'Она не знала, что дом продан.',
    'Страховщик не знает, кто есть кто.',
    'Мы знаем, кто повезёт детей.',
    'Где ставить ёлку?',
    'She did not say a word.',
    'Everyone knows where the tree stands.',
    'The door was left open all night.',
  ])('is not: %s', text => {
    expect(isUnsettled(text)).toBe(false);
  });

  test('one person’s ignorance is told from that of all', () => {
    expect(isOwnIgnorance('Не понимаю, почему лампа мигает.')).toBe(true);
    expect(isOwnIgnorance("I'm not sure how it works.")).toBe(true);
    expect(isOwnIgnorance('Не знаем, почему лампа мигает.')).toBe(false);
  });

  test('a question asked for effect wants no answer', () => {
    expect(isRhetorical('Кому это надо?')).toBe(true);
    expect(isRhetorical('Who cares?')).toBe(true);
    expect(isRhetorical('Who cares for the garden in winter?')).toBe(false);
    expect(isRhetorical('Кто повезёт детей?')).toBe(false);
  });
});
