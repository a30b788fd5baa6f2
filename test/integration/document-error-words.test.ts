import { describe, expect, test } from 'vitest';
import {
  documentErrorCodes,
  needsVisionDetail,
  redirectsDetail,
  scansNeedVisionDetail,
  storedTextDetail,
  visionFailedDetail,
} from '../../src/shared/domain/document.ts';
import { documentErrorWords } from '../../src/shared/domain/document-error-words.ts';
import { languages } from '../../src/shared/domain/language.ts';
import { en } from '../../src/renderer/i18n/en.ts';
import { ru } from '../../src/renderer/i18n/ru.ts';
import { documentFault } from '../../src/main/headless/document-fault.ts';

const errors = [
  ...documentErrorCodes.map(code => ({ code, detail: null })),
  { code: 'damaged', detail: storedTextDetail },
  { code: 'http_error', detail: redirectsDetail },
  { code: 'no_text', detail: needsVisionDetail },
  { code: 'no_text', detail: scansNeedVisionDetail },
  { code: 'no_text', detail: visionFailedDetail },
] as const;
const windowWords = { ru, en };

describe.each(languages)('a document that could not be read (%s)', language => {
  test.each(errors)('$code $detail has the same words and a cure in the window and on the command line', error => {
    const { fault, cure } = documentErrorWords(error, language);
    const inWindow = windowWords[language].documents.error[error.code](error.detail);
    const inTerminal = documentFault(error, language);
    expect(inWindow).toBe(`${fault}. ${cure}.`);
    expect(inTerminal.slice(0, fault.length).toLowerCase()).toBe(fault.toLowerCase());
    expect(inTerminal.length).toBeGreaterThan(fault.length + ' — '.length);
  });
});

test('the cure of a forbidden address is the command that allows it', () => {
  expect(documentFault({ code: 'forbidden_address', detail: 'localhost' }, 'en')).toBe(
    'this address is inside your own network and was not opened; to allow it: konspekt settings set allowed-hosts --add HOST[:PORT]',
  );
});

test('of details only the status of an answer is said', () => {
  expect(documentFault({ code: 'http_error', detail: '503' }, 'ru')).toBe('сайт ответил ошибкой (503) — проверьте адрес и повторите позже');
  expect(documentFault({ code: 'too_large', detail: '300 bytes' }, 'en')).toBe('the file is too large; split it into parts');
});
