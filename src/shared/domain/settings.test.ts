import { expect, test } from 'vitest';
import { settings, settingsChange } from './settings.ts';

test('a change holds what was changed and nothing else', () => {
  expect(settingsChange.parse({ theme: 'dark' })).toEqual({ theme: 'dark' });
  expect(settingsChange.parse({})).toEqual({});
  expect(Object.keys(settingsChange.shape).sort()).toEqual(Object.keys(settings.shape).sort());
});
