import { describe, expect, test } from 'vitest';
import { escapeBlock, escapeInline } from './escape-inline.ts';

describe('what needs no escape keeps its looks', () => {
  test.each([
    'The pump cost $10,000, and a pipe $600 a year.',
    '«2. Somov wrote of it»',
    'about ~50 pumps',
    'the field snake_case_name',
    'a | b',
    'see [12] and [13, p. 4] below',
    '3 < 5 > 2, AT&T',
    'back\\slash',
  ])('%s', text => {
    expect(escapeInline(text)).toBe(text);
  });
});

describe('what Markdown would take for a mark is escaped', () => {
  test.each([
    ['$x$ costs', String.raw`\$x\$ costs`],
    ['*stars*', String.raw`\*stars\*`],
    ['_lines_', String.raw`\_lines\_`],
    ['[link](x)', String.raw`\[link\](x)`],
    ['a note [^1]', String.raw`a note \[^1\]`],
    ['ends with [1]', String.raw`ends with \[1\]`],
    ['~~gone~~', String.raw`\~\~gone\~\~`],
    ['<b>', String.raw`\<b>`],
    ['# heading', String.raw`\# heading`],
  ])('%s', (text, escaped) => {
    expect(escapeInline(text)).toBe(escaped);
  });

  test.each([
    ['2. Somov', String.raw`2\. Somov`],
    ['- no list', String.raw`\- no list`],
    ['> no quote', String.raw`\> no quote`],
    ['[x] no box', String.raw`\[x\] no box`],
  ])('at the head of an item: %s', (text, escaped) => {
    expect(escapeBlock(text)).toBe(escaped);
  });
});
