import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf } from './pdf-lines.ts';
import { paragraphsOf } from './pdf-paragraphs.ts';

const word = fc.constantFrom('причалу', 'паровоз', 'наводнение', 'Волга', 'harbour', 'engineering', 'ёлка', 'подъезд');

/** A line's runs on their baseline, as pdf.js gives them for type of ten points. */
function runsOf(lines: readonly string[]) {
  return lines.map((str, index) => ({ str, transform: [10, 0, 0, 10, 70, 700 - index * 13], width: 400 }));
}

test('words parted by soft hyphens at line ends come out whole, wherever they are parted', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(word, fc.nat()), { minLength: 2, maxLength: 12 }), fc.constantFrom('', ' '), (words, trailing) => {
      const lines = words.reduce<string[]>(
        (all, [text, at]) => {
          const cut = 1 + (at % (text.length - 1));
          return [...all.slice(0, -1), `${all.at(-1) ?? ''}${text.slice(0, cut)}\u00ad${trailing}`, `${text.slice(cut)} `];
        },
        [''],
      );
      const [paragraph, ...others] = paragraphsOf(linesOf(runsOf(lines)));
      expect(others).toEqual([]);
      expect(paragraph?.text).toBe(words.map(([text]) => text).join(' '));
    }),
  );
});

test('a soft hyphen within a line leaves nothing behind', () => {
  expect(linesOf(runsOf(['к прича\u00adлу подо\u00ad', 'шёл катер'])).map(({ text }) => text)).toEqual([
    'к причалу подо\u00ad',
    'шёл катер',
  ]);
});
