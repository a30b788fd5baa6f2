import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EngineError } from './engine-api.ts';
import { readCron, upcoming } from './cron.ts';

const at = (text: string): number => Date.parse(text);
const times = (cron: string, zone: string, after: string, count: number): string[] =>
  upcoming(readCron(cron, zone, at(after)), at(after), count).map(ms => new Date(ms).toISOString().replace(':00.000Z', 'Z'));

describe('the hour that is leapt over in spring and the one that comes twice in autumn', () => {
  // [zone, a time in the gap, the evening before, when it comes on the day of the gap and the day after]
  test.each([
    ['Europe/Berlin', '30 2 * * *', '2027-03-27T12:00Z', ['2027-03-28T01:00Z', '2027-03-29T00:30Z']],
    ['America/New_York', '30 2 * * *', '2027-03-13T12:00Z', ['2027-03-14T07:00Z', '2027-03-15T06:30Z']],
    // Half an hour, and two.
    ['Australia/Lord_Howe', '15 2 * * *', '2027-10-02T12:00Z', ['2027-10-02T15:30Z', '2027-10-03T15:15Z']],
    ['Antarctica/Troll', '30 1 * * *', '2027-03-27T12:00Z', ['2027-03-28T01:00Z', '2027-03-28T23:30Z']],
    ['Asia/Tokyo', '30 2 * * *', '2027-03-27T18:00Z', ['2027-03-28T17:30Z', '2027-03-29T17:30Z']],
  ])('%s: a time in the gap comes once, when the gap ends', (zone, cron, after, expected) => {
    expect(times(cron, zone, after, 2)).toEqual(expected);
  });

  test.each([
    ['Europe/Berlin', '30 2 * * *', '2027-10-30T12:00Z', ['2027-10-31T00:30Z', '2027-11-01T01:30Z']],
    ['America/New_York', '30 1 * * *', '2027-11-06T12:00Z', ['2027-11-07T05:30Z', '2027-11-08T06:30Z']],
    ['Asia/Tokyo', '30 2 * * *', '2027-10-30T18:00Z', ['2027-10-31T17:30Z', '2027-11-01T17:30Z']],
  ])('%s: a time that the clock passes twice comes once, the first time', (zone, cron, after, expected) => {
    expect(times(cron, zone, after, 2)).toEqual(expected);
    // Asked between the two as well.
    expect(times(cron, zone, expected[0] ?? '', 1)).toEqual([expected[1]]);
  });

  test('several times of a day in the gap come as one, and of a list that comes twice each comes once', () => {
    expect(times('0,30 1,2 * * *', 'America/New_York', '2027-03-14T05:00Z', 4)).toEqual([
      '2027-03-14T06:00Z',
      '2027-03-14T06:30Z',
      '2027-03-14T07:00Z',
      '2027-03-15T05:00Z',
    ]);
    expect(times('0,30 2 * * *', 'Europe/Berlin', '2027-10-30T12:00Z', 3)).toEqual([
      '2027-10-31T00:00Z',
      '2027-10-31T00:30Z',
      '2027-11-01T01:00Z',
    ]);
  });

  test('every hour is every hour of real time', () => {
    for (const after of ['2027-03-27T22:30Z', '2027-10-30T22:30Z']) {
      const found = times('0 * * * *', 'Europe/Berlin', after, 6).map(at);
      expect(found.slice(1).map((ms, n) => ms - (found[n] ?? 0))).toEqual(Array.from({ length: 5 }, () => 3_600_000));
    }
  });
});

test('the last time before a moment is the one that the next times lead to, in any zone and through any change of clocks', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Australia/Lord_Howe', 'America/Havana', 'Antarctica/Troll', 'UTC'];
  const expressions = ['30 2 * * *', '0,30 1,2 * * *', '0 * * * *', '*/20 2 * * *', '0 9 * * 1-5', '59 23 L * *', '@daily'];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom(...expressions),
      fc.integer({ min: at('2027-01-01T00:00Z'), max: at('2028-01-01T00:00Z') }),
      (zone, cron, ms) => {
        const recurrence = readCron(cron, zone, ms);
        const next = recurrence.next(ms) ?? expect.fail('It ends.');
        expect(next).toBeGreaterThan(ms);
        expect(recurrence.last(next)).toBe(next);
        const last = recurrence.last(ms) ?? expect.fail('It has no beginning.');
        expect(last).toBeLessThanOrEqual(ms);
        expect(recurrence.last(next - 1)).toBe(last);
        expect(recurrence.next(last)).toBe(next);
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  ['61 9 * * *', 'UTC', 'bad_cron', /"61 9 \* \* \*" is no cron expression: .*minute: 61\. Write five fields/u],
  ['every morning', 'UTC', 'bad_cron', /Write five fields/u],
  ['', 'UTC', 'bad_cron', /"" is no cron expression/u],
  // Seconds, years, dates and the start of the program are not times of a schedule.
  ['* * * * * *', 'UTC', 'bad_cron', /is no cron expression/u],
  ['2027-01-01T00:00:00', 'UTC', 'bad_cron', /is no cron expression/u],
  ['@reboot', 'UTC', 'bad_cron', /is no cron expression/u],
  ['* '.repeat(200), 'UTC', 'bad_cron', /400 characters; at most 200/u],
  ['0 9 * * *', 'Mars/Olympus', 'bad_time_zone', /"Mars\/Olympus" is no time zone of this machine\. Use a name/u],
  ['0 9 * * *', '', 'bad_time_zone', /"" is no time zone/u],
  ['0 0 31 2 *', 'Europe/Berlin', 'never_comes', /"0 0 31 2 \*" never comes: no month has such a day\. Check/u],
  ['0 0 31 4,6 *', 'UTC', 'never_comes', /never comes/u],
])('refuses %j in %j as %s, with the value and the cure', (cron, zone, code, sentence) => {
  const error = (() => {
    try {
      readCron(cron, zone, at('2027-01-01T00:00Z'));
      return null;
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toBeInstanceOf(EngineError);
  expect(error).toMatchObject({ code, message: expect.stringMatching(sentence) });
});
