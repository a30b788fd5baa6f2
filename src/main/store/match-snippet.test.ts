import { describe, expect, test } from 'vitest';
import { snippet, snippetChars } from '../../shared/domain/snippet.ts';
import { matchSnippet } from './match-snippet.ts';

const marked = (text: string, typed: string) => {
  const found = matchSnippet(text, typed);
  return found.marks.map(({ start, end }) => found.text.slice(start, end));
};

describe('a snippet', () => {
  test('marks what the search found, in its own letters and forms', () => {
    expect(marked('Новые Конспекты по воде, ещё вода', 'конспект вод')).toEqual(['Конспекты', 'воде', 'вода']);
    expect(marked('The pumps pumped.', 'pump')).toEqual(['pumps', 'pumped']);
    expect(marked('Зелёный двор', 'зеленый')).toEqual(['Зелёный']);
  });

  test('is one line around the first match, cut at words', () => {
    const text = `${'начало '.repeat(40)}\n\n**вода** ${'конец '.repeat(60)}`;
    const found = matchSnippet(text, 'вода');
    expect(found.text).toMatch(/^…(?:начало )+вода (?:конец ?)+…$/u);
    expect(found.marks).toHaveLength(1);
    expect(found.text.length).toBeLessThanOrEqual(snippetChars + 2);
  });

  test('without a match is the beginning', () => {
    expect(matchSnippet('# Short\ntext', 'water')).toEqual({ text: 'Short text', marks: [] });
    expect(matchSnippet('', 'water')).toEqual({ text: '', marks: [] });
  });

  test.each(['a'.repeat(5_000), `${'x '.repeat(300)}a${'b'.repeat(4_000)}`, 'aa '.repeat(2_000)])(
    'keeps its bounds, whatever the text',
    text => {
      for (const typed of ['aa', 'ab', text.slice(0, 200)]) {
        const found = snippet.parse(matchSnippet(text, typed));
        for (const { start, end } of found.marks) expect(end <= found.text.length && start < end).toBe(true);
      }
    },
  );
});
