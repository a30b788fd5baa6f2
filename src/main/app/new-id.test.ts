import { version } from 'uuid';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from './new-id.ts';

test('ids are UUIDv7, all different and in the order they were made', () => {
  const ids = Array.from({ length: 2_000 }, () => newId(z.uuidv7()));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
  expect(ids.every(id => version(id) === 7)).toBe(true);
  // Random bytes are drawn for many ids at once and are never used twice.
  expect(new Set(ids.map(id => id.slice(-8))).size).toBe(ids.length);
});
