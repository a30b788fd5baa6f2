import {
  AlignmentType,
  Document,
  FootnoteReferenceRun,
  HeadingLevel,
  LevelFormat,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from 'docx';
import { makeZip, type ZipEntry } from './zip-file.ts';

export type DocxPart =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string; readonly note?: string }
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly numbered?: boolean }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] };

const headingLevels = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 } as const;

/** A DOCX as a word processor writes it: built-in heading styles, real lists, tables and footnotes. */
export async function makeDocx(parts: readonly DocxPart[]): Promise<Buffer> {
  const footnotes: Record<string, { children: Paragraph[] }> = {};
  let notes = 0;
  const children = parts.flatMap((part): (Paragraph | Table)[] => {
    switch (part.kind) {
      case 'heading':
        return [new Paragraph({ heading: headingLevels[part.level], children: [new TextRun(part.text)] })];
      case 'paragraph': {
        const runs: (TextRun | FootnoteReferenceRun)[] = [new TextRun(part.text)];
        if (part.note !== undefined) {
          notes += 1;
          footnotes[String(notes)] = { children: [new Paragraph(part.note)] };
          runs.push(new FootnoteReferenceRun(notes));
        }
        return [new Paragraph({ children: runs })];
      }
      case 'list':
        return part.items.map(
          text =>
            new Paragraph({
              text,
              ...(part.numbered === true ? { numbering: { reference: 'numbers', level: 0 } } : { bullet: { level: 0 } }),
            }),
        );
      case 'table':
        return [
          new Table({
            rows: part.rows.map(row => new TableRow({ children: row.map(text => new TableCell({ children: [new Paragraph(text)] })) })),
          }),
        ];
    }
  });
  return await Packer.toBuffer(
    new Document({
      footnotes,
      numbering: {
        config: [
          { reference: 'numbers', levels: [{ level: 0, format: LevelFormat.DECIMAL, text: '%1.', alignment: AlignmentType.START }] },
        ],
      },
      sections: [{ children }],
    }),
  );
}

const contentTypes =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const relations =
  '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>';

/** The smallest package that is a DOCX, around a main part of any bytes. */
export function makeRawDocx(main: Omit<ZipEntry, 'name'>, more: readonly ZipEntry[] = []): Buffer {
  return makeZip([
    { name: '[Content_Types].xml', data: Buffer.from(contentTypes) },
    { name: '_rels/.rels', data: Buffer.from(relations) },
    { ...main, name: 'word/document.xml' },
    ...more,
  ]);
}

/** The main part of a DOCX with one plain paragraph per text. */
export function wordXml(paragraphs: readonly string[]): Buffer {
  const body = paragraphs.map(text => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`).join('');
  return Buffer.from(
    `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  );
}

/** A DOCX of a few kilobytes that inflates to `bytes` of spaces. */
export function makeDocxBomb(bytes: number): Buffer {
  return makeRawDocx({ data: Buffer.alloc(bytes, 0x20) });
}
