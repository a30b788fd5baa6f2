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

  test('not of a story, nor of a year long past, nor of what the sentence before tells', () => {
    expect(decisions('# Мост\n\nЗимой мост закрыли. Проект одобрен царём. От камня отказались.')).toEqual([]);
    expect(decisions('# Minutes of the club\n\nThe rules were adopted in 1904. They were dropped by everyone.')).toEqual([]);
  });
});
