import { readFile } from 'node:fs/promises';
import mammoth from 'mammoth';
import { withArchive } from './archive.ts';
import { DocumentRefused } from './document-refused.ts';
import { readOfficeFacts } from './office-parts.ts';
import { readFragment } from './read-html.ts';
import type { FormatReader } from './read-original.ts';
import type { Block } from './snapshot-builder.ts';
import { titleFromHeading, titleFromOpening } from './title-from-text.ts';

/** Style names beside the built-in ones; Word translates the names of its title styles in some editions. */
const styleMap = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Название'] => h1:fresh",
  "p[style-name='Заголовок'] => h1:fresh",
  "p[style-name='Subtitle'] => h2:fresh",
  "p[style-name='Подзаголовок'] => h2:fresh",
  ...[1, 2, 3, 4, 5, 6].map(level => `p[style-name='Заголовок ${level}'] => h${level}:fresh`),
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  "p[style-name='Цитата 2'] => blockquote > p:fresh",
];

/** Marks of notes and the arrows back from them: signs of the layout, not words of the text. */
const noteMarks = /<sup><a [^>]*id="(?:foot|end)note-ref-[^"]*"[^>]*>[^<]*<\/a><\/sup>|<a href="#(?:foot|end)note-ref-[^"]*">[^<]*<\/a>/gu;

/**
 * DOCX through mammoth to HTML, then as any HTML. Pictures are not read, notes follow at the end, tracked deletions are
 * left out. The archive has passed `refuseUnlessDocx` before. Page numbers are unknown: a DOCX has no pages until it is laid out.
 */
export const readDocx: FormatReader = async (original, builder, context) => {
  const buffer = await readFile(original.path, { signal: context.signal });
  const html = await mammoth
    .convertToHtml({ buffer }, { styleMap, convertImage: mammoth.images.imgElement(async () => ({ src: '' })) })
    .then(
      result => result.value,
      (error: unknown) => {
        throw new DocumentRefused('damaged', error instanceof Error ? error.message : 'docx', error);
      },
    );
  context.signal.throwIfAborted();
  const { blocks, flattenedTables } = readFragment(html.replaceAll(noteMarks, ''));
  for (const block of blocks) builder.add(block);
  if (flattenedTables > 0) builder.warn('tables_flattened', flattenedTables, null);
  const heading = titleFromHeading(blocks.find(block => block.kind === 'heading' && block.level === 1)?.text ?? null);
  const facts = await withArchive(original, archive => readOfficeFacts(archive, context.signal));
  return { ...facts, title: heading ?? titleOfOpening(blocks), pageCount: null };
};

/** What a document without a first heading begins with: a heading of a lower level, or a line that reads like a title, as in a plain text. */
function titleOfOpening([first, next]: readonly Block[]): string | null {
  if (first === undefined || next === undefined) return null;
  if (first.kind === 'heading') return titleFromHeading(first.text);
  return first.kind === 'paragraph' ? titleFromOpening(`${first.text}\n\n${next.text}`) : null;
}
