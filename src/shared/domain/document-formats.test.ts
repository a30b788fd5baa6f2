import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { acceptedFiles, documentFormats, formatOfMediaType, formatOfName, formatTable, listedFormats } from './document-formats.ts';

describe('the table of formats', () => {
  test('each ending and each type belongs to one format', () => {
    for (const field of ['extensions', 'mediaTypes'] as const) {
      const all = documentFormats.flatMap(format => [...formatTable[format][field]]);
      expect(new Set(all).size).toBe(all.length);
    }
    for (const format of documentFormats) {
      for (const extension of formatTable[format].extensions) expect(formatOfName(`A.b.${extension.toUpperCase()}`)).toBe(format);
      for (const type of formatTable[format].mediaTypes) expect(formatOfMediaType(type)).toBe(format);
    }
    expect(['pdf', 'a.', 'a.exe', 'a.zip', ''].map(formatOfName)).toEqual([null, null, null, null, null]);
    expect(acceptedFiles).toMatch(/^(?:\.[a-z\d]+,)+\.[a-z\d]+$/u);
  });

  test('the README names what is read', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8');
    expect(/<!-- formats -->(.*)<!-- \/formats -->/u.exec(readme)?.[1]).toBe(listedFormats('en'));
  });
});
