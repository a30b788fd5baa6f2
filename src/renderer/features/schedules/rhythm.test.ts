import { describe, expect, test } from 'vitest';
import { fromCron, toCron, usualWhen } from './rhythm.ts';
import { describeWhen } from './schedule-words.ts';
import { speech } from '../../../../test/support/speech.ts';

describe('the times of a schedule', () => {
  test.each(['0 9 * * 1-5', '30 18 * * *', '5 7 * * 7', '0 0 28 * *', '*/15 * * * *', '0 9 31 * *', '0 9 * 2 1', '0 9 * * 1 2026'])(
    '%s is written as it was read',
    cron => expect(toCron(fromCron(cron))).toBe(cron),
  );

  test('what the form writes, it reads in its own terms', () => {
    expect(toCron(usualWhen)).toBe('0 9 * * 1-5');
    expect(fromCron('0 9 * * 1-5')).toMatchObject({ rhythm: 'weekdays', time: '09:00' });
    expect(fromCron('0 9 * * 0')).toMatchObject({ rhythm: 'weekly', weekday: 7 });
    expect(fromCron('0 9 1 * 1')).toMatchObject({ rhythm: 'cron', cron: '0 9 1 * 1' });
  });

  test('is said in words', () => {
    const [ru, en] = [speech.ru, speech.en];
    expect(describeWhen(fromCron('0 9 * * 1-5'), ru)).toBe('По будням в 09:00');
    expect(describeWhen(fromCron('0 9 * * 3'), ru)).toBe('Каждую неделю, среда, в 09:00');
    expect(describeWhen(fromCron('0 9 * * 7'), en)).toBe('Every week on Sunday at 09:00');
    expect(describeWhen(fromCron('0 9 22 * *'), en)).toBe('Every month on the 22nd at 09:00');
    expect(describeWhen(fromCron('*/5 * * * *'), en)).toBe('By the expression */5 * * * *');
  });
});
