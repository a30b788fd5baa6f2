import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { locateQuote } from './quote-match.ts';

const text = [
  'Совет утвердил бюджет в размере 850 тысяч рублей на рекламу мобильного приложения в третьем квартале.',
  'Ёлка стоит у входа, и её видно из «Северного» вокзала — даже ночью.',
  'Комитет не одобрил перенос релиза на двадцать седьмое мая из-за ошибок в модуле оплаты.',
  'Северо-\nзападный ветер усилился, а конспек-\nтирование лекций помогает запомнить материал лучше простого чтения.',
  'The committee approved the new schedule on March 12, and all teams will follow it until the end of the year.',
].join('\n');

const quoted = (quote: string): string | null => {
  const { start, end } = locateQuote(text, quote);
  return start === null ? null : text.slice(start, end);
};

/** A slice of whole words of the text. */
const slices = fc
  .tuple(fc.nat(text.length - 1), fc.integer({ min: 20, max: 160 }))
  .map(([at, length]) => {
    const from = text.lastIndexOf(' ', at) + 1;
    const space = text.indexOf(' ', from + length);
    return text.slice(from, space === -1 ? text.length : space).trim();
  })
  // A slice that begins behind a negation says the opposite of the text, and is refused.
  .filter(slice => /\p{L}/u.test(slice) && !text.includes(`не ${slice}`));

describe('a quote of the source', () => {
  test('every slice is verified at a place that reads the same', () => {
    fc.assert(
      fc.property(slices, slice => {
        const match = locateQuote(text, slice);
        expect(match.support).toBe('verified');
        expect(quoted(slice)).toBe(slice);
      }),
    );
  });

  test('typography changes neither the verdict nor the place', () => {
    const changes: readonly ((quote: string) => string)[] = [
      quote => quote.replaceAll('ё', 'е').replaceAll('Ё', 'Е'),
      quote => quote.replaceAll(' ', '\u00A0'),
      quote => quote.replaceAll(' — ', ' – '),
      quote => quote.replaceAll(/[«»]/gu, '"'),
      quote => quote.toUpperCase(),
      quote => quote.replaceAll('-\n', ''),
      quote => quote.replaceAll('\n', ' '),
      quote => quote.replaceAll(/(\p{L}{4})(\p{L}{3})/gu, '$1\u00AD$2'),
    ];
    fc.assert(
      fc.property(slices, fc.subarray([...changes], { minLength: 1 }), (slice, applied) => {
        // A break inside a hyphenated word reads as a space once the line end is one: that is another text.
        fc.pre(!slice.includes('-\n'));
        const changed = applied.reduce((quote, change) => change(quote), slice);
        const match = locateQuote(text, changed);
        expect(match.support).toBe('verified');
        const place = quoted(changed) ?? '';
        const plain = (value: string): string =>
          value
            .toLowerCase()
            .replaceAll('ё', 'е')
            .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
            .trim();
        expect(plain(place)).toBe(plain(slice));
      }),
    );
  });

  test('a word parted at a line end is one word', () => {
    expect(quoted('конспектирование лекций')).toBe('конспек-\nтирование лекций');
    expect(quoted('северо-западный ветер')).toBe('Северо-\nзападный ветер');
  });
});

describe('a quote that is nearly in the source', () => {
  test('one replaced word in a long quote is approximate, and the place holds the source words', () => {
    const match = locateQuote(
      text,
      'Совет утвердил бюджет в размере 850 тысяч рублей на продвижение мобильного приложения в третьем квартале',
    );
    expect(match.support).toBe('approximate');
    expect(text.slice(match.start ?? 0, match.end ?? 0)).toContain('на рекламу мобильного');
  });

  test('parts around an ellipsis are found in order only', () => {
    expect(locateQuote(text, 'Комитет не одобрил […] ошибок в модуле оплаты').support).toBe('approximate');
    expect(locateQuote(text, 'ошибок в модуле оплаты … Комитет не одобрил').support).toBe('missing');
  });

  test('a changed number is missing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 9_999 }).filter(value => value !== 850 && value !== 50),
        value => {
          expect(
            locateQuote(text, `Совет утвердил бюджет в размере ${value} тысяч рублей на рекламу мобильного приложения в третьем квартале`)
              .support,
          ).toBe('missing');
        },
      ),
    );
    expect(locateQuote(text, '50 тысяч рублей').support).toBe('missing');
    expect(locateQuote('Цена 1,5 млн рублей.', '5 млн рублей').support).toBe('missing');
    expect(locateQuote('Цена 1,5 млн рублей.', 'Цена 1').support).toBe('missing');
  });

  test('an added negation is missing wherever it is put', () => {
    const words = 'The committee approved the new schedule on March 12, and all teams will follow it until the end of the year.'.split(' ');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: words.length - 1 }), fc.constantFrom('not', 'never', 'no', 'не'), (at, negation) => {
        expect(locateQuote(text, [...words.slice(0, at), negation, ...words.slice(at)].join(' ')).support).toBe('missing');
      }),
    );
  });

  test('a removed negation is missing, also at the head', () => {
    expect(locateQuote(text, 'Комитет одобрил перенос релиза на двадцать седьмое мая из-за ошибок в модуле оплаты').support).toBe(
      'missing',
    );
    expect(locateQuote(text, 'Директор одобрил перенос релиза на двадцать седьмое мая из-за ошибок в модуле оплаты').support).toBe(
      'missing',
    );
  });

  test('a quote that begins right after a negation is missing, unless its words stand elsewhere without one', () => {
    expect(locateQuote(text, 'одобрил перенос релиза на двадцать седьмое мая').support).toBe('missing');
    expect(locateQuote("They didn't sell the house.", 'sell the house').support).toBe('missing');
    expect(locateQuote('Мы не поедем в горы. Потом мы решили: поедем в горы.', 'поедем в горы').support).toBe('verified');
    expect(locateQuote('Нет. Поедем в горы завтра.', 'Поедем в горы завтра').support).toBe('verified');
  });

  test('a number inside a compound word is a number', () => {
    const years = 'Экономисты называют это циклом: избыток разоряет слабых, и через два-три года всё повторяется.';
    expect(locateQuote(years, years.replace('два-три', 'два-пять')).support).toBe('missing');
    const miles = 'Since 1998 volunteers have cleared fourteen of the twenty-one miles of the old canal.';
    expect(locateQuote(miles, miles.replace('twenty-one', 'thirty-one')).support).toBe('missing');
  });

  test('a word turned into its opposite is missing', () => {
    const source = 'При таком подходе результаты оказались удачными для всех участников большого исследования в Казани.';
    expect(locateQuote(source, source.replace('удачными', 'неудачными')).support).toBe('missing');
    const rise = 'The price of the imported grain rose sharply during the second half of the dry season.';
    expect(locateQuote(rise, rise.replace('rose', 'fell')).support).toBe('missing');
  });

  test('made-up words are missing', () => {
    expect(locateQuote(text, 'Этого предложения в тексте никогда не было и быть не могло').support).toBe('missing');
    expect(locateQuote(text, '   ').support).toBe('missing');
    expect(locateQuote('', 'что угодно').support).toBe('missing');
  });
});
