import { expect, test } from 'vitest';
import { commandFor, commands, type KeyPress } from './commands.ts';

const press = (patch: Partial<KeyPress>): KeyPress => ({
  key: '',
  code: '',
  ctrl: false,
  shift: false,
  alt: false,
  inText: false,
  ...patch,
});

test('no two commands share their keys', () => {
  const keys = commands.flatMap(command => command.keys ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});

test('letters go by their place on the keyboard, so a Russian layout works', () => {
  expect(commandFor(press({ key: 'л', code: 'KeyK', ctrl: true }))?.id).toBe('palette');
  expect(commandFor(press({ key: 'Л', code: 'KeyK', ctrl: true, shift: true }))?.id).toBe('synopsis');
  expect(commandFor(press({ key: 'б', code: 'Comma', ctrl: true }))?.id).toBe('settings');
});

test('a question mark opens the sheet, but not while typing', () => {
  expect(commandFor(press({ key: '?', code: 'Digit7', shift: true }))?.id).toBe('shortcuts');
  expect(commandFor(press({ key: '?', code: 'Slash', shift: true, inText: true }))).toBeNull();
});

test('plain letters and Alt combinations are not commands', () => {
  expect(commandFor(press({ key: 'k', code: 'KeyK' }))).toBeNull();
  expect(commandFor(press({ key: 'k', code: 'KeyK', ctrl: true, alt: true }))).toBeNull();
});
