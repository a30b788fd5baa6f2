import { afterEach, beforeEach, expect, test } from 'vitest';
import { heldUntil, quietUntil, weekdays, type QuietHours } from './quiet-hours.ts';

const zone = process.env['TZ'];
beforeEach(() => {
  process.env['TZ'] = 'Europe/Berlin';
});
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

const nights: QuietHours = { quietHours: true, quietFrom: '22:00', quietTo: '08:00', quietDays: weekdays, quietLetsExpiring: false };
/** By the clock on the wall. */
const at = (written: string): number => new Date(written).getTime();
const until = (hours: Partial<QuietHours>, written: string): string | null => {
  const endMs = quietUntil({ ...nights, ...hours }, at(written));
  if (endMs === null) return null;
  const end = new Date(endMs);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${end.getFullYear()}-${two(end.getMonth() + 1)}-${two(end.getDate())}T${two(end.getHours())}:${two(end.getMinutes())}`;
};

test('they go over midnight and end on the minute', () => {
  expect(until({}, '2026-06-10T21:59:59')).toBeNull();
  expect(until({}, '2026-06-10T22:00')).toBe('2026-06-11T08:00');
  expect(until({}, '2026-06-11T00:00')).toBe('2026-06-11T08:00');
  expect(until({}, '2026-06-11T07:59:59')).toBe('2026-06-11T08:00');
  expect(until({}, '2026-06-11T08:00')).toBeNull();
  expect(until({ quietHours: false }, '2026-06-11T00:00')).toBeNull();
});

test('within one day they stay in it', () => {
  const lunch = { quietFrom: '12:00', quietTo: '13:30' };
  expect(until(lunch, '2026-06-10T11:59')).toBeNull();
  expect(until(lunch, '2026-06-10T13:29')).toBe('2026-06-10T13:30');
  expect(until(lunch, '2026-06-10T13:30')).toBeNull();
});

test('a day of the week is the one on which they begin', () => {
  // The 12th of June 2026 is a Friday.
  const weekends = { quietDays: ['fri', 'sat'] as const };
  expect(until(weekends, '2026-06-11T23:00')).toBeNull();
  expect(until(weekends, '2026-06-12T07:00')).toBeNull();
  expect(until(weekends, '2026-06-12T23:00')).toBe('2026-06-13T08:00');
  expect(until(weekends, '2026-06-14T07:00')).toBe('2026-06-14T08:00');
  expect(until(weekends, '2026-06-14T23:00')).toBeNull();
  expect(until({ quietDays: [] }, '2026-06-12T23:00')).toBeNull();
});

test('a whole day is one without a gap at midnight, and days that follow each other are one stretch', () => {
  const whole = { quietFrom: '00:00', quietTo: '00:00', quietDays: ['sat', 'sun'] as const };
  expect(until(whole, '2026-06-12T23:59')).toBeNull();
  expect(until(whole, '2026-06-13T00:00')).toBe('2026-06-15T00:00');
  expect(until({ ...whole, quietDays: weekdays }, '2026-06-13T12:00')).not.toBeNull();
});

test('summer time moves the hours, not the clock on the wall', () => {
  // The clock goes from 2 to 3 on the 29th of March, and from 3 to 2 on the 25th of October.
  expect(until({}, '2026-03-28T23:00')).toBe('2026-03-29T08:00');
  expect((quietUntil(nights, at('2026-03-28T22:00')) ?? 0) - at('2026-03-28T22:00')).toBe(9 * 3_600_000);
  expect((quietUntil(nights, at('2026-10-24T22:00')) ?? 0) - at('2026-10-24T22:00')).toBe(11 * 3_600_000);
  const early = { quietFrom: '01:00', quietTo: '02:30' };
  expect(until(early, '2026-03-29T01:30')).toBe('2026-03-29T03:30');
});

test('only what would expire in them comes through, and only when the person says so', () => {
  const night = at('2026-06-10T23:00');
  const end = at('2026-06-11T08:00');
  const lets = { ...nights, quietLetsExpiring: true };
  expect(heldUntil(nights, night, end)).toBe(end);
  expect(heldUntil(lets, night, end)).toBeNull();
  expect(heldUntil(lets, night, end + 1)).toBe(end);
  expect(heldUntil(lets, night, null)).toBe(end);
  expect(heldUntil(nights, at('2026-06-10T12:00'), null)).toBeNull();
});
