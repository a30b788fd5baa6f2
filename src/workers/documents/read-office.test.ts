import { describe, expect, test } from 'vitest';
import { importBytes, outline, readSnapshot } from '../../../test/support/documents/import-bytes.ts';
import { entry, makeOdt, makePptx } from '../../../test/support/documents/office-files.ts';
import { makeZip } from '../../../test/support/documents/zip-file.ts';

const facts = { title: 'Свойства', author: 'Анна Берг', created: '2024-03-05T10:00:00Z' };

describe('PPTX', () => {
  test('slides come in the order in which they are shown, title first, notes last', async () => {
    const bytes = makePptx(
      [
        { title: 'Маяки севера', box: 'Доклад прочитан в Кеми.', notes: 'Начать с карты.' },
        {
          title: 'Как строили',
          points: ['Камень везли морем', 'Работала артель'],
          rows: [
            ['Год', 'Маяк'],
            ['1871', 'Северный'],
          ],
        },
      ],
      facts,
    );
    const { output, snapshot } = await importBytes(bytes, 'talk.pptx');
    expect(output).toMatchObject({ format: 'pptx', title: 'Маяки севера', author: 'Анна Берг', date: '2024-03-05', pageCount: 2 });
    expect(snapshot === null ? null : outline(snapshot)).toEqual([
      ['h1', 'Маяки севера'],
      ['paragraph', 'Доклад прочитан в Кеми.'],
      ['paragraph', 'Начать с карты.'],
      ['h2', 'Как строили'],
      ['list-item', 'Камень везли морем'],
      ['list-item', 'Работала артель'],
      ['table', 'Год | Маяк\n1871 | Северный'],
    ]);
    expect(snapshot?.segments.map(segment => segment.page)).toEqual([1, 1, 1, 2, 2, 2, 2]);
  });
});

describe('ODT', () => {
  const body = `
    <text:tracked-changes><text:changed-region><text:deletion><text:p>Вычеркнуто.</text:p></text:deletion></text:changed-region></text:tracked-changes>
    <text:p text:style-name="P1">О маяках</text:p>
    <text:h text:outline-level="2">Начало</text:h>
    <text:p>Маяк построили<text:s text:c="2"/>в 1871 году<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>По другим данным, в 1872.</text:p></text:note-body></text:note>.</text:p>
    <office:annotation><text:p>Проверить!</text:p></office:annotation>
    <text:list><text:list-item><text:p>камень</text:p></text:list-item><text:list-item><text:p>лес</text:p></text:list-item></text:list>
    <table:table><table:table-row><table:table-cell><text:p>Год</text:p></table:table-cell><table:table-cell><text:p>Маяк</text:p></table:table-cell></table:table-row>
    <table:table-row><table:table-cell><text:p>1871</text:p></table:table-cell><table:table-cell table:number-columns-repeated="900000"/></table:table-row></table:table>`;

  test('headings, lists, tables and notes; what was deleted is left out', async () => {
    const { output, snapshot } = await importBytes(makeOdt(body, facts), 'a.odt');
    expect(output).toMatchObject({ format: 'odt', title: 'О маяках', author: 'Анна Берг', date: '2024-03-05' });
    expect(snapshot === null ? null : outline(snapshot)).toEqual([
      ['h1', 'О маяках'],
      ['h2', 'Начало'],
      ['paragraph', 'Маяк построили в 1871 году.'],
      ['list-item', 'камень'],
      ['list-item', 'лес'],
      ['table', 'Год | Маяк\n1871'],
      ['paragraph', 'По другим данным, в 1872.'],
    ]);
  });

  test('a sheet of the same family is named as what it is', async () => {
    const sheet = makeOdt('', {}, 'application/vnd.oasis.opendocument.spreadsheet');
    expect((await importBytes(sheet, 'a.ods')).output).toMatchObject({ error: { code: 'unsupported_format', detail: 'spreadsheet' } });
  });
});

