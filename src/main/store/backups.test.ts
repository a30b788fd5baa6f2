import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backupReasons, type BackupReason } from '../../shared/domain/backup.ts';
import type { Backup } from './backups.ts';
import { backupsToDrop } from './backups.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const nowMs = Date.UTC(2026, 10, 20, 18);

function backup(reason: BackupReason, ageMs: number): Backup {
  const takenAtMs = nowMs - ageMs;
  return { file: `${reason}-${takenAtMs}`, reason, schema: 60, takenAtMs };
}
const agesKept = (backups: Backup[]): string[] => {
  const dropped = new Set(backupsToDrop(backups, nowMs));
  return backups.filter(each => !dropped.has(each)).map(each => `${each.reason} ${(nowMs - each.takenAtMs) / hourMs}h`);
};

describe('backupsToDrop', () => {
  test('keeps three of today and one of each of the seven days before', () => {
    const hourly = Array.from({ length: 24 * 10 }, (_, age) => backup('timed', age * hourMs));
    expect(agesKept(hourly)).toEqual([
      'timed 0h',
      'timed 1h',
      'timed 2h',
      'timed 19h',
      'timed 43h',
      'timed 67h',
      'timed 91h',
      'timed 115h',
      'timed 139h',
      'timed 163h',
    ]);
  });

  test('keeps the last clean close and two from before a migration, however old', () => {
    const backups = [
      backup('close', 30 * dayMs),
      backup('close', 31 * dayMs),
      backup('migration', 40 * dayMs),
      backup('migration', 50 * dayMs),
      backup('migration', 60 * dayMs),
    ];
    expect(agesKept(backups)).toEqual(['close 720h', 'migration 960h', 'migration 1200h']);
  });

  test('keeps five that the person asked for and two from before a restore, however old', () => {
    const backups = (['manual', 'restore'] as const).flatMap(reason =>
      Array.from({ length: 7 }, (_, age) => backup(reason, (20 + age) * dayMs)),
    );
    expect(agesKept(backups)).toEqual([
      ...[480, 504, 528, 552, 576].map(hours => `manual ${hours}h`),
      ...[480, 504].map(hours => `restore ${hours}h`),
    ]);
  });

  test('never drops the newest, and never what it kept before the same moment', () => {
    const some = fc.array(fc.record({ reason: fc.constantFrom(...backupReasons), age: fc.integer({ min: -2 * dayMs, max: 30 * dayMs }) }), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(some, given => {
        const backups = given.map(({ reason, age }) => backup(reason, age));
        const dropped = backupsToDrop(backups, nowMs);
        const kept = backups.filter(each => !dropped.includes(each));
        const newest = Math.max(...backups.map(each => each.takenAtMs));
        expect(kept.some(each => each.takenAtMs === newest)).toBe(true);
        expect(backupsToDrop(kept, nowMs)).toEqual([]);
        expect(kept.length).toBeLessThanOrEqual(21);
      }),
    );
  });
});
