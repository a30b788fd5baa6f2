import { expect, test } from 'vitest';
import type { PdfLine } from './pdf-lines.ts';
import { paragraphsOf } from './pdf-paragraphs.ts';

/** Lines of one column, 400 points wide unless `right` says otherwise, one under the other by `leading` letter sizes. */
function page(...lines: readonly { text: string; size?: number; leading?: number; right?: number }[]): PdfLine[] {
  let baseline = 780;
  return lines.map(({ text, size = 10, leading = 1.35, right = 470 }) => {
    baseline -= size * leading;
    return { text, left: 70, right, baseline, size };
  });
}
const texts = (lines: readonly PdfLine[]): string[] => paragraphsOf(lines).map(({ text }) => text);

test('a heading in large type over two lines is one', () => {
  const body = Array.from({ length: 6 }, () => ({ text: 'вода прибывала всю ночь, и к утру' }));
  expect(texts(page({ text: 'Паводок оставил без света', size: 18 }, { text: 'два посёлка', size: 18, right: 200 }, ...body)).at(0)).toBe(
    'Паводок оставил без света два посёлка',
  );
});

test('a number that ends a sentence at the head of a line begins no list', () => {
  expect(
    texts(
      page(
        { text: 'A battery at 40 degrees ages twice as fast as one kept at' },
        { text: '25. Heat also comes from the charger', right: 300 },
      ),
    ),
  ).toEqual(['A battery at 40 degrees ages twice as fast as one kept at 25. Heat also comes from the charger']);
});

test('the next number of a list does, whether the line before is full or not', () => {
  const full = { text: '1. Turn the main valve off and wait until the pressure' };
  expect(texts(page(full, { text: '2. Open the tap', right: 160 }, { text: '3. Drain the pipe', right: 160 }))).toHaveLength(3);
  expect(texts(page({ text: 'You need', right: 120 }, { text: '1. a bucket', right: 120 }))).toHaveLength(2);
  expect(texts(page({ text: 'This is what has to be done before the winter comes.' }, { text: '1. Drain the pipe' }))).toHaveLength(2);
});
