import { expect, test } from 'vitest';
import { sectionsOf, versionWith } from '../../../test/support/synopsis/sample-version.ts';
import { cardsText, deckName, studyCards } from './study-cards.ts';
import { synopsisContent } from './synopsis-content.ts';

const contentOf = (texts: readonly string[], title = 'A title') =>
  synopsisContent(versionWith({ title, sections: sectionsOf(texts) }), 'en');

/** Reads quoted cells as Anki does: a doubled mark is one mark, and within marks a tab or a line end is text. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/"((?:[^"]|"")*)"(?:\t|$)/gu)].map(([, cell]) => (cell ?? '').replaceAll('""', '"'));
}

test('a question and a term of the same words are one card', () => {
  const cards = studyCards(contentOf(['Entropy', 'Mass']));
  expect(cards.map(({ question }) => question)).toEqual(['Entropy', 'Mass']);
});

test('a card keeps its name over versions, and synopses do not share one', () => {
  const [first] = studyCards(contentOf(['Entropy']));
  const [later] = studyCards(contentOf(['Something before it', 'Entropy']).sections.length > 0 ? contentOf(['Entropy']) : contentOf([]));
  expect(later?.guid).toBe(first?.guid);
});

test('a card names the quote behind it and where it stands', () => {
  const [card] = studyCards(contentOf(['Entropy']));
  expect(card?.source).toBe('“Entropy” — A book, p. 1');
});

test('any text is one cell of one row', () => {
  const texts = ['tab\there', 'line\nend', 'a "quoted" word', '#not a comment', '<i>tags</i> & co'];
  const lines = cardsText(contentOf(texts)).trimEnd();
  const head = lines.split('\n').slice(0, 5);
  expect(head).toEqual([
    '#separator:tab',
    '#html:true',
    '#notetype:Konspekt (question and answer)',
    '#deck:Synopsis: A title',
    '#guid column:1',
  ]);
  const rows = lines.slice(head.join('\n').length + 1).split(/\n(?="[0-9a-f]{8}-)/u);
  expect(rows.map(row => cellsOf(row)[1])).toEqual([
    'tab\there',
    'line\nend',
    'a &quot;quoted&quot; word',
    '#not a comment',
    '&lt;i&gt;tags&lt;/i&gt; &amp; co',
  ]);
  for (const row of rows) expect(cellsOf(row)).toHaveLength(4);
});

test('a title makes one deck and no decks within decks', () => {
  expect(deckName(contentOf(['x'], 'A::B "C"'))).toBe('Synopsis: A:B  C');
});
