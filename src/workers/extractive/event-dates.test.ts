import { describe, expect, test } from 'vitest';
import { make, source } from '../../../test/support/workers/section-material.ts';
import { timelineLength } from './detail-counts.ts';
import { eventDates } from './event-dates.ts';

const datesOf = (text: string): (string | null)[] => eventDates(text).map(({ date }) => date.date ?? date.when);

describe('dates on which something happened', () => {
  test.each([
    ['Завод открылся 14 июня 1902 года (1 июня по старому стилю) при стечении публики.', ['1902-06-14']],
    ['The mill opened on June 14, 1902 (June 1, Old Style) before a crowd.', ['1902-06-14']],
    ['В 1924 году совет запретил поднимать плату за воду выше уровня 1913 года.', ['1924']],
    ['In 1924 wages of weavers fell by a third compared with 1913.', ['1924']],
    ['Указы от 3 мая и 17 октября 1811 года закрыли ярмарку для купцов.', ['1811-05-03', '1811-10-17']],
    ['The decrees of May 3 and October 17, 1811, closed the fair to merchants.', ['1811-05-03', '1811-10-17']],
    ['В 1988 году физики измерили возраст брёвен, датированных 1120–1125 гг.', ['1988']],
    ['Историк Лаврова доказывает, что ярмарка XVII века была беднее, чем принято думать.', []],
  ])('%s', (text, dates) => {
    expect(datesOf(text)).toEqual(dates);
  });

  test('an event costs less than a mention, and a view of the past most', () => {
    const costOf = (text: string): number => eventDates(text)[0]?.cost ?? 1;
    const event = costOf('В 1742 году мельник построил плотину у брода.');
    const view = costOf('Краеведы полагают, что плотину у брода строили в 1742 году.');
    expect(event).toBe(0);
    expect(view).toBeGreaterThan(event);
  });
});

describe('the timeline', () => {
  test('is longer for a longer material, and no shorter than that of an article', () => {
    expect(timelineLength(40, 'standard')).toBe(timelineLength(10, 'standard'));
    expect(timelineLength(900, 'standard')).toBeGreaterThan(timelineLength(40, 'standard'));
    expect(timelineLength(900, 'full')).toBeGreaterThan(timelineLength(900, 'standard'));
    expect(timelineLength(100_000, 'full')).toBeLessThanOrEqual(500);
  });

  test('of twenty dated events leaves none out', () => {
    const years = Array.from({ length: 20 }, (_, at) => 1801 + 7 * at);
    const text = years
      .map((year, at) => `В ${year} году мастер номер ${at} построил на реке мельницу под названием «Колесо-${at}».`)
      .join(' ');
    expect(make('timeline', [source(text)]).items.map(({ when }) => when)).toEqual(years.map(String));
  });

  test('of a talk without a year goes by the calendar, over the turn of a year too', () => {
    const talk = (first: string, second: string): string =>
      [
        `Nora: The choir sings at the town hall on ${first}, all four parts.`,
        `Ivo: The organist needs the printed scores by ${second} at the latest.`,
        'Nora: Good, the printer knows about the scores already.',
        'Ivo: Then the organist will be happy.',
      ].join('\n');
    const order = (first: string, second: string): string[] =>
      make('timeline', [source(talk(first, second))]).items.map(({ when }) => when);
    expect(order('9 November', '2 September')).toEqual(['2 September', '9 November']);
    expect(order('14 January', '10 December')).toEqual(['10 December', '14 January']);
  });

  test('keeps the term that a question of a talk names', () => {
    const talk = [
      'Nora: Will we make the deadline on 30 May?',
      'Ivo: If the paper comes this week, yes.',
      'Nora: And the town hall is booked for 9 November.',
    ].join('\n');
    expect(make('timeline', [source(talk)]).items.map(({ when }) => when)).toContain('30 May');
  });
});
