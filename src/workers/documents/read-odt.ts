import { withArchive, type Archive } from './archive.ts';
import { DocumentRefused } from './document-refused.ts';
import type { FormatReader } from './read-original.ts';
import { attributeOf, readXml } from './read-xml.ts';
import type { Block } from './snapshot-builder.ts';
import { tableLine } from './table-blocks.ts';
import { titleFromHeading } from './title-from-text.ts';
import { readXmlFacts } from './xml-facts.ts';

const contentEntry = 'content.xml';
const metaEntry = 'meta.xml';
/** What is in the file and not in the text: what was deleted, remarks of reviewers, lists that programs make, drawings. */
const leftOut: ReadonlySet<string> = new Set([
  'tracked-changes',
  'annotation',
  'annotation-end',
  'table-of-content',
  'alphabetical-index',
  'illustration-index',
  'table-index',
  'forms',
  'object',
  'binary-data',
]);
/** Times an empty or equal cell may be repeated in a row: programs write a thousand to fill the sheet. */
const repeatLimit = 64;
/** Longest cell that is repeated: a page of text is in one cell, and programs repeat what is short. */
const repeatedChars = 1_000;
const deepestLevel = 6;

/** OpenDocument text: headings by their outline, lists, tables; notes at the end, what was deleted left out. */
export const readOdt: FormatReader = async (original, builder, { signal }) =>
  await withArchive(
    original,
    async archive => {
      const facts = await readMeta(archive, signal);
      const { notes, heading, isWhole } = await readContent(
        archive,
        block => {
          builder.add(block);
        },
        signal,
      );
      for (const text of notes) builder.add({ kind: 'paragraph', text });
      if (!isWhole && builder.charCount === 0) throw new DocumentRefused('damaged', 'the text breaks off before it begins');
      if (!isWhole) builder.warn('truncated', null, 'the text breaks off');
      return { ...facts, title: titleFromHeading(heading) ?? facts.title, pageCount: null };
    },
    { format: 'odt' },
  );

async function readMeta(archive: Archive, signal: AbortSignal): Promise<{ title: string | null; authors: string[]; date: string | null }> {
  const facts = await readXmlFacts(archive, metaEntry, signal);
  // Who made it is its author; who saved it last may be anybody.
  const author = facts['initial-creator'] ?? facts['creator'] ?? '';
  return { title: facts['title']?.trim() || null, authors: [author], date: facts['creation-date'] ?? facts['date'] ?? null };
}

interface Paragraph {
  text: string;
  readonly level: number | null;
}

async function readContent(
  archive: Archive,
  add: (block: Block) => void,
  signal: AbortSignal,
): Promise<{ notes: string[]; heading: string | null; isWhole: boolean }> {
  const notes: string[] = [];
  /** Names of styles that are the title of a document, or made from it. */
  const titleStyles = new Set(['Title']);
  const open: Paragraph[] = [];
  let heading: string | null = null;
  let skipped = 0;
  let lists = 0;
  let note: string[] | null = null;
  /** Cells of the rows being read, one list for each table that is open. */
  const tables: { rows: string[]; cells: string[]; cell: string[] | null; repeat: number }[] = [];

  function endParagraph(): void {
    const paragraph = open.pop();
    const text = paragraph?.text.trim() ?? '';
    if (paragraph === undefined || text === '') return;
    const cell = tables.at(-1)?.cell ?? null;
    if (note !== null) note.push(text);
    else if (cell !== null) cell.push(text);
    else if (paragraph.level !== null) {
      if (paragraph.level === 1) heading ??= text;
      add({ kind: 'heading', level: paragraph.level, text });
    } else add({ kind: lists > 0 ? 'list-item' : 'paragraph', text, keepLines: true });
  }

  function endTable(): void {
    const table = tables.pop();
    if (table === undefined) return;
    const text = table.rows.filter(row => row !== '').join('\n');
    const outer = tables.at(-1)?.cell ?? null;
    // A table in a cell is words of that cell.
    if (outer !== null) outer.push(text.replaceAll('\n', '; '));
    else if (text !== '') add({ kind: 'table', text });
  }

  const { isWhole } = await readXml(
    archive.chunks(contentEntry),
    {
      open(name, attributes) {
        if (skipped > 0 || leftOut.has(name)) {
          skipped += 1;
          return;
        }
        const here = open.at(-1);
        if (name === 'style') {
          if (titleStyles.has(attributes['style:parent-style-name'] ?? '')) titleStyles.add(attributes['style:name'] ?? '');
        } else if (name === 'h') {
          open.push({ text: '', level: Math.min(deepestLevel, Math.max(1, Number(attributeOf(attributes, 'outline-level') ?? 1) || 1)) });
        } else if (name === 'p') {
          open.push({ text: '', level: titleStyles.has(attributeOf(attributes, 'style-name') ?? '') ? 1 : null });
        } else if (name === 's' && here !== undefined) here.text += ' ';
        else if (name === 'tab' && here !== undefined) here.text += '\t';
        else if (name === 'line-break' && here !== undefined) here.text += '\n';
        else if (name === 'list') lists += 1;
        else if (name === 'note-citation') skipped = 1;
        else if (name === 'note-body') note = [];
        else if (name === 'table') tables.push({ rows: [], cells: [], cell: null, repeat: 1 });
        else if (name === 'table-cell' || name === 'covered-table-cell') {
          const table = tables.at(-1);
          if (table === undefined) return;
          table.cell = [];
          table.repeat = Math.min(repeatLimit, Number(attributeOf(attributes, 'number-columns-repeated') ?? 1) || 1);
        }
      },
      text(text) {
        const here = open.at(-1);
        if (skipped === 0 && here !== undefined) here.text += text.replaceAll(/[ \t\r\n]+/gu, ' ');
      },
      close(name) {
        if (skipped > 0) {
          skipped -= 1;
          return;
        }
        if (name === 'h' || name === 'p') endParagraph();
        else if (name === 'list') lists -= 1;
        else if (name === 'note-body') {
          notes.push((note ?? []).join(' '));
          note = null;
        } else if (name === 'table') endTable();
        const table = tables.at(-1);
        if (table === undefined) return;
        if (name === 'table-cell' || name === 'covered-table-cell') {
          const text = (table.cell ?? []).join(' ');
          const times = text.length > repeatedChars ? 1 : table.repeat;
          for (let time = 0; time < times; time += 1) table.cells.push(text);
          table.cell = null;
        } else if (name === 'table-row') {
          table.rows.push(tableLine(table.cells));
          table.cells = [];
        }
      },
    },
    { signal },
  );
  return { notes: notes.filter(text => text !== ''), heading, isWhole };
}
