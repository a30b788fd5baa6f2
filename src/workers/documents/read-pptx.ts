import { withArchive, type Archive } from './archive.ts';
import { DocumentRefused } from './document-refused.ts';
import { readOfficeFacts, readRelations } from './office-parts.ts';
import type { FormatReader } from './read-original.ts';
import { attributeOf, readXml } from './read-xml.ts';
import type { Block } from './snapshot-builder.ts';
import { tableLine } from './table-blocks.ts';

const presentationEntry = 'ppt/presentation.xml';
/** Places of a slide that repeat on every one. */
const furniture: ReadonlySet<string> = new Set(['sldNum', 'dt', 'ftr', 'hdr']);

/** PPTX slide by slide, a slide being a page: its title as a heading, its points, tables, and then what the speaker noted. */
export const readPptx: FormatReader = async (original, builder, context) =>
  await withArchive(
    original,
    async archive => {
      const { signal } = context;
      const label = original.name.slice(0, 200) || null;
      const facts = await readOfficeFacts(archive, signal);
      const slides = await slidesOf(archive, signal);
      if (slides.length === 0) throw new DocumentRefused('damaged', 'the presentation names no slide');
      const failed: number[] = [];
      let firstTitle: string | null = null;
      for (const [index, slide] of slides.entries()) {
        signal.throwIfAborted();
        builder.startPage(index + 1);
        if (slide === null || !archive.has(slide)) {
          failed.push(index + 1);
        } else {
          const blocks = await readSlide(archive, slide, index === 0, signal);
          firstTitle ??= blocks.find(block => block.kind === 'heading')?.text ?? null;
          for (const block of blocks) builder.add(block);
        }
        context.report({ phase: 'extracting', label, done: index + 1, total: slides.length });
      }
      if (failed.length === slides.length) throw new DocumentRefused('damaged', 'none of the slides is there');
      if (failed.length > 0) builder.warn('pages_failed', failed.length, failed.join(', '));
      return { ...facts, title: firstTitle ?? facts.title, pageCount: slides.length };
    },
    { format: 'pptx' },
  );

/** Entries of the slides in the order in which they are shown. */
async function slidesOf(archive: Archive, signal: AbortSignal): Promise<(string | null)[]> {
  const relations = new Map((await readRelations(archive, presentationEntry, signal)).map(({ id, entry }) => [id, entry]));
  const slides: (string | null)[] = [];
  await readXml(
    archive.chunks(presentationEntry),
    {
      open(name, attributes) {
        if (name === 'sldId') slides.push(relations.get(attributeOf(attributes, 'r:id') ?? '') ?? null);
      },
    },
    { signal },
  );
  return slides;
}

async function readSlide(archive: Archive, entry: string, isFirst: boolean, signal: AbortSignal): Promise<Block[]> {
  const { title, blocks } = await readShapes(archive, entry, signal);
  const notes = (await readRelations(archive, entry, signal)).find(({ type }) => type === 'notesSlide')?.entry ?? null;
  const noted = notes === null || !archive.has(notes) ? [] : (await readShapes(archive, notes, signal)).body;
  const heading: Block[] = title === '' ? [] : [{ kind: 'heading', level: isFirst ? 1 : 2, text: title }];
  return [...heading, ...blocks, ...noted.map((text): Block => ({ kind: 'paragraph', text }))];
}

/** The words of one slide or page of notes: its title, all other blocks, and the paragraphs of its body alone. */
async function readShapes(
  archive: Archive,
  entry: string,
  signal: AbortSignal,
): Promise<{ readonly title: string; readonly blocks: Block[]; readonly body: string[] }> {
  const titles: string[] = [];
  const blocks: Block[] = [];
  const body: string[] = [];
  let place: string | null = null;
  let paragraphs: string[] = [];
  let line = '';
  let isText = false;
  let tables = 0;
  let cells: string[] = [];
  let rows: string[] = [];

  function endShape(): void {
    const words = paragraphs;
    paragraphs = [];
    if (words.length === 0 || (place !== null && furniture.has(place))) return;
    if (place === 'title' || place === 'ctrTitle') {
      titles.push(words.join(' '));
      return;
    }
    if (place === 'body') body.push(...words);
    // Several short lines of a placeholder are its points; a text box is prose.
    const kind = place !== null && words.length > 1 ? 'list-item' : 'paragraph';
    for (const text of words) blocks.push({ kind, text });
  }

  await readXml(
    archive.chunks(entry),
    {
      open(name, attributes) {
        if (name === 'sp') {
          place = null;
          paragraphs = [];
        } else if (name === 'ph') place = attributes['type'] ?? 'obj';
        else if (name === 'tbl') tables += 1;
        else if (name === 'p') line = '';
        else if (name === 'br') line += ' ';
        isText = name === 't';
      },
      text(text) {
        if (isText) line += text;
      },
      close(name) {
        isText = false;
        if (name === 'p' && line.trim() !== '') {
          paragraphs.push(line.trim());
          line = '';
        } else if (name === 'sp') {
          endShape();
          place = null;
        } else if (name === 'tc') {
          cells.push(paragraphs.join(' '));
          paragraphs = [];
        } else if (name === 'tr') {
          rows.push(tableLine(cells));
          cells = [];
        } else if (name === 'tbl') {
          tables -= 1;
          blocks.push({ kind: 'table', text: rows.join('\n') });
          rows = [];
        } else if (name === 'graphicFrame' && tables === 0) {
          endShape();
        }
      },
    },
    { signal },
  );
  return { title: titles.join(' '), blocks, body };
}
