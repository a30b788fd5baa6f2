import { describe, expect, test } from 'vitest';
import { dayKey } from './day-key.ts';

describe('dayKey', () => {
  test.each(['17 мая', '17-го мая', 'семнадцатого мая', 'May 17', '17th of May'])('%s', when => {
    expect(dayKey(when)).toBe('05-17');
  });
  test.each([
    ['двадцать второе марта', '03-22'],
    ['тридцать первого августа', '08-31'],
    ['Sept. 9', '09-9'],
    ['XIX веке', 'xix веке'],
  ])('%s', (when, key) => {
    expect(dayKey(when)).toBe(key);
  });
});
