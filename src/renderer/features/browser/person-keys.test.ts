import { expect, test } from 'vitest';
import { inputOfKey, type PressedKey } from './person-keys.ts';

const press = (key: string, patch: Partial<PressedKey> = {}): PressedKey => ({
  key,
  code: '',
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...patch,
});

test('characters are text in any layout and have no key that goes up', () => {
  for (const key of ['a', 'Ы', '5', ' ', '€', '🙂']) {
    expect(inputOfKey(press(key), 'down'), key).toEqual({ type: 'text', text: key });
    expect(inputOfKey(press(key), 'up'), key).toBeNull();
  }
  // AltGr
  expect(inputOfKey(press('@', { ctrlKey: true, altKey: true }), 'down')).toEqual({ type: 'text', text: '@' });
});

test('other keys go down and up, shortcuts by the place of their key', () => {
  expect(inputOfKey(press('Enter'), 'down')).toEqual({ type: 'key', what: 'down', key: 'Enter' });
  expect(inputOfKey(press('Shift'), 'up')).toEqual({ type: 'key', what: 'up', key: 'Shift' });
  expect(inputOfKey(press('ф', { ctrlKey: true, code: 'KeyA' }), 'down')).toEqual({ type: 'key', what: 'down', key: 'a' });
  expect(inputOfKey(press('z', { metaKey: true, code: 'KeyZ' }), 'up')).toEqual({ type: 'key', what: 'up', key: 'z' });
});

test('keys that only shift the layout or begin a composition say nothing', () => {
  for (const key of ['Dead', 'CapsLock', 'Process']) expect(inputOfKey(press(key), 'down')).toBeNull();
});
