import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import type { ParagraphChild } from 'docx';
import { zipTime } from './zip-time.ts';
import type { ContentItem, ContentSection, SynopsisContent } from '../../shared/export/synopsis-content.ts';

/** What Word and LibreOffice both have, with Cyrillic. */
const font = 'Times New Roman';
/** Half points: 12 and 10 pt. */
const textSize = 24;
const noteSize = 20;
/** Twips, twentieths of a point: the margins of an A4 page in office use, 20 and 25 mm. */
const pageMargin = { top: 1134, bottom: 1134, left: 1417, right: 1134 };
const listIndent = { left: 425, hanging: 283 };

/** A Word document with real footnotes. The same content makes the same bytes. */
export async function docxOf(content: SynopsisContent): Promise<Uint8Array> {
  // Loaded with the first document that is asked for: the package is larger than the rest of the worker.
  const docx = await import('docx');
  const { version, words, language } = content;
  const notes: Record<string, { children: InstanceType<typeof docx.Paragraph>[] }> = {};

  /** Word numbers every reference; one that comes again gets its note once more. */
  function reference(mark: number): ParagraphChild[] {
    const note = content.footnotes[mark - 1];
    if (note === undefined) return [];
    const id = Object.keys(notes).length + 1;
    const text = ` ${words.quoteOpen}${legal(note.quote)}${words.quoteClose} — ${legal(note.facts.join(', '))}`;
    notes[String(id)] = { children: [new docx.Paragraph({ children: [new docx.TextRun({ text, size: noteSize })] })] };
    return [new docx.FootnoteReferenceRun(id)];
  }
  const run = (text: string, options: { bold?: boolean; italics?: boolean } = {}) => new docx.TextRun({ text: legal(text), ...options });
  const marks = (item: ContentItem) => item.marks.flatMap(reference);
  const facts = (item: ContentItem) => (item.facts.length === 0 ? [] : [run(` (${item.facts.join('; ')})`, { italics: true })]);
  const paragraph = (children: readonly ParagraphChild[]) => new docx.Paragraph({ spacing: { after: 120 }, children });
  const listed = (reference: 'bullets' | 'checks' | 'questions', children: readonly ParagraphChild[]) =>
    new docx.Paragraph({ numbering: { reference, level: 0 }, spacing: { after: 60 }, children });

  function section({ name, form, items }: ContentSection): InstanceType<typeof docx.Paragraph>[] {
    const heading = new docx.Paragraph({ heading: docx.HeadingLevel.HEADING_1, children: [run(name)] });
    switch (form) {
      case 'prose':
        return [heading, paragraph(items.flatMap((item, at) => [run(`${at === 0 ? '' : ' '}${item.text}`), ...marks(item)]))];
      case 'list':
      case 'checks':
        return [
          heading,
          ...items.map(item =>
            listed(form === 'checks' ? 'checks' : 'bullets', [
              ...(item.lead === null ? [] : [run(`${item.lead}. `, { bold: true })]),
              run(item.text),
              ...marks(item),
              ...facts(item),
            ]),
          ),
        ];
      case 'answers':
        return [
          heading,
          ...items.flatMap(item => [
            listed('questions', [run(item.text)]),
            new docx.Paragraph({
              indent: { left: listIndent.left },
              spacing: { after: 120 },
              children: [run(`${words.answer}: `, { italics: true }), run(item.answer ?? ''), ...marks(item)],
            }),
          ]),
        ];
    }
  }

  /** Set off by its border; the person's own lines stay lines. */
  function note(text: string): InstanceType<typeof docx.Paragraph>[] {
    const border = { left: { style: docx.BorderStyle.SINGLE, size: 12, space: 8, color: '999999' } };
    const lines = [run(words.note, { bold: true }), ...text.split('\n').map(line => run(line))];
    return lines.map(line => new docx.Paragraph({ border, indent: { left: listIndent.left }, spacing: { after: 40 }, children: [line] }));
  }

  const level = (format: (typeof docx.LevelFormat)[keyof typeof docx.LevelFormat], text: string) => [
    { level: 0, format, text, alignment: docx.AlignmentType.LEFT, style: { paragraph: { indent: listIndent } } },
  ];
  const children = [
    new docx.Paragraph({ heading: docx.HeadingLevel.TITLE, children: [run(version.title)] }),
    paragraph([run(words.madeOn(new Date(version.finishedAtMs ?? version.createdAtMs)), { italics: true })]),
    ...content.notices.map(({ isWarning, text }) => paragraph([run(text, { italics: !isWarning, bold: isWarning })])),
    ...content.parts.flatMap(each => (each.part === 'note' ? note(each.text) : section(each.section))),
    ...(content.empty === null ? [] : [paragraph([run(content.empty, { italics: true })])]),
    new docx.Paragraph({ heading: docx.HeadingLevel.HEADING_1, children: [run(words.sources)] }),
    ...content.sources.map(source => listed('bullets', [run(source.title), run(` (${source.facts.join('; ')})`, { italics: true })])),
  ];
  const document = new docx.Document({
    title: legal(version.title),
    creator: 'Konspekt',
    lastModifiedBy: 'Konspekt',
    hyphenation: { autoHyphenation: true },
    styles: {
      default: {
        document: { run: { font, size: textSize, language: { value: language === 'ru' ? 'ru-RU' : 'en-GB' } } },
        title: { run: { size: 36, bold: true }, paragraph: { spacing: { after: 160 } } },
        heading1: { run: { size: 28, bold: true }, paragraph: { spacing: { before: 320, after: 120 }, keepNext: true } },
      },
    },
    numbering: {
      config: [
        { reference: 'bullets', levels: level(docx.LevelFormat.BULLET, '•') },
        { reference: 'checks', levels: level(docx.LevelFormat.BULLET, '☐') },
        { reference: 'questions', levels: level(docx.LevelFormat.DECIMAL, '%1.') },
      ],
    },
    footnotes: notes,
    // 210 × 297 mm.
    sections: [{ properties: { page: { size: { width: 11_906, height: 16_838 }, margin: pageMargin } }, children }],
  });
  return withoutTime(new Uint8Array(await docx.Packer.toArrayBuffer(document)), version.finishedAtMs ?? version.createdAtMs);
}

/** XML has no control characters, escaped or not, and no half of a surrogate pair. */
function legal(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu, ' ');
}

/** The package writes when it ran; the file tells when the synopsis was made, so that it is the same each time. */
function withoutTime(bytes: Uint8Array, atMs: number): Uint8Array {
  const at = new Date(atMs);
  const files: Zippable = {};
  for (const [name, data] of Object.entries(unzipSync(bytes))) {
    const isCore = name === 'docProps/core.xml';
    files[name] = isCore ? strToU8(strFromU8(data).replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/gu, `$1${at.toISOString()}`)) : data;
  }
  return zipSync(files, { mtime: zipTime(at) });
}
