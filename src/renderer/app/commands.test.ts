import { expect, test } from 'vitest';
import { commandFor, commands, shownKeys, type KeyPress } from './commands.ts';

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
  for (const host of ['desktop', 'headless'] as const) {
    const keys = commands.flatMap(command => shownKeys(command, host) ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  }
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

test('a browser is shown no combination that it keeps to itself, and every one shown works', () => {
  const kept = ['Ctrl+N', 'Ctrl+L', 'Ctrl+T', 'Ctrl+W', 'Ctrl+Shift+N', 'Ctrl+Shift+K', 'Ctrl+Shift+S', 'Ctrl+Shift+T', 'Ctrl+Shift+W'];
  for (const command of commands) expect(kept, command.id).not.toContain(shownKeys(command, 'headless'));
  expect(commandFor(press({ key: 'т', code: 'KeyN', alt: true }))?.id).toBe('newChat');
  expect(commandFor(press({ key: 'k', code: 'KeyK', alt: true }))?.id).toBe('synopsis');
  expect(commandFor(press({ key: 'n', code: 'KeyN', ctrl: true }))?.id).toBe('newChat');
});

test('plain letters and other Alt combinations are not commands', () => {
  expect(commandFor(press({ key: 'k', code: 'KeyK' }))).toBeNull();
  expect(commandFor(press({ key: 'k', code: 'KeyK', ctrl: true, alt: true }))).toBeNull();
});
