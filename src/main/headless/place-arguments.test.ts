import { describe, expect, test } from 'vitest';
import { priorityArgument, startArgument } from './place-arguments.ts';

const noonMs = new Date('2026-11-23T12:00').getTime();

describe('when a task is begun', () => {
  test.each([
    ['22:00', '2026-11-23T22:00'],
    ['9:30', '2026-11-24T09:30'],
    ['12:00', '2026-11-24T12:00'],
    ['2027-01-31 07:05', '2027-01-31T07:05'],
    ['2027-01-31T07:05', '2027-01-31T07:05'],
  ])('%s', (text, at) => {
    expect(startArgument(text, noonMs)).toBe(new Date(at).getTime());
  });

  test.each([
    ['tomorrow', '22:00'],
    ['24:00', '22:00'],
    ['12:60', '22:00'],
    ['2027-02-30 10:00', '2027-01-31'],
    ['2026-11-23 11:59', 'passed'],
    ['2126-11-23 12:00', 'at most 366'],
  ])('%s is refused with the cure', (text, cure) => {
    expect(() => startArgument(text, noonMs)).toThrow(cure);
  });
});

test('a priority has the bounds of the queue', () => {
  expect(['0', '100', '20'].map(priorityArgument)).toEqual([0, 100, 20]);
  for (const text of ['-1', '101', '0.5', 'high', '']) expect(() => priorityArgument(text)).toThrow('whole number from 0');
});
