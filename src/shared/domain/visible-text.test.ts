import { expect, test } from 'vitest';
import { visibleLine, visibleParts, visibleText } from './visible-text.ts';

test('plain text of any script is one part', () => {
  for (const text of ['Привет, мир! 👍️ «да»', 'مرحبا', 'line\n\tline', 'a b', '日本語'])
    expect(visibleParts(text), text).toEqual([{ text, isHidden: false }]);
  expect(visibleParts('')).toEqual([]);
});

test('a character that turns the direction of text is shown by its number, in its place', () => {
  expect(visibleParts('evil\u202Etxt.exe')).toEqual([
    { text: 'evil', isHidden: false },
    { text: '⟨U+202E⟩', isHidden: true },
    { text: 'txt.exe', isHidden: false },
  ]);
});

test.each([
  ['\u0000', 'U+0000'],
  ['\u001B', 'U+001B'],
  ['\r', 'U+000D'],
  ['\u0085', 'U+0085'],
  ['\u200B', 'U+200B'],
  ['\u2066', 'U+2066'],
  ['\u2028', 'U+2028'],
  ['\uFEFF', 'U+FEFF'],
  ['\u3164', 'U+3164'],
  ['\u{E0041}', 'U+E0041'],
  ['\u{E0100}', 'U+E0100'],
  ['\uD800', 'U+D800'],
  ['\uE000', 'U+E000'],
])('%j is named', (character, name) => {
  expect(visibleText(`a${character}b`)).toBe(`a⟨${name}⟩b`);
});

test('a line has no breaks, and blanks do not push its end out of sight', () => {
  expect(visibleLine(` allow${' '.repeat(500)}\n\nthis\u200B `)).toBe('allow this⟨U+200B⟩');
});
