import { setImmediate as nextTurn } from 'node:timers/promises';
import { resolveEntry, withArchive, type Archive } from './archive.ts';
import { decodeHtml, readFragment } from './read-html.ts';
import { DocumentRefused } from './document-refused.ts';
import type { FormatReader, ReadContext } from './read-original.ts';
import { attributeOf, readXml } from './read-xml.ts';

const containerEntry = 'META-INF/container.xml';
const encryptionEntry = 'META-INF/encryption.xml';
/** Bytes of the list of parts and of one part of the book; chapters of novels stay below one. */
const partByteLimit = 24 * 1024 * 1024;

interface Package {
  readonly title: string | null;
  readonly authors: readonly string[];
  readonly date: string | null;
  /** Entries of the text in the order they are read. */
  readonly parts: readonly string[];
}

/** EPUB 2 and 3: the parts of the spine in their order, each as a page of HTML. Notes stay where the book has them. */
export const readEpub: FormatReader = async (original, builder, context) =>
  await withArchive(
    original,
    async archive => {
      const label = original.name.slice(0, 200) || null;
      const { parts, title, authors, date } = await readPackage(archive, context);
      await refuseLocked(archive, parts, context);
      let flattened = 0;
      let missing = 0;
      for (const [index, part] of parts.entries()) {
        context.signal.throwIfAborted();
        if (builder.isFull) break;
        if (archive.has(part)) {
          const html = decodeHtml(await archive.bytes(part, partByteLimit), null).text;
          const read = readFragment(asHtml(html));
          flattened += read.flattenedTables;
          for (const block of read.blocks) builder.add(block);
        } else {
          missing += 1;
        }
        context.report({ phase: 'extracting', label, done: index + 1, total: parts.length });
        await nextTurn();
      }
      if (missing === parts.length) throw new DocumentRefused('damaged', 'none of the parts of the book is there');
      if (missing > 0) builder.warn('pages_failed', missing, null);
      if (flattened > 0) builder.warn('tables_flattened', flattened, null);
      return { title, authors, date, pageCount: null };
    },
    { format: 'epub' },
  );

async function readPackage(archive: Archive, { signal }: ReadContext): Promise<Package> {
  let path: string | null = null;
  await readXml(
    archive.chunks(containerEntry),
    {
      open(name, attributes) {
        if (name === 'rootfile') path ??= attributeOf(attributes, 'full-path');
      },
    },
    { signal },
  );
  const packagePath = resolveEntry('', path ?? '');
  if (packagePath === null || !archive.has(packagePath)) throw new DocumentRefused('damaged', 'the book has no list of its parts');

  const items = new Map<string, { readonly entry: string | null; readonly isText: boolean }>();
  const spine: string[] = [];
  const facts = { title: '', creator: [] as string[], date: '' };
  let inside: keyof typeof facts | null = null;
  let words = '';
  await readXml(
    archive.chunks(packagePath),
    {
      open(name, attributes) {
        if (name === 'item') {
          const isText = /xhtml|html/iu.test(attributes['media-type'] ?? '') && !/\bnav\b/u.test(attributes['properties'] ?? '');
          items.set(attributes['id'] ?? '', { entry: resolveEntry(packagePath, attributes['href'] ?? ''), isText });
        }
        if (name === 'itemref') spine.push(attributes['idref'] ?? '');
        if (name === 'title' || name === 'creator' || name === 'date') {
          inside = name;
          words = '';
        }
      },
      text(text) {
        if (inside !== null) words += text;
      },
      close(name) {
        if (name !== inside) return;
        if (name === 'creator') facts.creator.push(words);
        else if (name === 'title' || name === 'date') facts[name] ||= words.trim();
        inside = null;
      },
    },
    { signal },
  );
  const parts = spine.flatMap(id => {
    const item = items.get(id);
    return item?.isText === true && item.entry !== null ? [item.entry] : [];
  });
  return { title: facts.title || null, authors: facts.creator, date: facts.date || null, parts: [...new Set(parts)] };
}

/** Fonts may be scrambled in a book that anybody reads; text that is names a book with a lock. */
async function refuseLocked(archive: Archive, parts: readonly string[], { signal }: ReadContext): Promise<void> {
  if (!archive.has(encryptionEntry)) return;
  const text = new Set(parts);
  let isLocked = false;
  await readXml(
    archive.chunks(encryptionEntry),
    {
      open(name, attributes) {
        if (name === 'CipherReference') isLocked ||= text.has(resolveEntry('', attributes['URI'] ?? '') ?? '');
      },
    },
    { signal },
  );
  if (isLocked) throw new DocumentRefused('encrypted', 'epub');
}

const voidElements = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/iu;
/** Marks of notes inside the text: signs of the layout, which would part a sentence from its quote. */
const noteMarks = /<a\b[^<>]*\bepub:type\s*=\s*["'][^"'<>]*noteref[^"'<>]*["'][^<>]*>[\s\S]{0,200}?<\/a>/giu;

/** An element that closes itself does so in XML alone; in HTML an empty title or anchor would take in all that follows. */
function asHtml(xhtml: string): string {
  return xhtml
    .replaceAll(noteMarks, '')
    .replaceAll(/<([a-z][\w:.-]*)((?:\s[^<>]*?)?)\/>/giu, (whole, name: string, attributes: string) =>
      voidElements.test(name) ? whole : `<${name}${attributes}></${name}>`,
    );
}
