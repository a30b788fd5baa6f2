import { expect, test } from 'vitest';
import { createAnswerPrinter } from './answer-printer.ts';

function terminal(isTTY = true) {
  let text = '';
  const write = (piece: string) => {
    text += piece;
    return true;
  };
  const printer = createAnswerPrinter({ isTTY, write: write as NodeJS.WriteStream['write'] }, () => write('(anew)\n'));
  return { printer, text: () => text };
}

test('a text that grows is printed as it grows, each piece once', () => {
  const { printer, text } = terminal();
  for (const now of ['a', 'ab', 'ab', 'abc']) printer.show(now);
  expect(text()).toBe('abc');
  printer.end('abcd');
  expect(text()).toBe('abcd\n');
});

test('a text that is written anew is not doubled, and printed again only where it reads otherwise', () => {
  const same = terminal();
  for (const now of ['one two', 'one ', 'one tw', 'one two three']) same.printer.show(now);
  same.printer.end('one two three');
  expect(same.text()).toBe('one two three\n');
  const other = terminal();
  for (const now of ['one two', 'one ', 'one six']) other.printer.show(now);
  other.printer.end('one six');
  expect(other.text()).toBe('one two\n(anew)\none six\n');
});

test('a file gets the finished text alone', () => {
  const { printer, text } = terminal(false);
  printer.show('half');
  expect(text()).toBe('');
  printer.end('whole');
  expect(text()).toBe('whole\n');
});

test('no character of an answer steers the terminal', () => {
  const { printer, text } = terminal();
  printer.end('a\u001b[2Jb\n\tc\u202e');
  expect(text()).toBe('a[2Jb\n\tc\n');
});
