import { expect, test } from 'vitest';
import { joinedTitle } from './joined-title.ts';

const more = (count: number) => `and ${count} more`;
const titled = (...titles: string[]) =>
  joinedTitle(
    titles.map(title => ({ title })),
    more,
  );

test.each([
  [['A book'], 'A book'],
  [['A book', 'A page'], 'A book; A page'],
  [['x'.repeat(100), 'y'.repeat(30), 'z'], `${'x'.repeat(100)} and 2 more`],
  [['x'.repeat(300)], `${'x'.repeat(199)}…`],
])('%j is %s', (titles, joined) => {
  expect(titled(...titles)).toBe(joined);
});

test.each([[['x'.repeat(500), 'y', 'z']], [['😀'.repeat(300), 'y']], [Array.from({ length: 50 }, (_, at) => `Document ${at}`)]])(
  '%# fits a chat’s title and stays whole characters',
  titles => {
    const joined = titled(...titles);
    expect(joined.length).toBeLessThanOrEqual(200);
    expect(joined.isWellFormed()).toBe(true);
    expect(joined).toMatch(/ and \d+ more$/u);
  },
);
