import { describe, expect, test } from 'vitest';
import { makeDocx, makeDocxBomb, makeRawDocx, wordXml } from '../../../test/support/documents/docx-file.ts';
import { importBytes, outline, readSnapshot } from '../../../test/support/documents/import-bytes.ts';
import { makeZip } from '../../../test/support/documents/zip-file.ts';

const refusal = async (bytes: Uint8Array, name: string) => {
  const { output } = await importBytes(bytes, name);
  return output.result === 'refused' ? output.error : output;
};

describe('DOCX', () => {
  test('gives headings, paragraphs, lists, tables and notes', async () => {
    const bytes = await makeDocx([
      { kind: 'heading', level: 1, text: 'Договор' },
      { kind: 'paragraph', text: 'Стороны согласны.', note: 'Сноска первая.' },
      { kind: 'list', items: ['раз', 'два'] },
      { kind: 'list', items: ['один'], numbered: true },
      {
        kind: 'table',
        rows: [
          ['Имя', 'Срок'],
          ['Ирина', 'пятница'],
        ],
      },
      { kind: 'heading', level: 2, text: 'Итог' },
      { kind: 'paragraph', text: 'Конец.' },
    ]);
    const snapshot = await readSnapshot(bytes, 'contract.docx');
    expect(snapshot).toMatchObject({ title: 'Договор', pages: [], warnings: [], language: 'ru' });
    expect(outline(snapshot)).toEqual([
      ['h1', 'Договор'],
      ['paragraph', 'Стороны согласны.'],
      ['list-item', 'раз'],
      ['list-item', 'два'],
      ['list-item', 'один'],
      ['table', 'Имя | Срок\nИрина | пятница'],
      ['h2', 'Итог'],
      ['paragraph', 'Конец.'],
      ['list-item', 'Сноска первая.'],
    ]);
  });

  test.each([
    ['Как Россия строила железные дороги', 'Первая дорога открылась в 1837 году.', 'Как Россия строила железные дороги'],
    ['How railways were built', 'The first line opened in 1837.', 'How railways were built'],
    ['Первая дорога открылась в 1837 году.', 'Она была короткой.', null],
    ['Anna: Good morning', 'Boris: Hello', null],
  ])('begins with its title when no heading does: %s', async (first, second, title) => {
    expect(await readSnapshot(makeRawDocx({ data: wordXml([first, second]) }), 'paper.docx')).toMatchObject({ title });
  });

  test('is recognised under any name', async () => {
    const bytes = makeRawDocx({ data: wordXml(['Первый абзац', 'Второй']) });
    expect(outline(await readSnapshot(bytes, 'contract.txt'))).toEqual([
      ['paragraph', 'Первый абзац'],
      ['paragraph', 'Второй'],
    ]);
  });

  test('a bomb is refused before it is opened, an honest and a lying one', async () => {
    expect(await refusal(makeDocxBomb(16_000_000), 'bomb.docx')).toMatchObject({ code: 'zip_bomb' });
    expect(await refusal(makeRawDocx({ data: Buffer.alloc(10_000_000), claimedSize: 1_000 }), 'liar.docx')).toMatchObject({
      code: 'damaged',
    });
    const many = Array.from({ length: 20_001 }, (_, index) => ({ name: `word/${index}.xml`, data: Buffer.alloc(0) }));
    expect(await refusal(makeRawDocx({ data: wordXml(['x']) }, many), 'many.docx')).toMatchObject({ code: 'zip_bomb' });
  });

  test('a locked, a cut and a foreign archive are named as such', async () => {
    expect(await refusal(makeRawDocx({ data: wordXml(['x']), encrypted: true }), 'locked.docx')).toEqual({
      code: 'encrypted',
      detail: 'docx',
    });
    const whole = await makeDocx([{ kind: 'paragraph', text: 'Текст' }]);
    expect(await refusal(whole.subarray(0, whole.byteLength / 2), 'cut.docx')).toMatchObject({ code: 'damaged' });
    const sheet = makeZip([
      { name: '[Content_Types].xml', data: Buffer.from('<Types/>') },
      { name: 'xl/workbook.bin', data: Buffer.from('x') },
    ]);
    expect(await refusal(sheet, 'table.docx')).toEqual({ code: 'wrong_format', detail: 'xlsb' });
    expect(await refusal(makeZip([{ name: 'a.txt', data: Buffer.from('x') }]), 'a.zip')).toEqual({
      code: 'unsupported_format',
      detail: 'zip',
    });
    expect(await refusal(makeRawDocx({ data: Buffer.from('<not-word') }), 'broken.docx')).toMatchObject({ code: 'damaged' });
    expect(await refusal(makeRawDocx({ data: wordXml([]) }), 'blank.docx')).toEqual({ code: 'empty', detail: null });
  });
});
