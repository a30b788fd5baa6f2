import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCanonical, toOneLine, toTrimmedLines } from './canonical-text.ts';

/** Any UTF-16, well formed or not, rich in the characters that matter here. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\u0000',
        '\r\n',
        '\r',
        '\u2028',
        '\u0085',
        '\u00ad',
        '\ufeff',
        '\ud800',
        '\udc00',
        'e\u0301',
        'и\u0306',
        ' ',
        '\u00a0',
        '\t',
        '\n',
      ),
    ),
  )
  .map(parts => parts.join(''));

describe('canonical text', () => {
  test('is well formed, in NFC and without controls, whatever it is made from', () => {
    fc.assert(
      fc.property(anyText, text => {
        const result = toCanonical(text);
        expect(result).not.toMatch(/\p{Surrogate}/u);
        expect(result.normalize('NFC')).toBe(result);
        // oxlint-disable-next-line no-control-regex
        expect(result).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\u00ad]/u);
        expect(toCanonical(result)).toBe(result);
      }),
    );
  });

  test('of parts joined by a break is the join of their canonical texts', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(toCanonical(`${toCanonical(a)}\n\n${toCanonical(b)}`)).toBe(`${toCanonical(a)}\n\n${toCanonical(b)}`);
      }),
    );
  });

  test('turns every line end into \\n and lone surrogates into the replacement character', () => {
    expect(toCanonical('a\r\nb\rc\u2028d\fe')).toBe('a\nb\nc\nd\ne');
    expect(toCanonical('x\ud800y')).toBe('x\ufffdy');
    expect(toCanonical('e\u0301 и\u0306')).toBe('é й');
  });

  test('on one line has single spaces and keeps no-break spaces', () => {
    expect(toOneLine('  a \t b\n\nc\u00a0d ')).toBe('a b c\u00a0d');
  });

  test('by lines keeps indents and drops what trails', () => {
    expect(toTrimmedLines('\n\n  a  \n\tb\t\n\n')).toBe('  a\n\tb');
  });
});
