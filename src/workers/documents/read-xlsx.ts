import { documentCharLimit } from '../../shared/domain/document.ts';
import { withArchive, type Archive } from './archive.ts';
import { DocumentRefused } from './document-refused.ts';
import { createCellFormats, type CellFormats } from './cell-formats.ts';
import { readOfficeFacts, readRelations } from './office-parts.ts';
import type { FormatReader } from './read-original.ts';
import { attributeOf, readXml } from './read-xml.ts';
import { createTableBlocks } from './table-blocks.ts';

const workbookEntry = 'xl/workbook.xml';
/** Columns of a row whose gaps are kept, so that a value stands under its head; what lies further right follows without them. */
const alignedColumns = 256;

interface Sheet {
  readonly name: string;
  readonly relation: string;
}

/** XLSX sheet by sheet and row by row: each sheet a heading with its tables, values as they are shown, dates as dates. */
export const readXlsx: FormatReader = async (original, builder, context) =>
  await withArchive(
    original,
    async archive => {
      const { signal } = context;
      const label = original.name.slice(0, 200) || null;
      const facts = await readOfficeFacts(archive, signal);
      const { sheets, from1904 } = await readWorkbook(archive, signal);
      const relations = new Map((await readRelations(archive, workbookEntry, signal)).map(({ id, ...relation }) => [id, relation]));
      const parts = [...relations.values()];
      const strings = await readStrings(archive, parts.find(({ type }) => type === 'sharedStrings')?.entry ?? null, signal);
      const styles = parts.find(({ type }) => type === 'styles')?.entry ?? null;
      const formats = await createCellFormats(archive, styles, from1904, signal);
      let missing = 0;
      for (const [index, sheet] of sheets.entries()) {
        if (builder.isFull) break;
        const entry = relations.get(sheet.relation)?.entry ?? null;
        if (entry === null || !archive.has(entry)) {
          missing += 1;
          continue;
        }
        // The heading of an empty sheet would stand over nothing.
        let isNamed = false;
        const table = createTableBlocks(block => {
          if (!isNamed && sheets.length > 1) builder.add({ kind: 'heading', level: 2, text: sheet.name });
          isNamed = true;
          builder.add(block);
        });
        await readSheet(archive, entry, { strings, formats, table, signal });
        context.report({ phase: 'extracting', label, done: index + 1, total: sheets.length });
      }
      if (missing === sheets.length) throw new DocumentRefused('damaged', 'none of the sheets is there');
      if (missing > 0) builder.warn('pages_failed', missing, null);
      return { ...facts, pageCount: null };
    },
    { format: 'xlsx' },
  );

async function readWorkbook(archive: Archive, signal: AbortSignal): Promise<{ sheets: Sheet[]; from1904: boolean }> {
  const sheets: Sheet[] = [];
  let from1904 = false;
  await readXml(
    archive.chunks(workbookEntry),
    {
      open(name, attributes) {
        if (name === 'workbookPr') from1904 = /^(?:1|true)$/u.test(attributes['date1904'] ?? '');
        if (name === 'sheet')
          sheets.push({ name: attributes['name'] ?? '', relation: attributeOf(attributes, 'r:id') ?? attributes['id'] ?? '' });
      },
    },
    { signal },
  );
  if (sheets.length === 0) throw new DocumentRefused('damaged', 'the workbook names no sheet');
  return { sheets, from1904 };
}

/** The table of strings that cells refer to by number. */
async function readStrings(archive: Archive, entry: string | null, signal: AbortSignal): Promise<readonly string[]> {
  const strings: string[] = [];
  if (entry === null || !archive.has(entry)) return strings;
  let text = '';
  let chars = 0;
  let isText = false;
  // How a word is pronounced stands beside it in East Asian files.
  let phonetic = 0;
  await readXml(
    archive.chunks(entry),
    {
      open(name) {
        if (name === 'si') text = '';
        if (name === 'rPh') phonetic += 1;
        isText = name === 't' && phonetic === 0;
      },
      text(piece) {
        if (isText) text += piece;
      },
      close(name) {
        if (name === 'rPh') phonetic -= 1;
        isText = false;
        if (name !== 'si') return;
        chars += text.length;
        if (chars > documentCharLimit) throw new DocumentRefused('too_large', `strings of more than ${documentCharLimit} characters`);
        strings.push(text);
      },
    },
    { signal },
  );
  return strings;
}

interface SheetReading {
  readonly strings: readonly string[];
  readonly formats: CellFormats;
  readonly table: ReturnType<typeof createTableBlocks>;
  readonly signal: AbortSignal;
}

async function readSheet(archive: Archive, entry: string, { strings, formats, table, signal }: SheetReading): Promise<void> {
  let row: string[] = [];
  let rowNumber = 0;
  let column = 0;
  let type = '';
  let style = 0;
  let value = '';
  let isValue = false;
  await readXml(
    archive.chunks(entry),
    {
      open(name, attributes) {
        if (name === 'row') {
          const number = Number(attributes['r'] ?? rowNumber + 1);
          if (number > rowNumber + 1) table.flush();
          rowNumber = number;
          row = [];
        } else if (name === 'c') {
          column = columnOf(attributes['r'] ?? '') ?? row.length;
          type = attributes['t'] ?? 'n';
          style = Number(attributes['s'] ?? 0);
          value = '';
        }
        isValue = name === 'v' || name === 't';
      },
      text(text) {
        if (isValue) value += text;
      },
      close(name) {
        isValue = false;
        if (name === 'c') {
          const shown =
            type === 's' ? (strings[Number(value)] ?? '') : type === 'n' ? formats.show(value, style) : type === 'b' ? truth(value) : value;
          if (shown === '') return;
          while (row.length < Math.min(column, alignedColumns)) row.push('');
          row.push(shown);
        } else if (name === 'row') {
          table.row(row);
        }
      },
    },
    { signal },
  );
  table.flush();
}

function truth(value: string): string {
  return value === '1' ? 'TRUE' : 'FALSE';
}

/** `C5` is the third column, 2; null where no place is given. */
function columnOf(place: string): number | null {
  const letters = /^[A-Z]{1,3}/u.exec(place)?.[0];
  if (letters === undefined) return null;
  return Array.from(letters).reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
