import { documentCharLimit } from '../../../shared/domain/document.ts';
import { decodeText } from '../../documents/decode-text.ts';
import type { FetchedOriginal } from '../../documents/fetch-original.ts';
import { formatOf } from '../../documents/format-of.ts';
import { readStart } from '../../documents/original.ts';
import { decodeHtml, readLinkedHtml } from '../../documents/read-html.ts';
import { formatReaders, type ReadContext } from '../../documents/read-original.ts';
import { createSnapshotBuilder } from '../../documents/snapshot-builder.ts';
import { pageMarkdown } from './page-markdown.ts';

/** Bytes of an HTML page or a text that are read: some times the longest article. */
const textByteLimit = 8 * 1024 * 1024;

export interface ReadPage {
  readonly title: string | null;
  readonly text: string;
}

/**
 * What was fetched as text for a model: pages as Markdown with their links, text as it is, everything else as its paragraphs.
 *
 * @throws DocumentRefused as the readers of documents do
 */
export async function readFetched({ url, original }: Pick<FetchedOriginal, 'url' | 'original'>, context: ReadContext): Promise<ReadPage> {
  const format = await formatOf(original);
  if (format === 'html') {
    const reading = readLinkedHtml(decodeHtml(await readStart(original, textByteLimit), original.charset).text);
    return { title: reading.title, text: pageMarkdown(reading, url) };
  }
  if (format === 'text' || format === 'markdown')
    return { title: null, text: decodeText(await readStart(original, textByteLimit), original.charset).text.replaceAll('\r\n', '\n') };
  const builder = createSnapshotBuilder(documentCharLimit);
  const { title } = await formatReaders[format](original, builder, context);
  const { snapshot } = builder.build(title);
  return { title: snapshot.title, text: snapshot.text };
}
