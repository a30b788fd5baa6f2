import { describe, expect, test } from 'vitest';
import { askedTerm } from './asked-term.ts';

describe('a question and the definition that answers it', () => {
  test.each([
    ['Что такое шпангоут?', 'Это поперечное ребро корпуса.', 'шпангоут'],
    ['Итак, что же такое несущая стена?', 'Это стена, на которой держится крыша.', 'несущая стена'],
    ['What is a keelson?', 'It is a beam that lies on the keel.', 'keelson'],
    ['So, what are futtocks?', 'They are the curved timbers of a frame.', 'futtocks'],
  ])('%s %s', (question, answer, term) => {
    expect(askedTerm(question, answer)?.term).toBe(term);
  });

  test.each([
    ['Что такое шпангоут?', 'Это хороший вопрос.'],
    ['Что такое шпангоут?', 'Кто знает?'],
    ['Что значит это?', 'Не знаю.'],
    ['What is wrong?', 'It is the pump.'],
    ['What is a keelson?', 'It is a good question.'],
    ['What is the time?', 'It is a quarter past two.'],
  ])('none: %s %s', (question, answer) => {
    expect(askedTerm(question, answer)).toBeNull();
  });
});
