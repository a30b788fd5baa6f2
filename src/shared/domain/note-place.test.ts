import { expect, test } from 'vitest';
import { placeOfNote } from './note-place.ts';

test('a note keeps its place where its section is not in the version', () => {
  const planned = ['summary', 'decisions', 'figures'] as const;
  expect(placeOfNote({ after: 'decisions' }, planned)).toBe('decisions');
  expect(placeOfNote({ after: 'tasks' }, planned)).toBe('decisions');
  expect(placeOfNote({ after: 'selfCheck' }, planned)).toBe('figures');
  expect(placeOfNote({ after: 'summary' }, ['theses'])).toBeNull();
  expect(placeOfNote({ after: null }, planned)).toBeNull();
});
