import { describe, expect, test } from 'vitest';
import { encodeOneByte } from '../../../test/support/documents/one-byte-text.ts';
import { decodeText } from './decode-text.ts';

const samples = [
  'Привет',
  'Договор аренды',
  'Список: 1) хлеб; 2) молоко. ПРОТОКОЛ ЗАСЕДАНИЯ СОВЕТА ДИРЕКТОРОВ',
  'Протокол совещания от 12 марта. Решили запустить проект в апреле и поручить Ирине Петровой подготовить смету до пятницы.',
];

describe('decoding', () => {
  for (const encoding of ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5']) {
    test.each(samples)(`${encoding}: %s`, sample => {
      expect(decodeText(encodeOneByte(sample, encoding))).toEqual({ text: sample, encoding, guessed: true });
    });
  }

  test.each(samples)('UTF-16 without a mark: %s', sample => {
    const little = Buffer.from(sample, 'utf16le');
    expect(decodeText(little)).toEqual({ text: sample, encoding: 'utf-16le', guessed: true });
    expect(decodeText(Buffer.from(little).swap16())).toEqual({ text: sample, encoding: 'utf-16be', guessed: true });
  });

  test('a byte order mark decides and is no part of the text', () => {
    expect(decodeText(Buffer.from('\ufeffда', 'utf8'))).toEqual({ text: 'да', encoding: 'utf-8', guessed: false });
    expect(decodeText(Buffer.from('\ufeffда', 'utf16le'))).toEqual({ text: 'да', encoding: 'utf-16le', guessed: false });
  });

  test('valid UTF-8 is not guessed and wins over a wrong declaration', () => {
    expect(decodeText(Buffer.from('Съешь ещё'), 'windows-1251')).toEqual({ text: 'Съешь ещё', encoding: 'utf-8', guessed: false });
    expect(decodeText(Buffer.from('plain'))).toEqual({ text: 'plain', encoding: 'utf-8', guessed: false });
  });

  test('a declaration that fits is believed, an unknown one is not', () => {
    const bytes = encodeOneByte('Съешь', 'koi8-r');
    expect(decodeText(bytes, 'KOI8-R')).toEqual({ text: 'Съешь', encoding: 'koi8-r', guessed: false });
    expect(decodeText(bytes, 'no-such-encoding').text).toBe('Съешь');
    expect(decodeText(bytes, 'utf-8').text).toBe('Съешь');
  });

  test('Western accents are not taken for Cyrillic', () => {
    expect(decodeText(Buffer.from('Hello wörld, naïve café', 'latin1')).text).toBe('Hello wörld, naïve café');
  });

  test('UTF-8 with one broken byte stays UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('Привет мир. '.repeat(200)), Buffer.of(0xd0), Buffer.from(' Конец.')]);
    const { text, encoding, guessed } = decodeText(bytes);
    expect([encoding, guessed]).toEqual(['utf-8', true]);
    expect(text.endsWith('\ufffd Конец.')).toBe(true);
  });

  test('a long English preface does not hide the encoding of what follows', () => {
    const bytes = Buffer.concat([Buffer.from('Plain English preface. '.repeat(10_000)), encodeOneByte(samples[3] ?? '', 'ibm866')]);
    expect(decodeText(bytes).encoding).toBe('ibm866');
  });
});
