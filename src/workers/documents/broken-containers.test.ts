import { describe, expect, test } from 'vitest';
import { everyFormat } from '../../../test/support/documents/every-format.ts';
import { importBytes } from '../../../test/support/documents/import-bytes.ts';
import { entry, makeOdt } from '../../../test/support/documents/office-files.ts';
import { makeZip, type ZipEntry } from '../../../test/support/documents/zip-file.ts';
import { documentErrorWords } from '../../shared/domain/document-error-words.ts';
import { formatTable, type DocumentFormat } from '../../shared/domain/document-formats.ts';
import type { DocumentError } from '../../shared/domain/document.ts';
import { languages } from '../../shared/domain/language.ts';

/** The container of each format around one part that is inflated when it is read. */
const containers: Readonly<Record<string, (part: Omit<ZipEntry, 'name'>) => ZipEntry[]>> = {
  epub: part => [
    entry('META-INF/container.xml', '<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>'),
    entry(
      'a.opf',
      '<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
    ),
    { ...part, name: 'a.xhtml' },
  ],
  fb2: part => [{ ...part, name: 'a.fb2' }],
  pptx: part => [
    entry('ppt/presentation.xml', '<p:presentation><p:sldId r:id="r1"/></p:presentation>'),
    entry('ppt/_rels/presentation.xml.rels', '<Relationships><Relationship Id="r1" Type="x/slide" Target="slides/a.xml"/></Relationships>'),
    { ...part, name: 'ppt/slides/a.xml' },
  ],
  xlsx: part => [
    entry('xl/workbook.xml', '<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>'),
    entry('xl/_rels/workbook.xml.rels', '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="a.xml"/></Relationships>'),
    { ...part, name: 'xl/a.xml' },
  ],
  odt: part => [entry('mimetype', 'application/vnd.oasis.opendocument.text'), { ...part, name: 'content.xml' }],
  docx: part => [{ ...part, name: 'word/document.xml' }],
};
const mebibyte = 1024 * 1024;

async function refusal(bytes: Uint8Array | string, name: string): Promise<DocumentError> {
  const { output } = await importBytes(bytes, name);
  if (output.result === 'read') throw new Error(`${name} was read.`);
  for (const language of languages) {
    const { fault, cure } = documentErrorWords(output.error, language);
    expect(`${fault}${cure}`.length).toBeGreaterThan(20);
  }
  return output.error;
}

describe.each(Object.keys(containers))('a container of %s', format => {
  const name = `a.${formatTable[format as DocumentFormat].extensions[0]}`;
  const make = (part: Omit<ZipEntry, 'name'>): Buffer => makeZip(containers[format]?.(part) ?? []);

  test('that inflates to far more than it is is refused before it does', async () => {
    expect(await refusal(make({ data: Buffer.alloc(24 * mebibyte, 0x20) }), name)).toMatchObject({ code: 'zip_bomb' });
  });

  test('that lies about its sizes is refused', async () => {
    const part = { data: Buffer.from(`<a>${'x'.repeat(50_000)}</a>`) };
    expect(await refusal(make({ ...part, claimedSize: 2 ** 31 }), name)).toMatchObject({ code: 'zip_bomb' });
    expect(await refusal(make({ ...part, claimedSize: 10 }), name)).toMatchObject({ code: 'damaged' });
  });

  test('with a password says so', async () => {
    expect(await refusal(make({ data: Buffer.from('<a/>'), encrypted: true }), name)).toMatchObject({ code: 'encrypted' });
  });

  test('whose entries lead out of it, or that breaks off, is damaged', async () => {
    const whole = makeZip([...(containers[format]?.({ data: Buffer.from('<a/>') }) ?? []), entry('../../outside.xml', '<a/>')]);
    expect(await refusal(whole, name)).toMatchObject({ code: 'damaged' });
    const bytes = make({ data: Buffer.from('<a/>') });
    expect(await refusal(bytes.subarray(0, bytes.byteLength - 30), name)).toMatchObject({ code: 'damaged' });
  });

  test('with entities made of entities, or elements nested without end, is refused, and the program goes on', async () => {
    const entities = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "yyyy"><!ENTITY z "&x;&x;&x;&x;">]><a>&z;</a>';
    const nested = `<a>${'<b>'.repeat(5_000)}`;
    // These two are read by libraries that take the one for a name and the other for a broken page.
    const isOthers = format === 'docx' || format === 'epub';
    for (const [text, code] of [
      [entities, 'zip_bomb'],
      [nested, 'damaged'],
    ] as const) {
      const { output } = await importBytes(make({ data: Buffer.from(text) }), name);
      if (output.result === 'read') expect(isOthers && output.charCount < 100).toBe(true);
      else if (!isOthers) expect(output.error.code).toBe(code);
    }
  });
});

test.each(Object.entries(everyFormat).filter(([format]) => ['epub', 'fb2', 'pptx', 'xlsx', 'odt', 'rtf', 'mhtml'].includes(format)))(
  'a %s cut anywhere is read as far as it goes, or refused with a sentence',
  async (format, make) => {
    const bytes = Buffer.from(await make());
    const name = `a.${formatTable[format as DocumentFormat].extensions[0]}`;
    for (const share of [0.05, 0.3, 0.6, 0.9, 0.99]) {
      const { output } = await importBytes(bytes.subarray(0, Math.floor(bytes.byteLength * share)), name);
      if (output.result === 'refused') expect(['damaged', 'empty', 'encrypted']).toContain(output.error.code);
      else expect(output.charCount).toBeGreaterThan(0);
    }
  },
);

test('an address or a path out of the container is never followed', async () => {
  const spine = (href: string): Buffer =>
    makeZip([
      entry('META-INF/container.xml', '<container><rootfile full-path="a/b.opf"/></container>'),
      entry(
        'a/b.opf',
        `<package><manifest><item id="a" href="${href}" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>`,
      ),
    ]);
  for (const href of ['../../../../etc/passwd', 'file:///etc/passwd', 'http://127.0.0.1/', '/etc/passwd', '%2e%2e/%2e%2e/etc/passwd'])
    expect(await refusal(spine(href), 'a.epub')).toMatchObject({ code: 'damaged' });
});

test('a cell that is repeated a million times is a cell', async () => {
  const cell = '<table:table-cell table:number-columns-repeated="999999999"><text:p>x</text:p></table:table-cell>';
  const { output } = await importBytes(makeOdt(`<table:table><table:table-row>${cell}</table:table-row></table:table>`), 'a.odt');
  expect(output).toMatchObject({ result: 'read' });
  if (output.result === 'read') expect(output.charCount).toBeLessThan(1_000);
});