describe('RTF', () => {
  const cyrillic = (text: string): string =>
    Array.from(text)
      .map(char => {
        const code = char.charCodeAt(0);
        return code < 128 ? char : `\\'${(code === 0x451 ? 0xb8 : code - 0x350).toString(16)}`;
      })
      .join('');
  const wrap = (body: string): string =>
    `{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset204 Times;}{\\f1\\fcharset0 Arial;}}{\\stylesheet{\\s0 Normal;}{\\s1\\outlinelevel0 heading 1;}}{\\*\\generator Nobody;}{\\info{\\title Plan}{\\author \\f0 Anna Berg}{\\creatim\\yr2024\\mo3\\dy5}}{\\pict\\pngblip 89504e47}{\\header\\pard Page\\par}\n${body}}`;

  test('Cyrillic by the font, Unicode with its fallback, headings by style, rows of a table', async () => {
    const bytes = wrap(
      `\\pard\\s1\\f0 ${cyrillic('Маяки')}\\par\\pard\\f0 ${cyrillic('Построен в 1871 году.')}\\par\n` +
        `\\pard\\u1042?\\u1089?\\u1105? {\\b bold}{\\v hidden}\\~\\endash  {\\field{\\*\\fldinst HYPERLINK "x"}{\\fldrslt link}}\\par\n` +
        `\\trowd\\pard\\intbl a\\cell b\\cell\\row\\trowd\\pard\\intbl c\\par d\\cell e\\cell\\row\\pard end.\\par`,
    );
    const { output, snapshot } = await importBytes(bytes, 'a.rtf');
    expect(output).toMatchObject({ format: 'rtf', title: 'Маяки', author: 'Anna Berg', date: '2024-03-05', warnings: [] });
    expect(snapshot === null ? null : outline(snapshot)).toEqual([
      ['h1', 'Маяки'],
      ['paragraph', 'Построен в 1871 году.'],
      ['paragraph', 'Всё bold\u00a0– link'],
      ['table', 'a | b\nc d | e'],
      ['paragraph', 'end.'],
    ]);
  });

  test('a note leaves the paragraph it stands in as it was, and follows it', async () => {
    const bytes = wrap(
      `\\pard\\s1\\f1 The light{\\footnote\\pard\\s0 {\\b Built}\\par in 1871.\\par}house\\par` +
        `\\pard\\s0\\ls1 a keeper{\\footnote\\pard Nobody.} lives\\par\\pard here.\\par`,
    );
    expect(outline(await readSnapshot(bytes, 'a.rtf'))).toEqual([
      ['h1', 'The lighthouse'],
      ['paragraph', 'Built in 1871.'],
      ['list-item', 'a keeper lives'],
      ['paragraph', 'Nobody.'],
      ['paragraph', 'here.'],
    ]);
  });

  test('one that breaks off is read as far as it goes; groups without end are damaged', async () => {
    expect((await importBytes(wrap('The lighthouse burnt.\\par').slice(0, -6), 'a.rtf')).output).toMatchObject({
      result: 'read',
      warnings: [{ code: 'truncated' }],
    });
    expect((await importBytes(`{\\rtf1 ${'{'.repeat(5_000)}`, 'a.rtf')).output).toMatchObject({ error: { code: 'damaged' } });
  });
});

describe('MHTML', () => {
  const page = (html: string, encoding: string): string =>
    [
      'From: <Saved by Blink>',
      'Snapshot-Content-Location: https://example.org/',
      `Subject: =?utf-8?B?${Buffer.from('Маяки севера').toString('base64')}?=`,
      'Date: Tue, 5 Mar 2024 10:00:00 -0000',
      'MIME-Version: 1.0',
      'Content-Type: multipart/related;',
      '\ttype="text/html";',
      '\tboundary="----b--"',
      '',
      '',
      '------b--',
      'Content-Type: text/html',
      `Content-Transfer-Encoding: ${encoding}`,
      '',
      html,
      '------b--',
      'Content-Type: image/png',
      'Content-Transfer-Encoding: base64',
      '',
      'AAAA',
      '------b----',
    ].join('\r\n');
  const html = '<html><head><meta charset="utf-8"></head><body><h1>Маяки</h1><p>Маяк построили в 1871 году.</p></body></html>';
  const quoted = (text: string): string =>
    [...Buffer.from(text)]
      .map(byte => (byte > 126 || byte === 61 ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}` : String.fromCharCode(byte)))
      .join('')
      .replaceAll(/(.{70}[^=]{3})/gu, '$1=\r\n');

  test.each([
    ['quoted-printable', quoted(html), 'page.mhtml'],
    ['base64', Buffer.from(html).toString('base64'), 'page.mht'],
    ['base64', Buffer.from(html).toString('base64'), 'page'],
  ])('a page in %s is read, whatever its name', async (encoding, body, name) => {
    const { output, snapshot } = await importBytes(page(body, encoding), name);
    expect(output).toMatchObject({ format: 'mhtml', title: 'Маяки севера', date: '2024-03-05' });
    expect(snapshot === null ? null : outline(snapshot)).toEqual([
      ['h1', 'Маяки'],
      ['paragraph', 'Маяк построили в 1871 году.'],
    ]);
  });

  test('a page saved whole, with a folder beside it, is a page', async () => {
    expect(
      (await readSnapshot(html.replace('<html>', '<!-- saved from url=(0019)https://example.org/ -->\n<html>'), 'a.html')).text,
    ).toContain('1871');
  });
});

test('an ODT with a password says so, in either way of locking it', async () => {
  const manifest = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>';
  const type = entry('mimetype', 'application/vnd.oasis.opendocument.text');
  const parts = makeZip([type, entry('content.xml', 'x'.repeat(200)), entry('META-INF/manifest.xml', manifest)]);
  const whole = makeZip([type, entry('encrypted-package', 'x'.repeat(200)), entry('META-INF/manifest.xml', manifest)]);
  for (const bytes of [parts, whole]) expect((await importBytes(bytes, 'a.odt')).output).toMatchObject({ error: { code: 'encrypted' } });
});
