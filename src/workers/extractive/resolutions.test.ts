import { describe, expect, test } from 'vitest';
import { make, source } from '../../../test/support/workers/section-material.ts';

const decisions = (text: string): string[] => make('decisions', [source(text)]).items.map(item => item.text);

describe('what a paper of those who decide says was settled', () => {
  test('of minutes, without naming who did', () => {
    const ru =
      '# Протокол собрания\n\nСмета обсуждалась час.\n\nСмета на ремонт одобрена. От новой беседки отказались. Покраску забора не утвердили.';
    expect(decisions(ru)).toEqual(['Смета на ремонт одобрена.', 'От новой беседки отказались.']);
    const en =
      '# Minutes of the club\n\nThe budget took an hour.\n\nThe budget was approved. The bus trip has been cancelled. The roof was not discussed.';
    expect(decisions(en)).toEqual(['The budget was approved.', 'The bus trip has been cancelled.']);
  });

  test.each([
    'Во втором фонаре отказано.',
    'Дано согласие на перенос ярмарки.',
    'Выбор сделан в пользу черепицы.',
    'Предложение о скамейках прошло девятью голосами.',
    'The motion to sell the mower fell.',
    'The exam will be oral from next year.',
    'Порог возраста остаётся прежним.',
    'Собирать деньги на беседку больше не будем.',
    'The request for a lamp was not granted.',
    'Consent was given to the second fair.',
    'The age limit is to remain at nine.',
    'The annual fee goes up to 90 pounds from January.',
    'We will not be painting the fence.',
  ])('settled: %s', text => {
    const minutes = /[а-я]/u.test(text)
      ? '# Протокол собрания\n\nСмета обсуждалась час.'
      : '# Minutes of the club\n\nThe budget took an hour.';
    expect(decisions(`${minutes}\n\n${text}`)).toEqual([text]);
    expect(decisions(`# Story\n\n${text}`)).toEqual([]);
  });

  test('a refusal to go on is settled, and so is what a body chose', () => {
    const minutes =
      '# Minutes of the club\n\nThe budget took an hour.\n\nIt was resolved not to renew the lease. The members opted for tiles.';
    expect(decisions(minutes)).toEqual(['It was resolved not to renew the lease.', 'The members opted for tiles.']);
  });

  test('not of a story, nor of a year long past, nor of what the sentence before tells', () => {
    expect(decisions('# Мост\n\nЗимой мост закрыли. Проект одобрен царём. От камня отказались.')).toEqual([]);
    expect(decisions('# Minutes of the club\n\nThe rules were adopted in 1904. They were dropped by everyone.')).toEqual([]);
  });
});
