import { makeZip, type ZipEntry } from './zip-file.ts';

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const officeTypes = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export function entry(name: string, text: string): ZipEntry {
  return { name, data: Buffer.from(text) };
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export interface OfficeFacts {
  readonly title?: string;
  readonly author?: string;
  readonly created?: string;
}

function coreEntry({ title = '', author = '', created = '' }: OfficeFacts): ZipEntry {
  return entry(
    'docProps/core.xml',
    `${xml}<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>${escaped(title)}</dc:title><dc:creator>${escaped(author)}</dc:creator><dcterms:created>${created}</dcterms:created></cp:coreProperties>`,
  );
}

function relations(list: readonly (readonly [id: string, type: string, target: string])[]): string {
  return `${xml}<Relationships xmlns="r">${list.map(([id, type, target]) => `<Relationship Id="${id}" Type="${officeTypes}/${type}" Target="${target}"/>`).join('')}</Relationships>`;
}

const contentTypes = entry('[Content_Types].xml', `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`);

/** A cell: words, a number, or a number that is shown as a date or as a share. */
export type Cell = string | number | { readonly date: number } | { readonly share: number } | null;

export interface SheetParts {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
}

/** A workbook as spreadsheets write it: shared strings, styles, one part for each sheet. */
export function makeXlsx(sheets: readonly SheetParts[], facts: OfficeFacts = {}, more: readonly ZipEntry[] = []): Buffer {
  const strings: string[] = [];
  const numberOf = (text: string): number => (strings.includes(text) ? strings.indexOf(text) : strings.push(text) - 1);
  const cellXml = (cell: Cell, place: string): string => {
    if (cell === null) return '';
    if (typeof cell === 'string') return `<c r="${place}" t="s"><v>${numberOf(cell)}</v></c>`;
    if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
    return 'date' in cell ? `<c r="${place}" s="1"><v>${cell.date}</v></c>` : `<c r="${place}" s="2"><v>${cell.share}</v></c>`;
  };
  const parts = sheets.map(({ rows }, at) =>
    entry(
      `xl/worksheets/sheet${at + 1}.xml`,
      `${xml}<worksheet xmlns="s"><sheetData>${rows
        .map(
          (row, y) => `<row r="${y + 1}">${row.map((cell, x) => cellXml(cell, `${String.fromCharCode(65 + x)}${y + 1}`)).join('')}</row>`,
        )
        .join('')}</sheetData></worksheet>`,
    ),
  );
  return makeZip([
    contentTypes,
    entry(
      'xl/workbook.xml',
      `${xml}<workbook xmlns="s" xmlns:r="r"><sheets>${sheets.map(({ name }, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
    ),
    entry(
      'xl/_rels/workbook.xml.rels',
      relations([
        ...sheets.map((_, at) => [`rId${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`] as const),
        ['rIdS', 'sharedStrings', 'sharedStrings.xml'],
        ['rIdT', 'styles', 'styles.xml'],
      ]),
    ),
    ...parts,
    entry(
      'xl/sharedStrings.xml',
      `${xml}<sst xmlns="s">${strings.map(text => `<si><r><t xml:space="preserve">${escaped(text.slice(0, 2))}</t></r><r><t>${escaped(text.slice(2))}</t></r></si>`).join('')}</sst>`,
    ),
    entry(
      'xl/styles.xml',
      `${xml}<styleSheet xmlns="s"><numFmts><numFmt numFmtId="164" formatCode="[$-419]dd\\.mm\\.yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="9"/></cellXfs></styleSheet>`,
    ),
    coreEntry(facts),
    ...more,
  ]);
}

export interface SlideParts {
  readonly title?: string;
  readonly points?: readonly string[];
  readonly box?: string;
  readonly rows?: readonly (readonly string[])[];
  readonly notes?: string;
}

const paragraphs = (lines: readonly string[]): string =>
  `<p:txBody>${lines.map(line => `<a:p><a:r><a:t>${escaped(line)}</a:t></a:r></a:p>`).join('')}</p:txBody>`;
const shape = (place: string | null, lines: readonly string[]): string =>
  `<p:sp><p:nvSpPr><p:nvPr>${place === null ? '' : `<p:ph type="${place}"/>`}</p:nvPr></p:nvSpPr>${paragraphs(lines)}</p:sp>`;

function slideXml(slide: SlideParts, number: number): string {
  const table =
    slide.rows === undefined
      ? ''
      : `<p:graphicFrame><a:graphic><a:graphicData><a:tbl>${slide.rows.map(row => `<a:tr>${row.map(cell => `<a:tc>${paragraphs([cell]).replaceAll('p:txBody', 'a:txBody')}</a:tc>`).join('')}</a:tr>`).join('')}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>`;
  const shapes = [
    // The body stands before the title, as some programs write it.
    slide.points === undefined ? '' : shape('body', slide.points),
    slide.title === undefined ? '' : shape(number === 1 ? 'ctrTitle' : 'title', [slide.title]),
    slide.box === undefined ? '' : shape(null, [slide.box]),
    table,
    shape('sldNum', [String(number)]),
  ];
  return `${xml}<p:sld xmlns:p="p" xmlns:a="a"><p:cSld><p:spTree>${shapes.join('')}</p:spTree></p:cSld></p:sld>`;
}

/** A presentation; its slides are numbered against the order in which they are shown. */
export function makePptx(slides: readonly SlideParts[], facts: OfficeFacts = {}): Buffer {
  const fileOf = (at: number): number => slides.length - at;
  return makeZip([
    contentTypes,
    entry(
      'ppt/presentation.xml',
      `${xml}<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst>${slides.map((_, at) => `<p:sldId id="${256 + at}" r:id="rId${at + 1}"/>`).join('')}</p:sldIdLst></p:presentation>`,
    ),
    entry(
      'ppt/_rels/presentation.xml.rels',
      relations(slides.map((_, at) => [`rId${at + 1}`, 'slide', `slides/slide${fileOf(at)}.xml`] as const)),
    ),
    ...slides.flatMap((slide, at) => [
      entry(`ppt/slides/slide${fileOf(at)}.xml`, slideXml(slide, at + 1)),
      ...(slide.notes === undefined
        ? []
        : [
            entry(
              `ppt/slides/_rels/slide${fileOf(at)}.xml.rels`,
              relations([['rId1', 'notesSlide', `../notesSlides/notesSlide${fileOf(at)}.xml`]]),
            ),
            entry(
              `ppt/notesSlides/notesSlide${fileOf(at)}.xml`,
              `${xml}<p:notes xmlns:p="p" xmlns:a="a"><p:cSld><p:spTree>${shape('body', [slide.notes])}${shape('sldNum', ['7'])}</p:spTree></p:cSld></p:notes>`,
            ),
          ]),
    ]),
    coreEntry(facts),
  ]);
}

/** OpenDocument text around the inside of `office:text`. */
export function makeOdt(body: string, facts: OfficeFacts = {}, type = 'application/vnd.oasis.opendocument.text'): Buffer {
  return makeZip([
    entry('mimetype', type),
    entry(
      'content.xml',
      `${xml}<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s"><office:automatic-styles><style:style style:name="P1" style:parent-style-name="Title"/></office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
    ),
    entry(
      'meta.xml',
      `${xml}<office:document-meta xmlns:office="o" xmlns:meta="m" xmlns:dc="d"><office:meta><dc:title>${escaped(facts.title ?? '')}</dc:title><meta:initial-creator>${escaped(facts.author ?? '')}</meta:initial-creator><meta:creation-date>${facts.created ?? ''}</meta:creation-date></office:meta></office:document-meta>`,
    ),
  ]);
}
